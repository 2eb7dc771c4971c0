"""A file field in a browser: dropped files, how far an upload is, giving it up, and what a refusal leaves."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Product
from tests.browser.journeys import faults

_DROP = """([name, type, bytes]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
  document.dispatchEvent(new DragEvent("dragover", { dataTransfer }));
  document.dispatchEvent(new DragEvent("drop", { dataTransfer }));
}"""


@pytest.fixture
def slow_page(browser: Browser, product: Product) -> Iterator[Page]:
    """A page of an administrator whose line takes half a megabyte a second."""
    context = browser.new_context(base_url=product.url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    product.sign_in(page, "admin")
    line = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 500_000}
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
    yield page
    context.close()


def test_a_video_is_dropped_given_up_and_sent_with_a_bar_that_says_how_far_it_is(slow_page: Page) -> None:
    page = slow_page
    page.goto("/panel/courses/")
    page.get_by_role("link", name="Difficult conversations at work").click()
    page.locator(".lessons a").nth(4).click()
    page.goto(f"{page.url}video/")
    expect(page.get_by_text("Or drop a file anywhere on this page.").first).to_be_visible()

    page.evaluate(_DROP, ["notes.docx", "application/msword", 10])
    expect(page.get_by_role("alert")).to_have_text("This kind of file can’t be used here.")
    page.evaluate(_DROP, ["day-5.webm", "video/webm", 3_000_000])
    expect(page.get_by_role("list", name="Selected files")).to_have_text("day-5.webm, 2.9 MB")
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("button", name="Uploading…")).to_be_disabled()
    expect(page.get_by_role("progressbar", name="Upload")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^[1-9]\d?%$"))).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("alert")).to_have_text("Upload cancelled.")
    expect(page.get_by_role("button", name="Upload")).to_be_focused()
    expect(page.locator("video")).to_have_count(0)

    page.get_by_role("button", name="Upload").click()
    expect(page.locator(".note[data-focus]")).to_be_focused(timeout=30_000)
    expect(page.get_by_role("list", name="Selected files")).to_have_text("day-5.webm, 2.9 MB")
    expect(page.get_by_role("button", name="Upload")).to_be_enabled()
