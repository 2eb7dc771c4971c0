"""Nothing jumps while a page loads, however late its parts come."""

import time

import pytest
from playwright.sync_api import Browser, Route

from tests.browser.conftest import Product

OBSERVED = """() => new Promise(done => {
  let shift = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(shift), 400) })"""


def _late(route: Route) -> None:
    time.sleep(0.15)
    route.continue_()


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_jumps_when_fonts_and_pictures_come_late(
    browser: Browser, product: Product, width: int
) -> None:
    context = browser.new_context(
        base_url=product.url, viewport={"width": width, "height": 900}, service_workers="block"
    )
    page = context.new_page()
    product.sign_in(page, "learner")
    for parts in ("**/*.woff2", "**/covers/**", "**/medals/**"):
        page.route(parts, _late)
    shifts = {}
    course = "/courses/how-to-look-at-a-painting/"
    for address in ("/", "/courses/", course, f"{course}lessons/1/", "/today/", "/profile/"):
        page.goto(address, wait_until="networkidle")
        shifts[address] = page.evaluate(OBSERVED)
    context.close()

    assert {address: shift for address, shift in shifts.items() if shift > 0.02} == {}
