"""Looking at every page that somebody can see, in light and dark, on a phone and on a desk.

Pages are found as people find them, by their links; a page that no link leads to is named below. What was looked at is
noted for all workers, so that whoever comes last sees that no route was left out.
"""

import fcntl
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.accounts import answer_a_person, ask_a_person, link_sent_to
from tests.browser.journeys import at_rest, faults, pdf
from tests.providers.pdfs import handbook
from tests.routes import ROUTES
from tests.studio import editions

COURSE = "/courses/a-habit-that-holds/"
# What no link leads to, and pages in a state worth looking at besides the one that the links lead to.
MORE = {
    "visitor": (
        "/courses/?q=volcano", "/courses/?q=sleap", f"{COURSE}lessons/1/", "/nothing-here/", "/ui/",
        "/offline/", "/offline/signed-out/", "/account/inactive/", "/account/sign-in-link/",
        "/account/identities/cancelled/",
        "/account/confirm-email/", "/account/confirm-email/no-such-key/", "/account/password/reset/done/",
        "/account/password/reset/key/1-no-such-key/",
        "/account/password/reset/key/done/", f"{COURSE}reviews/", "/help/sent/",
    ),
    "learner": (
        "/", f"{COURSE}lessons/1/", f"{COURSE}review/", "/account/logout/", "/account/reauthenticate/", "/panel/",
        "/account/data/deletion/no-such-token/", "/account/security/passkeys/",
    ),
    "admin": ("/panel/", "/panel/courses/new/", "/panel/studio/start/"),
}  # fmt: skip
# Routes that answer a GET with something else than a page of their own.
NO_PAGES = {
    "healthz", "readyz", "landing", "api:openapi-json", "api:generation-status", "ui:cover", "ui:stylesheet",
    "ui:medal", "ui:manifest", "ui:service-worker",
    "catalog:cover", "catalog:picture", "panel:catalog:answer-trial",
    "learning:poster", "learning:picture", "learning:sitemap", "learning:robots",
    "engagement:calendar-feed", "api:push", "notifications:unsubscribe",
    "learning:certificate-pdf", "learning:video", "learning:captions", "learning:video-poster", "engagement:picture",
    "engagement:public-picture", "panel:catalog:course-export", "panel:search:searches-export", "panel:letter-page",
    "panel:mail-kind-page",
    "studio:progress", "studio:log", "studio:page-image", "studio:passage-image", "sources:picture",
    "search:suggestions", "engagement:celebrations", "account_confirm_login_code",
    "panel:payments:payments-export", "panel:users-export", "panel:audit-export", "privacy:export-file",
    "account_set_password",
}  # fmt: skip
# Pages that are there only once something was bought: test_buying.py looks at them on its way.
ELSEWHERE = {
    "payments:order-new", "payments:order", "payments:receipt", "payments:withdrawal",
    "sandbox:checkout", "sandbox:authentication", "sandbox:portal",
    "panel:payments:payment", "panel:payments:payment-refund",
    "panel:payments:order", "panel:payments:subscription", "panel:payments:webhook-event",
    "panel:payments:reconciliation",
}  # fmt: skip
WIDTHS = (390, 820, 1440)


def be_a_visitor(context: BrowserContext, administrator: BrowserContext, home: Path) -> list[str]:
    """Ask a person and be answered. Return the private page of that."""
    address = "nora@example.com"
    ask_a_person(context, "A video stops", email=address)
    answer_a_person(administrator, address)
    return [link_sent_to(home, address, "/help/visitor/")]


def be_a_learner(page: Page) -> None:
    """Do what leaves traces: a question to a person, a profile that is public, and a search."""
    ask_a_person(page.context, "The name on my certificate")
    page.goto("/profile/")
    page.get_by_role("button", name="Make public").click()
    page.goto("/courses/?q=sleep")


def be_an_administrator(page: Page) -> list[str]:
    """Do what leaves traces: questions, courses written, looked at before and planned.

    Return pages that few links lead to.
    """
    ask_a_person(page.context, "How do I add a course?")
    _ask_for_a_course(page, "Generate course")
    written = page.url
    page.get_by_role("link", name="Review lessons").click(timeout=120_000)
    page.get_by_text("Regenerate lesson").click()
    page.get_by_label("What should change?").fill("Shorter.")
    page.get_by_role("button", name="Regenerate").click()
    expect(page.get_by_role("button", name="Accept new version")).to_be_visible()
    page.goto(written)
    page.locator("main a[href^='/panel/courses/']").first.click()
    page.get_by_role("button", name="Let learners see the cited pages of").click()
    cited = (page.get_by_role("link", name="Preview").get_attribute("href") or "") + "lessons/1/sources/1/"
    revised = _put_in_a_version(page, written)
    page.goto("/panel/mail/kinds/")
    page.locator("main tbody a").first.click()
    page.get_by_label("Subject").fill("In our words")
    page.get_by_role("button", name="Save").click()
    _ask_for_a_course(page, "Read documents", title="Bees, looked at")
    page.wait_for_url("**/preparation/", timeout=120_000)
    prepared = page.url
    _ask_for_a_course(page, "Generate course", title="Bees, planned", outline_first=True)
    planned = page.url
    page.get_by_role("link", name="Look at the outline").click(timeout=120_000)
    jobs = [urlsplit(address).path.split("/")[3] for address in (written, planned)]
    return [
        cited,
        written,
        *revised,
        prepared,
        page.url,
        f"/panel/studio/comparison/?job={jobs[0]}&job={jobs[1]}",
    ]


def _put_in_a_version(page: Page, written: str) -> list[str]:
    """Put in another edition of a course's document; return the page of what it changes, and that of a day."""
    page.goto(written)
    page.locator("main a[href*='/references/']").first.click()
    edition = {"name": "bees-2.md", "mimeType": "text/markdown", "buffer": editions.second()}
    page.get_by_label("New version", exact=True).set_input_files(edition)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("To decide").first).to_be_visible(timeout=60_000)
    return [page.url, f"{page.url}days/1/"]


def _ask_for_a_course(page: Page, button: str, *, title: str = "", outline_first: bool = False) -> None:
    page.goto("/panel/studio/start/")
    page.get_by_label("Source documents").set_input_files(pdf("handbook.pdf", handbook()))
    page.locator("[name=title]").fill(title)
    page.get_by_label("Days").fill("2")
    page.get_by_label("Category").select_option(label="Health & Wellness")
    page.locator("[name=outline_first]").set_checked(outline_first)
    page.get_by_role("button", name=button).click()
    page.wait_for_url(re.compile(r"/panel/studio/[0-9a-f-]{36}/"))


def look_around(
    context: BrowserContext, url: str, who: str, notes: Path, also: Sequence[str] = ()
) -> dict[str, dict[str, list[str]]]:
    """Look at every page that this visitor can see, note the routes, and return what is wrong by page."""
    # The page that says one is offline leaves by itself once it hears that one isn't, in the middle of our looking.
    context.route("**/healthz", lambda route: route.abort())
    page, visited = context.new_page(), set()
    found_on: dict[str, dict[str, list[str]]] = {}
    for address in _addresses(context, url, (*MORE[who], *also)):
        answer = page.goto(address)
        if answer is not None and answer.status == 200:
            visited.add(_route(page.url))
        for width in WIDTHS:
            if found := _faults(page, width):
                found_on[f"{address} at {width}"] = found
    if left_out := _left_out(notes, who, visited):
        found_on["by nobody"] = {"looked at": sorted(left_out)}
    return found_on


def _left_out(notes: Path, who: str, visited: set[str]) -> set[str]:
    """Note what this visitor looked at; return what nobody did once all kinds of visitors have been here."""
    with notes.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        seen = dict(json.loads(line) for line in file) | {who: sorted(visited)}
        file.write(json.dumps([who, sorted(visited)]) + "\n")
    if set(seen) != set(MORE):
        return set()
    pages = {name for name, route in ROUTES.items() if route.get and 200 in route.get}
    return pages - NO_PAGES - ELSEWHERE - {name for names in seen.values() for name in names}


def _route(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def _addresses(context: BrowserContext, url: str, more: tuple[str, ...]) -> Iterator[str]:
    """Return `more`, and one address for each route that links lead to from there."""
    waiting, known = [urljoin(url, address) for address in more], set(map(_route, more))
    while waiting:
        address = waiting.pop(0)
        answer = context.request.get(address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        yield address
        for link in BeautifulSoup(answer.text(), "html.parser").select("a[href]"):
            target = urljoin(answer.url, str(link["href"])).partition("#")[0]
            name = _route(target)
            if target.startswith(url) and name and name not in known | NO_PAGES:
                known.add(name)
                waiting.append(target)


def _sticks_out(page: Page) -> list[str]:
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 5).map(e => e.tagName + "." + e.className)"""
    )


def _faults(page: Page, width: int) -> dict[str, list[str]]:
    """Return what is wrong with the page that is open at this width, by what it is wrong in."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    if width in (WIDTHS[0], WIDTHS[-1]):
        found["light"] = faults(page)
    else:
        at_rest(page)
    found["sticks out"] = _sticks_out(page)
    if width in (WIDTHS[0], WIDTHS[-1]):
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        # Only colours differ in the dark.
        found["dark"] = faults(page, rules=["color-contrast"])
    return {where: wrong for where, wrong in found.items() if wrong}
