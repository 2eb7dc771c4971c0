"""The page on which people choose what they are told, and the question that comes with their first course."""

from collections.abc import Iterator
from datetime import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from momentum.accounts.models import User
from momentum.core.errors import InvalidError
from momentum.events.models import Event
from momentum.mail.models import SwitchedOffKind
from momentum.notifications.actions import preferences as actions
from momentum.notifications.models import (
    Channel,
    Choice,
    Preferences,
    PushSubscription,
    ScheduledNotification,
)
from tests.factories import make_course, make_enrolment
from tests.notifications.kinds import by_date, daily, declaring, kind
from tests.pages import main, soup, words

pytestmark = pytest.mark.django_db

PAGE, REMINDER, EMAILS = (
    "/settings/notifications/",
    "/settings/notifications/reminder/",
    "/settings/notifications/emails/",
)
NEWS = kind(channels={Channel.EMAIL: Choice.ON, Channel.BROWSER: Choice.OFF})
DAILY = daily(by_date)
HOURS = {"reminder_at": "08:00", "quiet_from": "22:00", "quiet_until": "07:00", "daily_cap": "3"}
CHOICES = {"test.news:email": "on", "test.daily:email": "on"}


@pytest.fixture(autouse=True)
def declared(learner: User) -> Iterator[None]:
    """The learner has a browser that takes messages, and no telephone."""
    PushSubscription.objects.create(user=learner, endpoint="https://push.example/1", sealed_keys="none")
    with declaring(NEWS, DAILY):
        yield


def chosen(user: User) -> Preferences:
    return Preferences.objects.get(user=user)


def save(client: Client, **fields: str) -> Any:
    shown = main(client.get(PAGE))
    form = shown.select_one(f"form[action='{PAGE}']")
    given: dict[str, Any] = {
        one["name"]: one["value"] for one in form.select("input[type=time], input[type=number]")
    }
    given |= {
        one["name"]: option["value"]
        for one in form.select("select")
        if (option := one.select_one("option[selected]"))
    }
    given |= {one["name"]: "on" for one in form.select("input[type=checkbox][checked]")}
    given["offered"] = [one["value"] for one in form.select("[name=offered]")]
    return client.post(PAGE, {name: value for name, value in (given | fields).items() if value})


def test_it_lists_what_can_be_chosen_and_says_why_the_rest_always_comes(as_learner: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        page = main(as_learner.get(PAGE))

    # The session, what they chose, what they can be reached by, and what is switched off for everybody.
    assert len(captured) <= 6
    rows = {words(row.th).split("Sometimes")[0] or words(row.th): row for row in page.select("tbody tr")}
    named = {one["name"] for one in page.select("form select, form input[type=checkbox]")}
    assert {"test.news:email", "test.news:browser", "test.daily:email"} <= named
    assert "test.daily:browser" not in named
    assert [option["value"] for option in page.select("[name='test.news:email'] option")] == [
        "on",
        "digest",
        "off",
    ]
    assert [option["value"] for option in page.select("[name='test.daily:email'] option")] == ["on", "off"]
    always = words(page.select_one("[aria-labelledby=always]"))
    assert "Payments" in always
    assert "So that nobody changes your account" in always
    assert "Course generation" not in words(page)
    assert not Preferences.objects.exists()
    assert rows


def test_what_is_saved_holds_and_only_what_was_changed_is_noted(as_learner: Client, learner: User) -> None:
    actions.choose(user=learner)
    ScheduledNotification.objects.create(user=learner, kind="test.daily", next_at="2030-01-01T00:00Z")

    for _again in range(2):
        answer = save(as_learner, reminder_at="06:30", quiet_until="06:00", **{"test.news:email": "digest"})
        assert (answer.status_code, answer["Location"]) == (302, PAGE)

    saved = chosen(learner)
    assert (saved.reminder_at, saved.quiet_until, saved.daily_cap) == (time(6, 30), time(6), 3)
    assert saved.choices == {"test.news": {"email": "digest"}}
    assert ScheduledNotification.objects.get().next_at.year < 2030
    save(as_learner, **{"test.news:browser": "on"})
    assert chosen(learner).choices == {"test.news": {"email": "digest", "browser": "on"}}


def test_a_browser_that_is_turned_on_while_the_page_is_open_keeps_what_holds_by_itself(
    as_learner: Client, learner: User
) -> None:
    browser = PushSubscription.objects.get()
    browser.delete()
    page = main(as_learner.get(PAGE))
    offered = [one["value"] for one in page.select("[name=offered]")]
    browser.save(force_insert=True)

    assert as_learner.post(PAGE, HOURS | CHOICES | {"offered": offered}).status_code == 302

    assert chosen(learner).choices == {}


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"reminder_at": "23:00"}, "reminder_at", "This is in your quiet hours"),
        ({"daily_cap": "0"}, "daily_cap", "greater than or equal to 1"),
        ({"quiet_from": "25:00"}, "quiet_from", "Enter a valid time"),
        ({"test.daily:email": "digest"}, "test.daily:email", "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_saved(
    as_learner: Client, learner: User, fields: dict[str, str], field: str, said: str
) -> None:
    answer = save(as_learner, **fields)

    assert answer.status_code == 422
    at_field = soup(answer).find(id=f"id_{field}_error")
    assert at_field is not None
    assert said in words(at_field)
    assert not Preferences.objects.exclude(choices={}, reminder_at=time(8)).exists()


def test_what_cannot_wait_or_has_no_such_channel_is_refused_below_the_page_too(learner: User) -> None:
    for refused in ({Channel.EMAIL: Choice.DIGEST}, {Channel.MOBILE: Choice.ON}):
        with pytest.raises(InvalidError):
            actions.choose(user=learner, choices={"test.daily": refused})
    with pytest.raises(InvalidError):
        actions.choose(user=learner, choices={"payments.receipt": {Channel.EMAIL: Choice.OFF}})
    assert not Preferences.objects.exclude(choices={}).exists()


def test_all_emails_are_stopped_and_what_was_chosen_comes_back(as_learner: Client, learner: User) -> None:
    save(as_learner, **{"test.news:email": "off"})

    for _again in range(2):
        as_learner.post(EMAILS, {"state": "off"})
    page = main(as_learner.get(PAGE))
    assert chosen(learner).is_silent(Channel.EMAIL)
    assert page.select("[name='test.news:email']") == []
    save(as_learner, **{"test.news:browser": "on"})  # doesn't write what is silent into each kind

    as_learner.post(EMAILS, {"state": "on"})
    saved = chosen(learner)
    assert saved.chosen("test.news", "email", Choice.ON) == Choice.OFF
    assert saved.chosen("test.daily", "email", Choice.ON) == Choice.ON
    assert as_learner.post(EMAILS, {"state": "maybe"}).status_code == 422


def test_what_is_switched_off_for_everybody_is_not_offered(as_learner: Client) -> None:
    from momentum.mail.queries.edits import edits

    SwitchedOffKind.objects.create(kind=NEWS.email.name)
    edits.forget()

    assert main(as_learner.get(PAGE)).select("[name='test.news:email']") == []


def test_a_channel_by_which_nobody_can_be_reached_is_not_shown(as_learner: Client) -> None:
    titles = [words(title) for title in main(as_learner.get(PAGE)).select("thead")[0].select("th")]
    PushSubscription.objects.all().delete()

    assert titles == ["What", "Email", "Browser"]
    assert main(as_learner.get(PAGE)).select("[name='test.news:browser']") == []


def test_administrators_choose_about_what_is_theirs_too(as_admin: Client) -> None:
    assert "Course generation" in words(main(as_admin.get(PAGE)))


def test_a_first_course_brings_one_question_which_is_answered_once(as_learner: Client, learner: User) -> None:
    assert soup(as_learner.get("/today/")).select_one(".offer") is None
    course = make_course()
    make_enrolment(learner, course)
    pages = ("/today/", f"/courses/{course.slug}/")

    for page in pages:
        offer = soup(as_learner.get(page)).select_one("form.offer")
        assert offer is not None
        assert offer.select_one("[name=next]")["value"] == page
        offered = [words(option) for option in offer.select("option")]
    assert (offered[0], offered[-1], len(offered)) == ("07:00", "21:30", 30)

    answer = as_learner.post(REMINDER, {"reminder_at": "06:30", "next": "/today/"})
    assert answer.status_code == 422  # quiet, unless they say otherwise
    assert not Preferences.objects.exists()
    answer = as_learner.post(REMINDER, {"reminder_at": "21:30", "next": pages[1]}, follow=True)

    assert answer.redirect_chain == [(pages[1], 302)]
    assert "We’ll remind you at 21:30" in words(answer)
    assert chosen(learner).reminder_at == time(21, 30)
    assert [soup(as_learner.get(page)).select_one(".offer") for page in pages] == [None, None]
    assert Event.objects.filter(name="notifications.chosen", subject_id=learner.id).count() == 1


def test_whoever_sends_the_question_away_is_not_asked_again(as_learner: Client, learner: User) -> None:
    make_enrolment(learner, make_course())

    answer = as_learner.post(
        REMINDER, {"reminder_at": "09:00", "dismiss": "1", "next": "//elsewhere.example/"}
    )

    assert answer["Location"] == PAGE
    assert chosen(learner).reminder_at == time(8)
    assert soup(as_learner.get("/today/")).select_one(".offer") is None


def test_who_looks_as_somebody_chooses_nothing_for_them(as_admin: Client, learner: User) -> None:
    make_enrolment(learner, make_course())
    as_admin.post(reverse("panel:user-impersonation", args=[learner.id]))

    assert soup(as_admin.get("/today/")).select_one(".offer") is None
    answers = [
        as_admin.get(PAGE),
        as_admin.post(PAGE, HOURS | CHOICES),
        as_admin.post(EMAILS, {"state": "off"}),
        as_admin.post(REMINDER, {"dismiss": "1"}),
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert not Preferences.objects.exists()
