"""On the smallest screens nothing overflows, and what can be pressed is large enough for a finger."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Product

COURSE = "/courses/a-habit-that-holds/"
PAGES: dict[str, list[str]] = {
    "": ["/", "/courses/", COURSE, "/account/login/", "/account/signup/", "/premium/", "/privacy/"],
    "learner": ["/today/", "/profile/", COURSE, f"{COURSE}lessons/1/", f"{COURSE}review/", "/orders/"],
    "admin": [
        "/panel/", "/panel/courses/", "/panel/courses/new/", "/panel/studio/", "/panel/users/", "/panel/reviews/",
        "/panel/payments/", "/panel/mail/", "/panel/visits/", "/panel/audit/", "/panel/certificates/",
    ],
}  # fmt: skip
# Links within a text are as high as the text (WCAG 2.5.8); what is only shown to who uses a keyboard is no target.
SMALL = """(least) => {
  const whole = (one) => (one.matches("[type=checkbox], [type=radio]") && one.closest("label")) || one;
  const box = (one) => whole(one).getBoundingClientRect();
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(".skip"))
    .filter((one) => !one.matches("a") || getComputedStyle(one).display !== "inline")
    .filter((one) => { const { width, height } = box(one); return height > 1 && (height < least || width < least); })
    .map((one) => `${one.outerHTML.slice(0, 80)} ${Math.round(box(one).width)}x${Math.round(box(one).height)}`);
}"""
WIDER = "document.documentElement.scrollWidth - innerWidth"


@pytest.mark.parametrize("who", list(PAGES))
def test_nothing_overflows_and_every_target_fits_a_finger(page: Page, product: Product, who: str) -> None:
    if who:
        product.sign_in(page, who)
    faults: dict[str, object] = {}
    for address in PAGES[who]:
        page.set_viewport_size({"width": 320, "height": 640})
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
        if wider := page.evaluate(WIDER):
            faults[f"{address} at 320"] = wider
        page.set_viewport_size({"width": 390, "height": 844})
        if small := page.evaluate(SMALL, 44):
            faults[f"{address} for fingers"] = small
        page.set_viewport_size({"width": 1280, "height": 900})
        if small := page.evaluate(SMALL, 24):
            faults[f"{address} for mice"] = small

    assert faults == {}
