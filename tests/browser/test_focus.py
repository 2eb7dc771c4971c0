"""Where focus is after something changed, and what a form does that was sent."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Product


def test_taking_a_filter_away_leads_to_what_was_found(page: Page, product: Product) -> None:
    page.goto("/courses/?level=beginner")

    page.locator(".chip").first.press("Enter")

    expect(page).to_have_url(re.compile("/courses/$"))
    expect(page.locator("#results [role=status]")).to_be_focused()

    page.goto("/courses/?level=beginner&q=habit")
    page.get_by_role("link", name="Clear all").press("Enter")

    expect(page).to_have_url(re.compile("/courses/#found$"))
    expect(page.locator("#results [role=status]")).to_be_focused()
    assert page.locator("#q").input_value() == ""


def test_a_form_that_was_refused_opens_with_what_is_wrong(page: Page, product: Product) -> None:
    product.sign_in(page, "admin")
    page.goto("/panel/courses/new/")
    page.locator("form.form").evaluate("form => { form.noValidate = true }")

    page.locator("form.form button.btn--main").click()

    summary = page.locator("main [role=alert][data-opens]")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.press("Enter")
    expect(page.locator("#id_title")).to_be_focused()


def test_moving_a_lesson_stays_at_its_button(page: Page, product: Product) -> None:
    product.sign_in(page, "admin")
    page.goto("/panel/courses/")
    page.locator("main tbody a").first.click()
    first = page.locator(".lessons__title a").first.inner_text()

    page.get_by_role("button", name=f"Move “{first}” down").click()
    expect(page.get_by_role("button", name=f"Move “{first}” down")).to_be_focused()
    page.get_by_role("button", name=f"Move “{first}” up").click()

    # It is at the top again, where only the way down is left.
    expect(page.get_by_role("button", name=f"Move “{first}” down")).to_be_focused()


def test_what_was_sent_says_so_and_is_sent_once(page: Page, product: Product) -> None:
    product.sign_in(page, "admin")
    page.goto("/panel/courses/")
    page.locator("main tbody a").first.click()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.route("**/copy/", lambda route: route.fulfill(status=204))
    button = page.locator("form[action$='/copy/'] button")

    button.evaluate("button => { button.click(); button.click(); button.click() }")

    expect(page.locator("form[aria-busy=true]")).to_have_count(1)
    expect(button).to_be_disabled()
    assert len(sent) == 1


def test_a_part_that_is_asked_for_again_and_again_leaves_people_at_their_link(
    page: Page, product: Product
) -> None:
    part = """<div id="again" hx-get="/healthz" hx-trigger="look" hx-swap="outerHTML">
      <h1>Waiting</h1><a href="/terms/">Terms</a> <a href="/courses/">See your order</a></div>"""
    page.goto("/terms/")
    page.route("**/healthz", lambda route: route.fulfill(body=part, content_type="text/html"))
    page.evaluate(
        "part => { const main = document.querySelector('main'); main.innerHTML = part; htmx.process(main) }",
        part,
    )
    link = page.get_by_role("link", name="See your order")
    link.focus()
    before = link.element_handle()

    page.evaluate("htmx.trigger('#again', 'look')")

    page.wait_for_function("before => !before.isConnected", arg=before)
    expect(link).to_be_focused()
