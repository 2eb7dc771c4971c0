"""The email that a course ends with."""

from typing import Any

from django.db import connection

from momentum.engagement.actions.congratulations import congratulate
from momentum.mail.models import Email
from momentum.notifications.models import Notification
from tests.factories import make_enrolment
from tests.mailing import mailbox


def test_a_finished_course_is_told_once_with_the_certificate_whatever_the_hour(
    learner: Any, tides: Any
) -> None:
    place = make_enrolment(learner, tides, done=3)
    for _again in range(2):
        congratulate(learner_id=learner.pk)

    (said,) = [one for one in mailbox if "finished" in one.subject]
    number = place.certificate.number
    assert f"/{number}" in said.body
    told = Notification.objects.get(kind="engagement.course_completed")
    assert (told.in_inbox, told.cause) == (True, str(place.certificate.pk))
    assert number in told.path
    assert Email.objects.filter(kind="engagement.course_completed").count() == 1


def test_finishing_asks_the_worker_to_congratulate(learner: Any, tides: Any) -> None:
    make_enrolment(learner, tides, done=3)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from dbos.workflow_status where name = 'engagement.congratulate'")
        assert cursor.fetchone()[0] == 1


def test_a_certificate_that_was_revoked_meanwhile_is_not_congratulated_on(learner: Any, tides: Any) -> None:
    place = make_enrolment(learner, tides, done=3)
    type(place.certificate).objects.update(status="revoked", reason="A mistake.")

    congratulate(learner_id=learner.pk)

    assert not Notification.objects.filter(kind="engagement.course_completed").exists()
