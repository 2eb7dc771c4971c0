"""A lesson's video in a real browser: it plays with its captions, and goes on where it was left."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Product
from tests.browser.journeys import faults

CLIP = Path(__file__).parents[1] / "files" / "clip.webm"  # twenty seconds
CAPTIONS = (
    b"WEBVTT\n\n00:00.000 --> 00:10.000\nSeven days, one lesson each.\n"
    b"\n00:10.000 --> 00:20.000\nAnd one question a day.\n"
)
LESSON = "/courses/difficult-conversations-at-work/lessons/6/"
PLAY = "async video => { video.muted = true; await video.play() }"


@pytest.fixture(scope="module")
def film(browser: Browser, product: Product) -> Iterator[None]:
    """Day 6 has a video with captions, as an administrator uploads it; afterwards it is removed."""
    context = browser.new_context(base_url=product.url)
    panel = context.new_page()
    product.sign_in(panel, "admin")
    panel.goto("/panel/courses/")
    panel.get_by_role("link", name="Difficult conversations at work").click()
    panel.locator(".lessons a").nth(5).click()
    panel.goto(f"{panel.url}video/")
    panel.get_by_label("Video").set_input_files(CLIP)
    captions: Any = {"name": "day-6.vtt", "mimeType": "text/vtt", "buffer": CAPTIONS}
    panel.get_by_label("Captions").set_input_files([captions])
    panel.get_by_role("button", name="Upload").click()
    expect(panel.locator("video")).to_be_visible()
    yield
    panel.get_by_text("Remove video").click()
    panel.get_by_role("button", name="Remove").click()
    expect(panel.locator("video")).to_have_count(0)
    context.close()


def _watch_until(page: Page, second: float) -> None:
    """Play, go to this second, and pause there once it has been told."""
    page.locator("video").evaluate(PLAY)
    with page.expect_response(lambda answer: answer.url.endswith("/position/")) as told:
        page.locator("video").evaluate(
            """(video, second) => { video.currentTime = second;
            video.addEventListener("seeked", () => video.pause(), { once: true }) }""",
            second,
        )
    assert told.value.ok


def _time(page: Page) -> float:
    """Return where the video stands once it has loaded and gone there."""
    settled = """async video => {
      while (video.readyState === 0 || video.seeking) await new Promise(later => setTimeout(later, 50));
      return video.currentTime }"""
    return float(page.locator("video").evaluate(settled))


def test_it_plays_with_captions_and_fills_its_column(film: None, page: Page, product: Product) -> None:
    product.sign_in(page, "learner")
    page.goto(LESSON)
    video = page.locator("video")

    video.evaluate(PLAY)

    shown = video.evaluate(
        """async video => {
        while (video.currentTime < 0.3) await new Promise(later => setTimeout(later, 50));
        video.pause();
        return [...video.textTracks].map(track => [track.mode, track.activeCues[0]?.text]) }"""
    )
    assert shown == [["showing", "Seven days, one lesson each."]]
    for width in (390, 820, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        box, column = video.bounding_box(), page.locator(".prose").first.bounding_box()
        assert box is not None
        assert column is not None
        assert box["width"] >= column["width"] - 1
        assert box["width"] / box["height"] == pytest.approx(16 / 9, rel=0.02)
    assert faults(page) == []


def test_another_device_goes_on_where_the_first_was_paused(
    film: None, browser: Browser, page: Page, product: Product
) -> None:
    product.sign_in(page, "learner")
    page.goto(LESSON)
    _watch_until(page, 11)

    phone = browser.new_context(base_url=product.url, viewport={"width": 390, "height": 844})
    other = phone.new_page()
    product.sign_in(other, "learner")
    other.goto(LESSON)
    resumed = _time(other)
    phone.close()

    assert 10 <= resumed <= 12.5


def test_what_was_watched_is_kept_when_the_page_is_left_at_once(
    film: None, page: Page, product: Product
) -> None:
    product.sign_in(page, "learner")
    page.goto(LESSON)
    _watch_until(page, 5)
    page.locator("video").evaluate(
        """video => new Promise(done => { video.currentTime = 8;
        video.addEventListener("timeupdate", function later() {
          if (video.currentTime < 8.4) return;
          video.removeEventListener("timeupdate", later);
          done() });
        video.play() })"""
    )

    page.goto("/courses/")
    page.goto(LESSON)

    assert 7.5 <= _time(page) <= 10


def test_without_script_it_is_an_ordinary_video(
    film: None, page_without_script: Page, product: Product
) -> None:
    page = page_without_script
    product.sign_in(page, "learner")

    page.goto(LESSON)

    expect(page.locator("video[controls] source")).to_have_attribute("type", "video/webm")
    address = page.locator("video source").get_attribute("src") or ""
    assert page.request.get(address, headers={"range": "bytes=0-3"}).status == 206


def test_the_transcript_leads_to_its_moment_and_speed_and_captions_are_remembered(
    product: Product, page: Page, film: None
) -> None:
    product.sign_in(page, "learner")
    page.goto(LESSON)
    page.get_by_text("Transcript").click()
    video = page.locator("video")
    video.evaluate("video => { video.muted = true }")

    page.get_by_role("link", name="0:00").click()
    expect(page.locator(".transcript [aria-current]")).to_have_text("Seven days, one lesson each.")
    video.evaluate("video => { video.currentTime = 12 }")
    expect(page.locator(".transcript [aria-current]")).to_have_text("And one question a day.")
    video.evaluate("video => { video.playbackRate = 1.5; video.textTracks[0].mode = 'hidden' }")
    page.wait_for_function("localStorage['momentum.video-speed'] === '1.5'")
    page.wait_for_function("localStorage['momentum.video-captions'] === 'off'")

    page.reload()
    page.locator("video").hover()
    page.wait_for_function("document.querySelector('video').playbackRate === 1.5")
    assert page.locator("video").evaluate("video => video.textTracks[0].mode") == "hidden"
    assert page.url.endswith(LESSON)
    page.get_by_text("Transcript").click()
    assert not faults(page)
