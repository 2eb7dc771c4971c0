"""Videos that HeyGen makes: how far they are, and how they are brought."""

from pathlib import Path
from typing import Any

import pytest

from momentum.providers.video import VideoError
from momentum.providers.video.heygen.provider import HeyGenVideos
from momentum.providers.voice import Voice
from tests.providers.fake_heygen import JPEG, MP4, SRT, FakeHeyGen
from tests.providers.video.test_heygen_orders import ORDER


@pytest.fixture
def video(provider: HeyGenVideos) -> str:
    """A video that is ordered."""
    return provider.submit(ORDER)


@pytest.mark.parametrize("word", ["pending", "waiting", "queued", "processing", "a new word"])
def test_every_word_that_is_no_end_is_progress(
    provider: HeyGenVideos, fake: FakeHeyGen, video: str, word: str
) -> None:
    fake.videos[video]["status"] = word

    assert provider.check(ORDER, video).state == "processing"


@pytest.mark.parametrize(("age", "wait"), [(0, 10), (240, 40), (3600, 60)])
def test_the_older_a_video_the_less_often_it_is_asked_about(
    provider: HeyGenVideos, fake: FakeHeyGen, video: str, age: int, wait: int
) -> None:
    fake.videos[video]["created_at"] -= age

    assert provider.check(ORDER, video).wait == pytest.approx(wait, abs=1)


def test_a_new_video_that_can_not_be_asked_for_yet_is_under_way(
    provider: HeyGenVideos, fake: FakeHeyGen, video: str
) -> None:
    fake.stumbles["GET"] = [(404, {}, b"")]

    found = provider.check(ORDER, video)

    assert (found.state, found.wait) == ("processing", 10.0)


def test_a_video_that_is_gone_is_said_to_be(provider: HeyGenVideos, fake: FakeHeyGen, video: str) -> None:
    fake.videos.clear()

    with pytest.raises(VideoError) as gone:
        provider.check(ORDER, video)

    assert (gone.value.code, gone.value.permanent) == ("not_found", True)


def test_a_failed_video_says_why(provider: HeyGenVideos, fake: FakeHeyGen, video: str) -> None:
    fake.fail(video, "download_failed", "The background could not be downloaded")

    found = provider.check(ORDER, video)

    assert (found.state, found.code) == ("failed", "download_failed")
    assert found.failure == (
        "HeyGen couldn’t make this video: The background could not be downloaded. Correct that, then start it again."
    )


def test_a_finished_video_is_brought_with_its_captions_and_picture(
    provider: HeyGenVideos, fake: FakeHeyGen, video: str, tmp_path: Path
) -> None:
    fake.complete(video, seconds=90)

    assert provider.check(ORDER, video).state == "completed"
    files = provider.fetch(ORDER, video, tmp_path)

    assert files.video.read_bytes() == MP4
    assert files.captions is not None
    assert files.captions.read_bytes() == SRT
    assert files.poster is not None
    assert (files.poster.name, files.poster.read_bytes()) == ("poster.jpg", JPEG)
    assert (files.seconds, files.width, files.height, files.usd_micros) == (90.0, 1920, 1080, 1_500_000)
    downloads = [request for request in fake.requests if request["path"].startswith("/files/")]
    assert len(downloads) == 3
    assert not any("X-Api-Key" in request["headers"] for request in downloads)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["captions.srt", "poster.jpg", "video.mp4"]


def test_a_file_that_is_not_there_yet_is_brought_when_it_is(
    provider: HeyGenVideos, fake: FakeHeyGen, video: str, tmp_path: Path
) -> None:
    fake.complete(video)
    fake.missing = 4

    assert provider.fetch(ORDER, video, tmp_path).video.read_bytes() == MP4


def test_a_file_that_never_comes_is_tried_again_later(
    provider: HeyGenVideos, fake: FakeHeyGen, video: str, tmp_path: Path
) -> None:
    fake.complete(video)
    fake.missing = 5

    with pytest.raises(VideoError) as missing:
        provider.fetch(ORDER, video, tmp_path)

    assert (missing.value.code, missing.value.permanent) == ("download_failed", False)
    assert list(tmp_path.iterdir()) == []
    assert provider.fetch(ORDER, video, tmp_path).video.read_bytes() == MP4


def test_an_address_that_expired_is_asked_for_anew(
    provider: HeyGenVideos, fake: FakeHeyGen, video: str, tmp_path: Path
) -> None:
    fake.complete(video)
    fake.expired = {"1", "2"}

    assert provider.fetch(ORDER, video, tmp_path).video.read_bytes() == MP4


@pytest.mark.parametrize("kind", ["jpg", "srt"])
def test_a_video_without_its_captions_or_picture_is_kept_nevertheless(
    provider: HeyGenVideos, fake: FakeHeyGen, video: str, tmp_path: Path, kind: str
) -> None:
    fake.complete(video)
    del fake.files[kind]

    files = provider.fetch(ORDER, video, tmp_path)

    assert (files.poster is None, files.captions is None) == (kind == "jpg", kind == "srt")


@pytest.mark.parametrize("content", [b"<html>Sorry</html>", b"\x1aE\xdf\xa3webm"])
def test_what_is_no_video_is_not_kept(
    provider: HeyGenVideos, fake: FakeHeyGen, video: str, tmp_path: Path, content: bytes
) -> None:
    fake.complete(video)
    fake.files["mp4"] = ("video/mp4", content)

    with pytest.raises(VideoError) as refused:
        provider.fetch(ORDER, video, tmp_path)

    assert (refused.value.code, refused.value.permanent) == ("not_a_video", True)
    assert list(tmp_path.iterdir()) == []


def test_a_video_that_is_not_finished_is_not_brought(
    provider: HeyGenVideos, video: str, tmp_path: Path
) -> None:
    with pytest.raises(VideoError) as early:
        provider.fetch(ORDER, video, tmp_path)

    assert (early.value.code, early.value.permanent) == ("not_ready", False)


def test_cancelling_deletes_the_video_and_again_does_nothing(
    provider: HeyGenVideos, fake: FakeHeyGen, video: str
) -> None:
    provider.cancel(video)
    provider.cancel(video)

    assert fake.videos == {}


@pytest.mark.parametrize("content", [b"", b"<html>Not found</html>", b'{"error": {"code": "video_missing"}}'])
def test_cancelling_what_is_gone_does_nothing_however_heygen_says_so(
    provider: HeyGenVideos, fake: FakeHeyGen, video: str, content: bytes
) -> None:
    fake.stumbles["DELETE"] = [(404, {}, content)]

    provider.cancel(video)

    assert fake.requests[-1]["method"] == "DELETE"


@pytest.mark.parametrize("status", [401, 500])
def test_cancelling_that_is_refused_is_said(
    provider: HeyGenVideos, fake: FakeHeyGen, video: str, status: int
) -> None:
    fake.stumbles["DELETE"] = [(status, {}, b"")]

    with pytest.raises(VideoError):
        provider.cancel(video)

    assert video in fake.videos


@pytest.mark.parametrize("name", ["", "../user/me", "v1?x=1", "v1/../../voices"])
def test_an_id_is_never_made_into_another_address(
    provider: HeyGenVideos, fake: FakeHeyGen, name: str
) -> None:
    with pytest.raises(VideoError):
        provider.check(ORDER, name)

    assert {request["path"] for request in fake.requests} <= {"/v3/videos"}


def test_every_look_and_voice_is_listed_page_after_page(provider: HeyGenVideos, fake: FakeHeyGen) -> None:
    fake.looks = [_look(number) for number in range(120)]
    fake.voices = [
        {"voice_id": f"voice-{number}", "name": f"Voice {number}", "language": "English", "gender": "female"}
        for number in range(101)
    ]

    looks, voices = list(provider.looks()), list(provider.voices())

    assert [look.id for look in looks] == [f"look-{number}" for number in range(120)]
    assert (looks[0].picture, looks[0].preview, looks[0].ready, looks[1].ready) == (
        "https://files.example/0.jpg",
        "",
        True,
        False,
    )
    assert len(voices) == 101
    assert voices[0].voice == Voice(id="heygen:voice-0", name="Voice 0", language="English", gender="female")


@pytest.mark.parametrize(
    ("account", "left"),
    [
        ({"billing_type": "wallet", "wallet": {"remaining_balance": 12.5, "currency": "usd"}}, 12.5),
        ({"billing_type": "usage_based", "usage_based": {"spent": 3}}, None),
        ({"billing_type": ["wallet"], "wallet": None}, None),
    ],
)
def test_the_account_says_what_it_has_left(
    provider: HeyGenVideos, fake: FakeHeyGen, account: dict[str, Any], left: float | None
) -> None:
    fake.account = account

    assert provider.credits() == left


def _look(number: int) -> dict[str, Any]:
    return {
        "id": f"look-{number}",
        "group_id": "group-1",
        "name": f"Look {number}",
        "avatar_type": "studio_avatar",
        "preview_image_url": f"https://files.example/{number}.jpg",
        "preview_video_url": "http://files.example/plain.mp4",
        "status": "processing" if number == 1 else "completed",
    }
