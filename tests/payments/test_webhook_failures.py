"""Events that can’t be settled."""

import pytest

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.payments import actions
from momentum.payments.models import (
    WebhookEvent,
)
from momentum.providers.payments import PaymentError
from momentum.providers.payments.sandbox.models import Delivery
from tests.payments.refusals import refusing, silent
from tests.payments.till import (
    pay,
    post_event,
)

pytestmark = pytest.mark.django_db

ACTIONS = "momentum.payments.actions"


def test_an_event_that_is_refused_for_good_says_why_and_one_that_is_not_waits(
    learner: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    pay(actions.order_course(user=learner, course=course))
    for delivery in Delivery.objects.filter(type="checkout.session.completed"):
        post_event(delivery)
    event = WebhookEvent.objects.get()

    monkeypatch.setattr(f"{ACTIONS}.webhook_events._follow", silent)
    with pytest.raises(PaymentError):
        actions.handle_event(str(event.pk))
    event.refresh_from_db()
    assert (event.outcome, event.error) == ("waiting", "no answer in time")

    monkeypatch.setattr(f"{ACTIONS}.webhook_events._follow", refusing)
    assert actions.handle_event(str(event.pk)) == "failed"
    event.refresh_from_db()
    assert (event.outcome, event.error) == ("failed", "this account can't do that")
