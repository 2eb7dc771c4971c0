"""Writing to learners about courses: weekly, what might be theirs; and once, what is new on a shelf they like."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from momentum.mail.models import Email
from momentum.notifications.actions.deliver import deliver_due
from momentum.notifications.actions.schedule import tell_due
from momentum.notifications.models import Delivery, Notification
from momentum.recommendation.actions.new_courses import tell_next
from momentum.recommendation.actions.recommendations import choose_for_everybody
from tests.factories import make_category, make_course, make_enrolment, make_user
from tests.notifications.kinds import at

pytestmark = pytest.mark.django_db
# A Sunday.
SUNDAY = "2026-03-15"


def sent(moment: str) -> list[str]:
    before = set(Email.objects.values_list("id", flat=True))
    with at(moment):
        while tell_due():
            pass
        deliver_due(until=datetime.fromisoformat(f"{moment}+00:00") + timedelta(minutes=1))
    # Reminders of lessons are tests/engagement/test_recipients.py's.
    found = Email.objects.exclude(id__in=before).exclude(kind__startswith="engagement.")
    return sorted(found.values_list("kind", flat=True))


def learner_of(course: Any, moment: str, **fields: Any) -> Any:
    user = make_user(**fields)
    with at(moment):
        make_enrolment(user, course, done=3)
    return user


def test_on_sundays_who_learned_lately_hears_what_might_be_theirs_and_why() -> None:
    shelf = make_category(name="Nature")
    tides = make_course(title="Tides", category=shelf)
    make_course(title="Trees", category=shelf)
    learner_of(tides, "2026-03-13 09:00", name="Lea")
    learner_of(tides, "2026-01-13 09:00", name="Long gone")
    choose_for_everybody()
    sent("2026-03-14 09:00")

    assert sent(f"{SUNDAY} 09:59") == []
    assert sent(f"{SUNDAY} 10:00") == ["recommendation.weekly"]
    email = Email.objects.get(kind="recommendation.weekly")
    assert (email.user.name, "Trees" in email.subject) == ("Lea", True)
    assert "Because you completed Tides" in email.text
    assert sent("2026-03-16 10:00") == []
    assert sent("2026-03-22 10:00") == ["recommendation.weekly"]


def test_a_new_course_is_told_of_once_in_the_digest_of_who_finished_one_of_its_shelf() -> None:
    shelf = make_category(name="Nature")
    tides, bread = make_course(title="Tides", category=shelf), make_course(title="Bread")
    fan = learner_of(tides, "2026-03-09 09:00")
    learner_of(bread, "2026-03-09 09:00")
    with at("2026-03-09 10:00"):
        make_enrolment(make_user(), tides, done=1)
    sent("2026-03-09 12:00")
    trees = make_course(title="Trees", category=shelf)

    for _again in range(2):
        with at("2026-03-10 09:00"):
            after = tell_next(course_id=trees.pk, after=None)
            assert after == fan.pk
            assert tell_next(course_id=trees.pk, after=after) is None

    told = Notification.objects.get(kind="recommendation.new_course")
    assert (told.user, told.title) == (fan, "New in Nature: Trees")
    assert sent("2026-03-10 09:01") == []
    assert sent("2026-03-10 18:00") == ["notifications.digest"]
    assert "New in Nature: Trees" in Email.objects.get(kind="notifications.digest").text
    assert Delivery.objects.get(notification=told).state == "gathered"
    assert sent("2026-03-11 18:00") == []


def test_what_was_seen_on_the_site_needs_no_digest() -> None:
    shelf = make_category(name="Nature")
    learner_of(make_course(category=shelf), "2026-03-09 09:00")
    sent("2026-03-09 12:00")
    with at("2026-03-10 09:00"):
        tell_next(course_id=make_course(category=shelf).pk, after=None)
    sent("2026-03-10 09:01")
    Notification.objects.filter(kind="recommendation.new_course").mark_read()

    assert sent("2026-03-10 18:00") == []


def test_a_course_that_was_taken_back_is_told_of_to_nobody() -> None:
    shelf = make_category(name="Nature")
    learner_of(make_course(category=shelf), "2026-03-09 09:00")
    trees = make_course(category=shelf)
    type(trees).objects.filter(pk=trees.pk).update(status="draft")

    with at("2026-03-10 09:00"):
        assert tell_next(course_id=trees.pk, after=None) is None
    assert not Notification.objects.filter(kind="recommendation.new_course").exists()
