"""Notifications in a browser: turning them on and off, and what the service worker does with what comes.

No push service can be reached from here, so the browser's part of subscribing is played by a few lines; what is pushed
is handed to the service worker as Chromium hands it over.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Product
from tests.browser.journeys import faults, sign_in
from tests.providers.push.service import Browser as Subscribed

STAND_IN = """
(subscription => {
  const held = () => JSON.parse(sessionStorage.getItem("push") ?? "null");
  const made = () => held() && {
    endpoint: held().endpoint, options: { applicationServerKey: null }, toJSON: held,
    unsubscribe: async () => { sessionStorage.removeItem("push"); return true },
  };
  PushManager.prototype.getSubscription = async () => made();
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    if (!userVisibleOnly || applicationServerKey.length !== 65) throw new Error("no key");
    sessionStorage.setItem("push", JSON.stringify(subscription));
    return made();
  };
  // A Chromium that has no windows lets nobody allow anything.
  Object.defineProperty(Notification, "permission", { configurable: true, get: () => "granted" });
  window.asked = 0;
  Notification.requestPermission = async () => { asked++; return Notification.permission };
})(SUBSCRIPTION)
"""
ON, OFF = "Turn off in this browser", "Notify me in this browser"


@pytest.fixture
def made(browser: Browser, product: Product) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=product.url, viewport={"width": 820, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(made: BrowserContext, product: Product) -> Page:
    subscription = json.dumps(Subscribed(name=product.url).as_json())
    made.add_init_script(STAND_IN.replace("SUBSCRIPTION", subscription))
    page = made.new_page()
    sign_in(page, product.credentials["learner"])
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    return page


def _open(page: Page) -> None:
    page.goto("/settings/notifications/")
    expect(page.locator("browser-push")).to_be_visible()


def test_notifications_are_turned_on_and_off_by_a_press_and_known_the_next_time(page: Page) -> None:
    page.context.grant_permissions(["notifications"])
    _open(page)
    expect(page.get_by_role("button", name=OFF)).to_be_visible()
    assert page.evaluate("asked") == 0

    page.get_by_role("button", name=OFF).click()

    expect(page.get_by_text("Notifications are on in this browser.")).to_be_visible()
    expect(page.get_by_role("button", name=ON)).to_be_focused()
    assert page.evaluate("asked") == 1
    assert faults(page) == []
    _open(page)
    expect(page.get_by_text("Notifications are on in this browser.")).to_be_visible()
    page.get_by_role("button", name=ON).click()
    expect(page.get_by_role("button", name=OFF)).to_be_focused()
    assert page.evaluate("sessionStorage.getItem('push')") is None
    assert page.request.get("/api/push/").json()["known"] == []


def test_the_next_person_in_this_browser_is_not_the_one_who_turned_them_on(
    page: Page, product: Product
) -> None:
    page.context.grant_permissions(["notifications"])
    _open(page)
    page.get_by_role("button", name=OFF).click()
    expect(page.get_by_role("button", name=ON)).to_be_visible()
    page.context.clear_cookies()

    sign_in(page, product.credentials["admin"])
    _open(page)

    # The browser still has its subscription; it is another's.
    assert page.evaluate("sessionStorage.getItem('push')") is not None
    expect(page.get_by_role("button", name=OFF)).to_be_visible()


def test_whoever_says_no_to_the_browser_reads_what_to_do(page: Page) -> None:
    page.context.grant_permissions(["notifications"])
    page.add_init_script(
        "Object.defineProperty(Notification, 'permission', { get: () => window.said ?? 'default' })"
    )
    _open(page)

    page.get_by_role("button", name=OFF).click()
    expect(page.get_by_text("You closed your browser’s question")).to_be_visible()
    page.evaluate("window.said = 'denied'")
    page.get_by_role("button", name=OFF).click()

    expect(page.get_by_text("are blocked in this browser")).to_be_visible()
    expect(page.locator("browser-push button:visible")).to_have_count(0)
    assert faults(page) == []


def test_a_server_that_does_not_answer_is_said_and_can_be_tried_again(page: Page) -> None:
    page.context.grant_permissions(["notifications"])
    _open(page)
    page.route("**/api/push/subscriptions", lambda route: route.abort())

    page.get_by_role("button", name=OFF).click()
    expect(page.get_by_text("That didn’t work.")).to_be_visible()
    page.unroute("**/api/push/subscriptions")
    page.get_by_role("button", name=OFF).click()

    expect(page.get_by_role("button", name=ON)).to_be_visible()
    page.get_by_role("button", name=ON).click()
    expect(page.get_by_role("button", name=OFF)).to_be_visible()


@pytest.mark.parametrize(
    ("browser_is", "said"),
    [
        ("delete window.PushManager", "This browser can’t show notifications."),
        (
            "delete window.PushManager; navigator.standalone = false",
            "Tap “Share”, then “Add to Home Screen”.",
        ),
        (
            "Object.defineProperty(window, 'isSecureContext', { value: false })",
            "only allow notifications over https",
        ),
    ],
)
def test_a_browser_that_cannot_says_so(page: Page, browser_is: str, said: str) -> None:
    page.add_init_script(browser_is)
    _open(page)

    expect(page.get_by_text(said)).to_be_visible()
    expect(page.locator("browser-push button:visible")).to_have_count(0)


def test_without_script_it_says_that_it_needs_one(page: Page, browser: Browser, product: Product) -> None:
    state = page.context.storage_state()
    plain = browser.new_context(base_url=product.url, java_script_enabled=False, storage_state=state)
    page = plain.new_page()

    page.goto("/settings/notifications/")

    expect(page.get_by_text("Notifications in this browser require JavaScript.")).to_be_visible()
    expect(page.locator("browser-push")).to_be_hidden()


# --- the service worker ---------------------------------------------------------------------------

LISTEN = """() => {
  self.shown = []; self.opened = []; self.sent = [];
  self.registration.showNotification = async (title, options) => { self.shown.push({ title, ...options }) };
  self.clients.openWindow = async address => { self.opened.push(address) };
  const usual = self.fetch;
  self.fetch = async (address, options) => {
    if (options?.method === "POST") {
      self.sent.push([String(address), JSON.parse(options.body), Boolean(options.headers["X-CSRFToken"])]);
    }
    return usual(address, options);
  };
}"""
PUSH = """async data => {
  const event = new PushEvent("push", data === null ? {} : { data });
  const until = []; event.waitUntil = one => until.push(one);
  self.dispatchEvent(event); await Promise.all(until);
  return self.shown.splice(0);
}"""
CLICK = """async data => {
  const event = new ExtendableEvent("notificationclick");
  event.notification = { data, close: () => { self.closed = true } };
  const until = []; event.waitUntil = one => until.push(one);
  self.dispatchEvent(event); await Promise.all(until);
  return { opened: self.opened.splice(0), sent: self.sent.splice(0) };
}"""
CHANGE = """async ({ before, after }) => {
  const event = new ExtendableEvent("pushsubscriptionchange");
  event.oldSubscription = { endpoint: before };
  event.newSubscription = { toJSON: () => after };
  const until = []; event.waitUntil = one => until.push(one);
  self.dispatchEvent(event); await Promise.all(until);
  return self.sent.splice(0);
}"""


@pytest.fixture
def worker(page: Page) -> Any:
    (found,) = page.context.service_workers
    found.evaluate(LISTEN)
    return found


def test_what_is_pushed_is_shown_and_something_is_shown_whatever_came(worker: Any) -> None:
    said = {
        "title": "Lesson 4",
        "body": "Six minutes.",
        "tag": "daily",
        "url": "/today/",
        "notification_id": "0199",
    }

    (shown,) = worker.evaluate(PUSH, json.dumps(said))
    assert (shown["title"], shown["body"], shown["tag"]) == ("Lesson 4", "Six minutes.", "daily")
    assert shown["data"] == {"url": "/today/", "nid": "0199"}
    assert shown["icon"].endswith(".png")
    for data in (None, "", "no json", "[]", "null", '{"title": ""}'):
        (shown,) = worker.evaluate(PUSH, data)
        assert shown["title"] == "Momentum"


def test_a_notification_leads_to_this_site_alone_and_is_acknowledged(worker: Any, product: Product) -> None:
    found = worker.evaluate(
        CLICK, {"url": "/courses/?q=tides#top", "nid": "01990000-0000-7000-8000-000000000000"}
    )

    assert found["opened"] == [f"{product.url}/courses/?q=tides#top"]
    ((address, sent, with_token),) = found["sent"]
    assert (address, sent, with_token) == (
        "/api/push/ack", {"notification_id": "01990000-0000-7000-8000-000000000000"}, True
    )  # fmt: skip
    for elsewhere in (
        "https://example.org/", "//example.org/", "/\\\\example.org/", "/.//example.org/", "javascript:alert(1)",
        "/\\t/example.org/", "", None, 7,
    ):  # fmt: skip
        (opened,) = worker.evaluate(CLICK, {"url": elsewhere})["opened"]
        assert opened.startswith(f"{product.url}/")
    assert worker.evaluate(CLICK, None) == {"opened": [f"{product.url}/"], "sent": []}


def test_another_address_of_this_browser_is_told_to_the_server(worker: Any, page: Page) -> None:
    after = Subscribed(name="after").as_json()

    ((address, sent, _with_token),) = worker.evaluate(
        CHANGE, {"before": "https://fcm.googleapis.com/before", "after": after}
    )

    assert (address, sent["endpoint"], sent["replaces"]) == (
        "/api/push/subscriptions", after["endpoint"], "https://fcm.googleapis.com/before"
    )  # fmt: skip
    assert len(page.request.get("/api/push/").json()["known"]) == 1
    # Whoever has signed out is asked for nothing, and nothing fails.
    page.context.clear_cookies()
    assert worker.evaluate(CHANGE, {"before": "", "after": after}) == []
