"""Accounts and sessions through the same forms that people fill in, without drawing the pages: that takes seconds.

Whether people can sign up and in on the pages is what test_learner.py and test_main_job.py see.
"""

import email
import email.policy
import re
import time
from pathlib import Path
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from playwright.sync_api import APIResponse, BrowserContext, Page

from tests.pages import fields

PASSWORD = "Correct-horse-7"


def sign_in(context: BrowserContext, who: dict[str, str]) -> None:
    """Sign in with an address and a password."""
    answer = _send(context, "/account/login/", login=who["email"], password=who["password"])
    assert "/account/login/" not in answer.url, answer.text()


def sign_up(page: Page, home: Path, address: str) -> None:
    """Make an account with PASSWORD in the zone of this page's browser, and confirm its address."""
    context, zone = page.context, page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    _send(context, "/account/signup/", email=address, password1=PASSWORD, time_zone=zone)
    answer = _send(context, link_sent_to(home, address))
    assert "/account/" not in answer.url, answer.text()


def ask_a_person(context: BrowserContext, subject: str, **more: str) -> None:
    """Ask a person for help."""
    _send(context, "/help/", subject=subject, text="It stops after a while.\n\nWhat can I do?", **more)


def answer_a_person(context: BrowserContext, address: str) -> str:
    """Answer, as an administrator, the newest question of whoever has this address; return the page of it."""
    listed = context.request.get(f"/panel/support/?q={address}&sort=-last")
    found = BeautifulSoup(listed.text(), "html.parser").select_one("tbody th a")
    assert found is not None
    page = str(found["href"])
    _send(context, page, text="Try it once more, please.")
    return page


def _send(context: BrowserContext, path: str, **values: str) -> APIResponse:
    """Open a page, fill in its form that has these fields, and send it; return what that led to."""
    opened = context.request.get(path)
    assert opened.ok, (path, opened.status)
    forms = BeautifulSoup(opened.text(), "html.parser").select("main form")
    form = next(form for form in forms if set(values) <= set(fields(form)))
    token = {"csrfmiddlewaretoken": str(form.select("[name=csrfmiddlewaretoken]")[0]["value"])}
    target = urljoin(opened.url, str(form.get("action") or ""))
    answer = context.request.post(target, form=fields(form) | token | values)
    assert answer.ok, (path, answer.status, answer.text())
    return answer


def link_sent_to(home: Path, address: str, leads_to: str = "/account/confirm-email/") -> str:
    """Return the path of the link in the newest mail to this address, which begins so."""
    deadline = time.monotonic() + 180  # a worker sends it
    while time.monotonic() < deadline:
        for file in sorted((home / "mail").glob("*.eml"), reverse=True):
            letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            text = letter.get_body(("plain",))
            if address in str(letter["To"]) and text is not None:
                found = re.search(rf"https?://[^/\s]+({leads_to}\S+)", text.get_content())
                if found:
                    return found[1]
        time.sleep(0.1)
    raise AssertionError(f"no mail to {address}")
