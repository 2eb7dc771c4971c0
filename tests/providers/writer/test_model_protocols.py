"""The vendors' real clients against a server that speaks their protocols: what goes right, and what can't."""

import asyncio
import logging
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from momentum.providers.writer import LessonBrief, SourceSpan, WriterError, get_writer
from momentum.providers.writer.model import ModelConfig, build_writer, check
from momentum.providers.writer.model.clients.bedrock import open_bedrock
from momentum.providers.writer.model.clients.openai import open_openai
from tests.providers.fake_models import FakeModels, Reply
from tests.providers.writer.model_cast import KEY, MODELS, REQUEST, book, config, writer_on

pytestmark = pytest.mark.thorough

every_wire = pytest.mark.parametrize("wire", list(MODELS))
# What the fake charges: 1000 tokens in and 200 out, at the public prices of MODELS.
PRICE = {"anthropic": 6000, "bedrock": 6000, "openai": 270}


def refusal(fake: FakeModels, wire: str, **settings: Any) -> WriterError:
    with pytest.raises(WriterError) as caught:
        writer_on(fake, wire, **settings).outline(REQUEST, [])
    return caught.value


@every_wire
def test_a_good_answer_is_taken_at_once_and_its_cost_is_told(fake: FakeModels, wire: str) -> None:
    written = writer_on(fake, wire).outline(REQUEST, [])

    assert [lesson.day for lesson in written.value.lessons] == [1, 2, 3]
    [usage] = written.usage
    assert (usage.model, usage.prompt_version) == (MODELS[wire], "outline@2")
    assert (usage.input_tokens, usage.output_tokens, usage.requests) == (1000, 200, 1)
    assert usage.usd_micros == PRICE[wire]
    assert len(usage.request_ids) == 1
    [asked] = fake.asked
    assert asked.wire == wire
    assert asked.max_tokens == 8000


@every_wire
def test_the_key_is_sent_and_written_to_no_log(
    fake: FakeModels, wire: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        writer_on(fake, wire).outline(REQUEST, [])

    headers = fake.asked[0].headers
    sent = headers.get("x-api-key") or headers["authorization"]
    assert sent.startswith("AWS4-HMAC-SHA256 Credential=AKIAFAKE/") if wire == "bedrock" else KEY in sent
    assert KEY not in caplog.text
    assert sent not in caplog.text
    assert "Keeping bees" not in caplog.text
    assert KEY not in repr(config(fake, "openai"))


@every_wire
def test_a_malformed_answer_is_shown_its_error_and_asked_for_again(fake: FakeModels, wire: str) -> None:
    fake.will(Reply(answer={"title": "Bees"}))

    written = writer_on(fake, wire).outline(REQUEST, [])

    assert len(written.value.lessons) == 3
    assert len(fake.asked) == 2
    assert "That answer can't be used" not in fake.asked[0].text
    assert "summary: Field required" in fake.asked[1].text
    [usage] = written.usage
    assert (usage.requests, usage.input_tokens, usage.output_tokens) == (2, 2000, 400)
    assert usage.usd_micros == 2 * PRICE[wire]
    assert len(usage.request_ids) == 2


@every_wire
def test_an_answer_in_words_is_asked_for_again_and_one_in_json_is_taken(fake: FakeModels, wire: str) -> None:
    fake.will(Reply(text="Gladly! What would you like to know?"))
    writer_on(fake, wire).outline(REQUEST, [])
    assert "one JSON object" in fake.asked[1].text

    fake.will(Reply(text='Here it is: ```json\n{"ready": true}\n```'))
    assert check(MODELS[wire], config(fake, wire)) is None
    assert len(fake.asked) == 3


@every_wire
def test_an_answer_that_stays_malformed_is_given_up_with_what_it_cost(fake: FakeModels, wire: str) -> None:
    fake.will(*[Reply(answer={"title": "Bees"})] * 3)

    error = refusal(fake, wire)

    assert (error.code, error.permanent) == ("malformed", True)
    assert "asked 3 times" in error.message
    assert len(fake.asked) == 3
    assert error.usage[0].requests == 3
    assert error.usage[0].usd_micros == 3 * PRICE[wire]


def test_broken_json_without_all_that_was_asked_for_is_malformed_too(fake: FakeModels) -> None:
    fake.will(Reply(answer='{"title": "Bees", "'))

    writer_on(fake).outline(REQUEST, [])

    assert len(fake.asked) == 2


def test_without_retries_a_malformed_answer_fails_at_once(fake: FakeModels) -> None:
    fake.will(Reply(answer={}))

    error = refusal(fake, "openai", retries=0)

    assert error.code == "malformed"
    assert len(fake.asked) == 1


@every_wire
def test_throttling_is_left_to_the_workflow_with_the_time_to_wait(fake: FakeModels, wire: str) -> None:
    fake.will(Reply(status=429, headers={"Retry-After": "17"}))

    error = refusal(fake, wire)

    assert (error.code, error.permanent, error.retry_after) == ("throttled", False, 17)
    assert error.usage == []
    assert len(fake.asked) == 1


@every_wire
@pytest.mark.parametrize("status", [500, 503])
def test_a_failing_server_is_left_to_the_workflow(fake: FakeModels, wire: str, status: int) -> None:
    fake.will(Reply(status=status))

    error = refusal(fake, wire)

    assert (error.code, error.permanent) == ("unavailable", False)
    assert len(fake.asked) == 1


@every_wire
def test_what_was_spent_before_a_failure_is_told(fake: FakeModels, wire: str) -> None:
    fake.will(Reply(answer={}), Reply(status=503))

    error = refusal(fake, wire)

    assert error.code == "unavailable"
    assert (error.usage[0].requests, error.usage[0].usd_micros) == (1, PRICE[wire])


@every_wire
def test_a_slow_server_is_given_up_and_left_to_the_workflow(fake: FakeModels, wire: str) -> None:
    fake.will(Reply(delay=60))

    error = refusal(fake, wire, timeout=0.2)

    assert (error.code, error.permanent) == ("timeout", False)
    assert "0.2 seconds" in error.message
    assert len(fake.asked) <= 1  # on a busy machine the time can be up before the request is out


@every_wire
def test_a_server_that_is_not_there_is_left_to_the_workflow(fake: FakeModels, wire: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}"

    with pytest.raises(WriterError) as caught:
        build_writer(
            MODELS[wire], ModelConfig(base_url=nobody, api_key="" if wire == "bedrock" else KEY)
        ).outline(REQUEST, [])

    assert (caught.value.code, caught.value.permanent) == ("unreachable", False)


@every_wire
def test_an_answer_cut_off_is_asked_for_once_more_with_more_room(fake: FakeModels, wire: str) -> None:
    fake.will(Reply(stop="length", answer={"title": "Be"}))

    written = writer_on(fake, wire).outline(REQUEST, [])

    assert [asked.max_tokens for asked in fake.asked] == [8000, 16000]
    assert "can't be used" not in fake.asked[1].text
    assert written.usage[0].requests == 2


@every_wire
def test_an_answer_cut_off_twice_is_given_up(fake: FakeModels, wire: str) -> None:
    fake.will(Reply(stop="length", answer={}), Reply(stop="length", answer={}))

    error = refusal(fake, wire)

    assert (error.code, error.permanent, error.usage[0].requests) == ("truncated", True, 2)


@every_wire
def test_a_model_that_declines_is_not_asked_again(fake: FakeModels, wire: str) -> None:
    fake.will(Reply(stop="refusal", text="I'd rather not."))

    error = refusal(fake, wire)

    assert (error.code, error.permanent, error.usage[0].requests) == ("refused", True, 1)


@every_wire
@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_said_plainly_and_not_shown(fake: FakeModels, wire: str, status: int) -> None:
    fake.will(Reply(status=status, message=f"Incorrect API key provided: {KEY}"))

    error = refusal(fake, wire)

    assert (error.code, error.permanent) == ("not_authorised", True)
    assert "MOMENTUM_WRITER_API_KEY" in error.message
    assert KEY not in error.message
    assert error.__cause__ is None


@pytest.mark.parametrize(
    "name",
    [
        "anthropic:claude-3-5-sonnet-20241022",
        "bedrock:us.anthropic.claude-3-5-sonnet-20240620-v1:0",
        "openai:claude-3-5-haiku",
    ],
)
def test_a_retired_model_is_said_plainly(fake: FakeModels, name: str) -> None:
    with pytest.raises(WriterError) as caught:
        build_writer(name, config(fake, name.partition(":")[0])).outline(REQUEST, [])

    assert (caught.value.code, caught.value.permanent) == ("model_not_found", True)
    assert name in caught.value.message
    assert "Set MOMENTUM_WRITER" in caught.value.message


@every_wire
def test_a_rejected_request_says_what_the_provider_said_without_the_key(fake: FakeModels, wire: str) -> None:
    fake.will(Reply(status=400, message="On-demand throughput isn't supported; use a profile"))

    error = refusal(fake, wire)

    assert (error.code, error.permanent) == ("rejected", True)
    assert "On-demand throughput isn't supported; use a profile." in error.message


def test_a_rejection_that_quotes_the_key_does_not_show_it(fake: FakeModels) -> None:
    fake.will(Reply(status=400, message=f"no such thing as {KEY}"))

    assert "no such thing as (key)." in refusal(fake, "openai").message


def test_a_server_that_answers_something_else_is_left_to_the_workflow(fake: FakeModels) -> None:
    # Asked twice: as a stream, and then at once, for it may have been a server that can't stream.
    fake.will(*[Reply(body='{"hello": "world"}')] * 2)

    error = refusal(fake, "openai")

    assert (error.code, error.permanent) == ("unavailable", False)
    assert "MOMENTUM_WRITER_BASE_URL" in error.message


@pytest.mark.parametrize(("wire", "total"), [("anthropic", 1400), ("bedrock", 1400), ("openai", 1000)])
def test_cached_tokens_are_counted_and_cost_less(fake: FakeModels, wire: str, total: int) -> None:
    # Anthropic and Bedrock count what was cached beside the input, OpenAI within it.
    fake.will(Reply(cached=400))

    [usage] = writer_on(fake, wire).outline(REQUEST, []).usage

    assert (usage.input_tokens, usage.cache_read_tokens) == (total, 400)
    # 1000 at $3 a million, 400 at $0.30, 200 out at $15; and 600 at $0.15, 400 at $0.075, 200 out at $0.60.
    assert usage.usd_micros == {"anthropic": 6120, "bedrock": 6120, "openai": 240}[wire]


@pytest.mark.parametrize("wire", ["anthropic", "bedrock"])
def test_instructions_and_form_are_offered_to_the_providers_cache(fake: FakeModels, wire: str) -> None:
    writer_on(fake, wire).outline(REQUEST, [])

    body = fake.asked[0].body
    if wire == "anthropic":
        assert body["system"][-1]["cache_control"]["type"] == "ephemeral"
        assert body["tools"][-1]["cache_control"]["type"] == "ephemeral"
    else:
        assert "cachePoint" in body["system"][-1]
        assert "cachePoint" in body["toolConfig"]["tools"][-1]


def test_the_region_and_the_profile_are_in_what_bedrock_is_asked(fake: FakeModels) -> None:
    name = "bedrock:eu.anthropic.claude-sonnet-4-5-20250929-v1:0"

    build_writer(name, ModelConfig(base_url=fake.url, region="eu-central-1")).outline(REQUEST, [])

    assert fake.asked[0].path == "/model/eu.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse"
    assert "/eu-central-1/bedrock/aws4_request" in fake.asked[0].headers["authorization"]


def test_bedrock_takes_an_api_key_but_not_over_plain_http(fake: FakeModels) -> None:
    seen: list[str] = []

    async def sign() -> None:
        async with open_bedrock("amazon.nova-pro-v1:0", ModelConfig(api_key=KEY)) as model:
            client: Any = model.client  # type: ignore[attr-defined]  # Bedrock's own

            def stop(request: Any, **_: Any) -> None:
                seen.append(request.headers["Authorization"].decode())
                raise RuntimeError("far enough")

            client.meta.events.register("before-send.bedrock-runtime.Converse", stop)
            client.converse(modelId="amazon.nova-pro-v1:0", messages=[])

    with pytest.raises(RuntimeError, match="far enough"):
        asyncio.run(sign())
    assert seen == [f"Bearer {KEY}"]

    with pytest.raises(WriterError) as caught:
        build_writer(MODELS["bedrock"], ModelConfig(base_url=fake.url, api_key=KEY)).outline(REQUEST, [])
    assert "HTTPS" in caught.value.message
    assert fake.asked == []


def test_servers_other_than_openais_are_told_the_limit_by_its_older_name(fake: FakeModels) -> None:
    writer_on(fake).outline(REQUEST, [])
    assert fake.asked[0].body["max_tokens"] == 8000

    async def limit_is_new(base_url: str) -> Any:
        async with open_openai("gpt-4o-mini", ModelConfig(base_url=base_url, api_key=KEY)) as model:
            return model.profile.get("openai_chat_supports_max_completion_tokens")

    assert asyncio.run(limit_is_new(""))
    assert asyncio.run(limit_is_new("https://us.api.openai.com/v1"))
    assert not asyncio.run(limit_is_new("https://models.example.org/v1"))


@every_wire
def test_lessons_are_written_in_several_threads_at_once(fake: FakeModels, wire: str) -> None:
    writer, reference = writer_on(fake, wire), book()
    briefs = [
        LessonBrief(
            day=day, title=f"Day {day}", source=[SourceSpan(document=0, first_page=day, last_page=day)]
        )
        for day in range(1, 7)
    ]

    with ThreadPoolExecutor(3) as threads:
        lessons = list(threads.map(lambda brief: writer.lesson(REQUEST, brief, [reference]), briefs))

    assert [lesson.value.title for lesson in lessons] == [brief.title for brief in briefs]
    assert [{passage.page for passage in lesson.value.passages} for lesson in lessons] == [
        {day} for day in range(1, 7)
    ]
    assert len(fake.asked) == 18  # each lesson, its questions, and their solutions


@pytest.mark.parametrize("wire", ["anthropic", "openai"])
def test_without_a_key_nobody_is_asked(fake: FakeModels, wire: str) -> None:
    with pytest.raises(WriterError) as caught:
        build_writer(MODELS[wire], ModelConfig(base_url=fake.url if wire == "anthropic" else "")).outline(
            REQUEST, []
        )

    assert (caught.value.code, caught.value.permanent) == ("not_authorised", True)
    assert "MOMENTUM_WRITER_API_KEY or" in caught.value.message
    assert fake.asked == []


@pytest.mark.parametrize("name", ["", "gpt-4o", "bedrock:", "mistral:large"])
def test_a_name_that_is_no_models_is_refused(name: str) -> None:
    with pytest.raises(WriterError) as caught:
        get_writer(name)

    assert caught.value.code == "unknown_writer"


@pytest.mark.parametrize(
    "address", ["localhost:11434/v1", "not an address", "http://", "http://[::", "ftp://models.example.org"]
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(WriterError) as caught:
        ModelConfig(base_url=address)

    assert caught.value.code == "bad_address"


def test_a_region_or_profile_that_cannot_be_is_a_plain_refusal(
    fake: FakeModels, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WriterError) as caught:
        build_writer(MODELS["bedrock"], ModelConfig(base_url=fake.url, region="not a region")).outline(
            REQUEST, []
        )
    assert caught.value.permanent

    monkeypatch.setenv("AWS_PROFILE", "nobody")
    with pytest.raises(WriterError) as caught:
        build_writer(MODELS["bedrock"], ModelConfig(base_url=fake.url)).outline(REQUEST, [])
    assert "nobody" in caught.value.message
    assert fake.asked == []


def test_the_check_says_nothing_when_all_is_well_and_a_sentence_when_not(fake: FakeModels) -> None:
    assert check(MODELS["openai"], config(fake, "openai")) is None
    assert fake.asked[0].max_tokens == 256

    fake.will(Reply(status=401))
    assert "refused our key" in (check(MODELS["openai"], config(fake, "openai")) or "")
    assert "no writer called" in (check("gpt-4o") or "")


@pytest.mark.parametrize(
    ("work", "loaded"),
    [
        ("momentum.providers.writer.get_writer('bedrock:x')", []),
        ("momentum.providers.writer.model.load('openai:x')", ["openai", "pydantic_ai"]),
    ],
)
def test_only_the_library_of_the_vendor_is_loaded_and_only_when_told_to(work: str, loaded: list[str]) -> None:
    program = (
        f"import sys, momentum.providers.writer.model; {work};"
        "print(*sorted({'pydantic_ai', 'boto3', 'anthropic', 'openai'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split() == loaded


def test_threads_that_need_the_libraries_at_the_same_time_all_get_them_whole() -> None:
    program = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from momentum.providers.writer.model.libraries import load_for_asking, load_for_pricing\n"
        "with ThreadPoolExecutor(4) as pool:\n"
        "    loading = [pool.submit(load_for_pricing), *[pool.submit(load_for_asking, 'openai') for _ in range(3)]]\n"
        "print(*[one.exception() for one in loading])"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["None"] * 4
