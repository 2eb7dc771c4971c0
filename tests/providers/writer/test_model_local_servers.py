"""Servers of one's own, as OpenAI's real client meets them: what each can't do, and what the doctor says of it."""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, Protocol

import pytest

from momentum.providers.writer import WriterError
from momentum.providers.writer.model import ModelConfig, build_writer, check
from tests.providers import fake_answers
from tests.providers.fake_local_servers import Dialect
from tests.providers.fake_models import FakeModels, Reply
from tests.providers.writer.model_cast import REQUEST

MODEL = "qwen3:8b"
NAME = f"openai:{MODEL}"
THINKS = '<think>The learner wants {"title": "bees"}, I guess.</think>\n'


class Serve(Protocol):
    def __call__(self, **dialect: Any) -> FakeModels: ...


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with ExitStack() as servers:
        yield lambda **dialect: servers.enter_context(FakeModels(dialect=Dialect(**dialect)))


def config(fake: FakeModels, **changes: Any) -> ModelConfig:
    return ModelConfig(base_url=fake.base_url("openai"), **({"timeout": 20.0} | changes))


def outlined(fake: FakeModels, **changes: Any) -> int:
    """How many lessons the model plans when it is asked for three."""
    return len(build_writer(NAME, config(fake, **changes)).outline(REQUEST, []).value.lessons)


def test_a_server_is_asked_for_json_of_a_schema_that_streams_in_and_costs_nothing(serve: Serve) -> None:
    fake = serve(kind="ollama")

    written = build_writer(NAME, config(fake)).outline(REQUEST, [])

    assert len(written.value.lessons) == 3
    [usage] = written.usage
    assert (usage.usd_micros, usage.input_tokens, usage.output_tokens) == (0, 1000, 200)
    [asked] = fake.asked
    form = asked.body["response_format"]
    assert (form["type"], form["json_schema"]["name"]) == ("json_schema", "OutlineAnswer")
    assert asked.body["stream"] is True
    assert "tools" not in asked.body
    assert [message["role"] for message in asked.body["messages"]] == ["system", "user"]
    assert '"outcomes"' in asked.body["messages"][0]["content"]


def test_a_server_without_schemas_is_asked_in_words_from_then_on(serve: Serve) -> None:
    fake = serve(schema="refused")

    assert [outlined(fake), outlined(fake)] == [3, 3]

    assert ["response_format" in asked.body for asked in fake.asked] == [True, False, False]
    assert "fits this JSON schema" in fake.asked[1].text


def test_a_server_that_knows_tools_only_is_asked_to_call_one_where_it_is_set_so(serve: Serve) -> None:
    fake = serve(schema="refused")

    assert outlined(fake, output="tool") == 3

    assert fake.asked[0].calls_tool


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (THINKS, ""),
        ('Let me see, {"title": 1}.</think>', ""),
        ("Here you are:\n```json\n", "\n```\nTell me if you need more!"),
    ],
    ids=["thoughts", "the end of thoughts", "a fence"],
)
def test_what_a_model_writes_around_its_answer_is_left_out(serve: Serve, before: str, after: str) -> None:
    fake = serve(schema="ignored", before=before, after=after)

    assert outlined(fake) == 3

    assert len(fake.asked) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-1] + ",}",
        lambda text: text.removesuffix("}"),
        lambda text: text.replace("A short course.\\n\\n", "A short course.\n\n"),
        lambda text: text.replace('"summary":', "summary:", 1),
    ],
    ids=["a comma too many", "a bracket too few", "a line break in a text", "a name without quotes"],
)
def test_broken_json_is_mended_without_asking_again(serve: Serve, spoil: Any) -> None:
    fake = serve(schema="ignored")
    outlined(fake)
    good = json.dumps(fake_answers.answer("OutlineAnswer", fake.asked[0].text))
    broken = spoil(good)
    assert broken != good
    fake.will(Reply(text=broken))

    assert outlined(fake) == 3

    assert len(fake.asked) == 2


def test_an_answer_that_is_only_thoughts_is_asked_for_again(serve: Serve) -> None:
    fake = serve(schema="ignored")
    fake.will(Reply(text='<think>So many bees {"title": "and'))

    assert outlined(fake) == 3

    assert "one JSON object" in fake.asked[1].text


def test_a_server_that_only_streams_is_read(serve: Serve) -> None:
    assert outlined(serve(streams="always")) == 3


def test_a_server_that_cannot_stream_is_asked_for_whole_answers_from_then_on(serve: Serve) -> None:
    fake = serve(streams="never")

    assert [outlined(fake), outlined(fake)] == [3, 3]

    assert [bool(asked.body.get("stream")) for asked in fake.asked] == [True, False, False]


def test_a_slow_server_is_not_given_up_while_it_writes(serve: Serve) -> None:
    slow = serve(pause=0.25)

    assert outlined(slow, timeout=1.0) == 3


def test_a_server_that_falls_silent_is_left_to_the_workflow(serve: Serve) -> None:
    fake = serve()
    fake.will(Reply(delay=60))

    with pytest.raises(WriterError) as caught:
        outlined(fake, timeout=0.3)

    assert (caught.value.code, caught.value.permanent) == ("timeout", False)


def test_a_model_without_a_price_costs_nothing_here_and_an_unknown_amount_elsewhere() -> None:
    def reserved(address: str) -> int | None:
        return build_writer(NAME, ModelConfig(base_url=address)).reserve("outline", REQUEST, [])

    for address in ("http://localhost:11434/v1", "http://192.168.1.20:8000/v1", "http://ollama:11434/v1"):
        assert reserved(address) == 0
    assert reserved("https://models.example.org/v1") is None


def test_the_doctor_names_a_server_that_is_not_running() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"

    said = check(NAME, ModelConfig(base_url=address))

    assert said == (
        f"Nothing answers at {address}. Start the server there, or change MOMENTUM_WRITER_BASE_URL."
    )


@pytest.mark.parametrize("kind", ["ollama", "llama.cpp", "vllm", "lmstudio"])
def test_the_doctor_names_a_model_that_is_not_there_and_those_that_are(serve: Serve, kind: str) -> None:
    fake = serve(kind=kind, models={"llama3.2:3b": 32_768, "mistral:7b": 32_768})

    said = check(NAME, config(fake)) or ""

    assert f"has no model “{MODEL}”" in said
    assert "with openai: in front: llama3.2:3b, mistral:7b." in said
    assert fake.asked == []


@pytest.mark.parametrize("kind", ["ollama", "llama.cpp", "vllm", "lmstudio"])
def test_the_doctor_names_a_context_that_is_too_small(serve: Serve, kind: str) -> None:
    small, large = serve(kind=kind, models={MODEL: 4_096}), serve(kind=kind, models={MODEL: 32_768})

    said = check(NAME, config(small)) or ""

    assert "reads only 4096 tokens at once" in said
    assert "up to 32000" in said
    assert check(NAME, config(large)) is None


def test_a_gateway_that_keeps_no_list_is_asked_all_the_same(serve: Serve) -> None:
    fake = serve()

    assert check(NAME, config(fake)) is None

    assert len(fake.asked) == 1


def test_ollamas_shorter_name_of_a_model_is_known(serve: Serve) -> None:
    fake = serve(kind="llama.cpp", models={"qwen3:latest": 32_768, "qwen3": 32_768})

    assert check("openai:qwen3", config(fake)) is None


def test_a_small_context_makes_smaller_portions(serve: Serve) -> None:
    fake = serve()

    outlined(fake, context_tokens=16_000)

    assert fake.asked[0].max_tokens == 4_000
