"""The list of notifications in a browser: with script nothing is loaded anew, and without it all goes the same way."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, expect

from momentum.accounts.models import User
from momentum.notifications.models import Notification

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(scope="session", autouse=True)
def rows_beside_a_browser() -> Iterator[None]:
    """Playwright keeps an event loop in this thread, in which Django asks nothing unless told so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_reading_putting_away_and_bringing_back(
    live_server: Any, browser: Browser, learner: User, *, script: bool
) -> None:
    for title in ("One", "Two", "Three"):
        Notification.objects.create(user=learner, kind="test", cause=title, title=title, path="/settings/")
    client = Client()
    client.force_login(learner)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(base_url=live_server.url, java_script_enabled=script)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    page, loaded = context.new_page(), []
    page.goto("/notifications/")
    page.on("load", lambda _page: loaded.append(True))
    bell, said = page.locator("#bell"), page.locator("#messages")

    page.get_by_role("button", name="Mark “Two” as read").click()
    expect(bell).to_have_attribute("aria-label", "Notifications, 2 unread")
    if script:
        expect(page.locator("#announcements")).to_have_text("2 unread")
        assert page.evaluate("document.activeElement !== document.body")
    page.get_by_role("button", name="Archive “Three”").click()
    expect(said).to_contain_text("Archived.")
    expect(bell).to_have_attribute("aria-label", "Notifications, 1 unread")

    page.get_by_role("link", name="Archive", exact=True).click()
    expect(page).to_have_url(re.compile("/notifications/archive/$"))
    page.get_by_role("button", name="Move “Three” to inbox").click()
    expect(said).to_contain_text("Moved back")
    page.get_by_role("link", name="Inbox", exact=True).click()
    page.get_by_role("button", name="Mark all as read").click()
    expect(bell).to_have_attribute("aria-label", "Notifications")
    assert bool(loaded) is not script

    page.get_by_role("button", name="One", exact=True).click()
    expect(page).to_have_url(re.compile("/settings/$"))
    bell.click()
    page.get_by_role("button", name="Archive all").click()
    expect(page.get_by_text("You’re all caught up")).to_be_visible()
