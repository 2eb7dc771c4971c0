"""Orders of videos at HeyGen: what is asked for, and that nothing is ever made twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from signal import SIGKILL
from threading import Event
from typing import Any

import pytest

from momentum.providers.video import Order, Style, VideoError
from momentum.providers.video.heygen.client import Client
from momentum.providers.video.heygen.provider import HeyGenVideos
from momentum.providers.writer.lesson_blocks import Sentence
from momentum.providers.writer.script import Scene, Script
from tests.providers.fake_heygen import KEY, FakeHeyGen, error

SCRIPT = Script(
    title="Tides",
    language="en-GB",
    scenes=[
        Scene(
            kind="title", heading="Tides", said=[Sentence(text="Tides rise."), Sentence(text="They fall.")]
        ),
        Scene(kind="closing", heading="Next", said=[Sentence(text="The NOAA counts them.")]),
    ],
)
STYLE = Style(avatar="look-1", voice="heygen:voice-1", speed=1.2, background="#102030", resolution="1080p")
ORDER = Order(
    key="job-1:1",
    script=SCRIPT,
    style=STYLE,
    pronunciations={"NOAA": "Noah"},
    callback="https://academy.example/webhooks/heygen/",
)


def test_one_avatar_speaks_the_whole_script(provider: HeyGenVideos, fake: FakeHeyGen) -> None:
    video = provider.submit(ORDER)

    assert video == "v1"
    assert fake.made == [
        {
            "type": "avatar",
            "avatar_id": "look-1",
            "voice_id": "voice-1",
            "voice_settings": {"speed": 1.2, "locale": "en-GB"},
            "script": "Tides rise. They fall.\n\nThe Noah counts them.",
            "title": "Tides [job-1:1]",
            "resolution": "1080p",
            "aspect_ratio": "16:9",
            "output_format": "mp4",
            "caption": {"file_format": "srt"},
            "background": {"type": "color", "value": "#102030"},
            "callback_id": "job-1:1",
            "callback_url": "https://academy.example/webhooks/heygen/",
        }
    ]
    ordered = fake.requests[-1]
    assert (ordered["method"], ordered["path"]) == ("POST", "/v3/videos")
    assert ordered["headers"]["Idempotency-Key"] == "job-1:1"


def test_a_quote_asks_nobody(provider: HeyGenVideos, fake: FakeHeyGen) -> None:
    script = Script(
        title="Long",
        language="en",
        scenes=[Scene(kind="title", heading="Long", said=[Sentence(text="a" * 1800)])],
    )

    quote = provider.quote(replace(ORDER, script=script, style=replace(STYLE, speed=1.0)))

    assert (quote.video_seconds, quote.usd_micros) == (120, 2_000_000)
    assert fake.requests == []


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (replace(ORDER, style=replace(STYLE, avatar="")), "no_avatar"),
        (replace(ORDER, style=replace(STYLE, voice="piper:en_US-joe-medium")), "other_voice"),
        (replace(ORDER, key="a key"), "bad_key"),
        (replace(ORDER, pronunciations={"Tides": "x" * 5000}), "script_too_long"),
    ],
)
def test_what_heygen_could_not_make_is_refused_before_it_is_asked(
    provider: HeyGenVideos, fake: FakeHeyGen, order: Order, code: str
) -> None:
    with pytest.raises(VideoError) as refused:
        provider.submit(order)

    assert (refused.value.code, refused.value.permanent) == (code, True)
    assert fake.requests == []


@pytest.mark.parametrize("knows_keys", [True, False])
def test_an_order_that_was_taken_without_an_answer_is_found_and_not_given_again(
    provider: HeyGenVideos, fake: FakeHeyGen, *, knows_keys: bool
) -> None:
    fake.knows_keys = knows_keys
    fake.silent = 1

    with pytest.raises(VideoError) as lost:
        provider.submit(ORDER)

    assert (lost.value.unknown, lost.value.permanent) == (True, False)
    assert provider.find(ORDER) == "v1"
    assert provider.submit(ORDER) == "v1"
    assert len(fake.made) == 1


def test_an_order_is_found_days_later_when_its_key_is_forgotten(
    provider: HeyGenVideos, fake: FakeHeyGen
) -> None:
    provider.submit(ORDER)
    fake.later = 25 * 3600

    assert provider.submit(ORDER) == "v1"
    assert len(fake.made) == 1


def test_an_order_is_found_among_those_of_keys_that_begin_alike(
    provider: HeyGenVideos, fake: FakeHeyGen
) -> None:
    provider.submit(replace(ORDER, key="job-1:11"))

    assert provider.find(ORDER) is None
    assert provider.submit(ORDER) == "v2"
    assert provider.find(ORDER) == "v2"


def test_threads_with_the_same_order_make_one_video(provider: HeyGenVideos, fake: FakeHeyGen) -> None:
    held = fake.slow = Event()

    def order(_number: int) -> tuple[str, bool]:
        try:
            return provider.submit(ORDER), False
        except VideoError as late:
            held.set()
            return late.code, late.unknown

    with ThreadPoolExecutor(4) as threads:
        answers = set(threads.map(order, range(4)))

    assert answers == {("v1", False), ("request_in_progress", True)}
    assert len(fake.made) == 1
    assert provider.submit(ORDER) == "v1"


@pytest.mark.parametrize("knows_keys", [True, False])
def test_a_process_that_is_killed_while_it_orders_leaves_one_video(
    provider: HeyGenVideos, fake: FakeHeyGen, *, knows_keys: bool
) -> None:
    fake.knows_keys = knows_keys
    fake.slow = Event()
    child = get_context("fork").Process(target=provider.submit, args=(ORDER,))
    child.start()
    assert fake.ordering.wait(10)
    child.kill()
    child.join()
    fake.slow.set()
    assert fake.ordered.wait(10)

    assert child.exitcode == -SIGKILL
    assert provider.submit(ORDER) == "v1"
    assert len(fake.made) == 1


def test_no_more_videos_are_ordered_than_the_plan_makes_at_once(
    provider: HeyGenVideos, fake: FakeHeyGen
) -> None:
    for number in range(3):
        provider.submit(replace(ORDER, key=f"other-{number}"))

    with pytest.raises(VideoError) as busy:
        provider.submit(ORDER)

    assert (busy.value.code, busy.value.permanent, busy.value.retry_after) == ("busy", False, 60.0)
    assert len(fake.made) == 3
    fake.complete("v2")
    assert provider.submit(ORDER) == "v4"


@pytest.mark.parametrize(
    ("status", "headers", "code", "expected"),
    [
        (400, {}, "validation_error", (True, None, False)),
        (401, {}, "unauthorized", (True, None, False)),
        (402, {}, "insufficient_credit", (True, None, False)),
        (403, {}, "forbidden", (True, None, False)),
        (404, {}, "not_found", (True, None, False)),
        (409, {}, "conflict", (True, None, False)),
        (409, {}, "request_in_progress", (False, 5.0, True)),
        (413, {}, "payload_too_large", (True, None, False)),
        (429, {"Retry-After": "17"}, "rate_limit_exceeded", (False, 17.0, False)),
        (429, {"Retry-After": "soon"}, "rate_limit_exceeded", (False, 60.0, False)),
        (500, {}, "internal_error", (False, None, True)),
        (503, {}, "unavailable", (False, None, True)),
    ],
)
def test_a_refusal_says_whether_to_try_again(
    provider: HeyGenVideos,
    fake: FakeHeyGen,
    status: int,
    headers: dict[str, str],
    code: str,
    expected: tuple[bool, float | None, bool],
) -> None:
    fake.stumbles["POST"] = [(status, headers, error(code, f"Because of {KEY}"))]

    with pytest.raises(VideoError) as refused:
        provider.submit(ORDER)

    said = refused.value
    assert (said.code, (said.permanent, said.retry_after, said.unknown)) == (code, expected)
    assert KEY not in said.message
    assert "HeyGen" in said.message
    assert fake.made == []


@pytest.mark.parametrize("content", [b"<html>", b'{"data": null}', b'{"data": {"status": "waiting"}}', b"[]"])
def test_an_answer_to_an_order_that_can_not_be_read_leaves_it_unknown(
    provider: HeyGenVideos, fake: FakeHeyGen, content: bytes
) -> None:
    fake.stumbles["POST"] = [(200, {}, content)]

    with pytest.raises(VideoError) as unread:
        provider.submit(ORDER)

    assert (unread.value.code, unread.value.permanent, unread.value.unknown) == ("unreadable", False, True)


def test_a_question_is_asked_again_and_an_order_is_not(provider: HeyGenVideos, fake: FakeHeyGen) -> None:
    broken: Any = (502, {}, b"Bad gateway")
    fake.stumbles = {"GET": [broken, broken], "POST": [broken, broken]}

    with pytest.raises(VideoError) as lost:
        provider.submit(ORDER)

    assert lost.value.unknown
    methods = [request["method"] for request in fake.requests]
    assert methods == ["GET", "GET", "GET", "GET", "POST"]


def test_nothing_is_unknown_of_an_order_that_reached_nobody() -> None:
    nobody = HeyGenVideos(Client(KEY, base="http://127.0.0.1:9", pause=0), pause=0)

    with pytest.raises(VideoError) as lost:
        nobody.submit(ORDER)

    assert (lost.value.code, lost.value.permanent, lost.value.unknown) == ("unreachable", False, False)


def test_a_wrong_key_is_said_without_it(fake: FakeHeyGen) -> None:
    stranger = HeyGenVideos(Client("hg_wrong", base=fake.url, pause=0), pause=0)

    with pytest.raises(VideoError) as refused:
        stranger.credits()

    assert refused.value.code == "unauthorized"
    assert "HEYGEN_API_KEY" in refused.value.message
    assert "hg_wrong" not in repr(refused.value)
