"""Being forgotten: asked for, taken back, done; and what is left."""

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core import signing
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core import durable
from momentum.core.errors import ConflictError
from momentum.events.models import AuditEntry, Event
from momentum.learning.models import Enrolment, Review
from momentum.mail.actions import delivery, outbox
from momentum.mail.models import Email
from momentum.notifications.actions.notify import notify
from momentum.payments.actions import order_course
from momentum.payments.actions.webhook_events import accept_event, handle_event
from momentum.payments.models import Customer, WebhookEvent
from momentum.privacy import notifications
from momentum.privacy.actions import requests, retention
from momentum.privacy.actions.deletion import begin_deletion, remove_files, remove_rows, say_goodbye
from momentum.privacy.models import Deletion
from momentum.providers.payments.parsing import event_in
from momentum.providers.payments.sandbox.models import Delivery, StripeObject
from tests.factories import make_course, make_enrolment, make_user
from tests.mailing import mailbox
from tests.pages import button, words
from tests.payments.till import buy, deliver, make_paid_course, subscribe
from tests.privacy.traces import CANARY, leave_traces

PAGE = "/account/data/"
ASK = "/account/data/deletion/"
PASSWORD = {"password": "Correct-horse-7"}


def _everything(*, but: tuple[str, ...] = ()) -> str:
    """Return every row of every table, in words."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall() if name not in but]
        found = []
        for name in tables:
            cursor.execute(f'select t::text from "{name}" t')  # noqa: S608 - names from the catalogue
            found += [row for (row,) in cursor.fetchall()]
    return "\n".join(found)


def _delete(user: User) -> None:
    deletion = requests.ask_deletion(user=user, password="Correct-horse-7")
    Deletion.objects.filter(pk=deletion.pk).update(due_at=timezone.now())
    assert begin_deletion(deletion_id=deletion.id)
    remove_files(user_id=user.id)
    remove_rows(user_id=user.id)


def test_the_password_asks_for_it_and_a_week_is_left(as_learner: Any, learner: Any) -> None:
    page = as_learner.get(PAGE)
    assert button(page, "Delete account")["action"] == ASK

    as_learner.post(ASK, PASSWORD)
    as_learner.post(ASK, PASSWORD)

    deletion = Deletion.objects.get()
    assert timedelta(days=6, hours=23) < deletion.due_at - timezone.now() <= timedelta(days=7)
    assert durable.status(f"privacy.delete_account/{deletion.id}") == "DELAYED"
    assert "Your account will be deleted on" in words(as_learner.get(PAGE))
    assert as_learner.get("/profile/").status_code == 200


@pytest.mark.parametrize("password", ["", "wrong", "correct-horse-7"])
def test_without_the_password_nothing_happens(as_learner: Any, password: Any) -> None:
    page = as_learner.post(ASK, {"password": password})

    assert page.status_code == 422
    assert not Deletion.objects.exists()


def test_a_mind_is_changed_in_time(as_learner: Any, learner: Any) -> None:
    as_learner.post(ASK, PASSWORD)
    deletion = Deletion.objects.get()

    as_learner.post(ASK, {"state": "kept"})
    Deletion.objects.filter(pk=deletion.pk).update(due_at=timezone.now())

    assert durable.status(f"privacy.delete_account/{deletion.id}") == "CANCELLED"
    assert not begin_deletion(deletion_id=deletion.id)
    assert User.objects.filter(pk=learner.pk, is_active=True).exists()
    as_learner.post(ASK, PASSWORD)
    assert Deletion.objects.open().get() != deletion


def test_it_does_not_begin_before_its_time_nor_stop_after(as_learner: Any, learner: Any) -> None:
    deletion = requests.ask_deletion(user=learner, password="Correct-horse-7")
    assert not begin_deletion(deletion_id=deletion.id)
    Deletion.objects.update(due_at=timezone.now())

    assert begin_deletion(deletion_id=deletion.id)
    assert begin_deletion(deletion_id=deletion.id)

    with pytest.raises(ConflictError):
        requests.withdraw_deletion(user=learner)
    assert as_learner.get("/profile/").status_code == 302
    assert Event.objects.filter(name="user.deletion_begun").count() == 1


def test_the_last_administrator_stays(as_admin: Any, admin: Any) -> None:
    assert as_admin.post(ASK, PASSWORD).status_code == 422
    assert not Deletion.objects.exists()

    make_user(role="admin")
    assert as_admin.post(ASK, PASSWORD).status_code == 302


def test_who_is_the_last_administrator_by_then_stays_too(admin: Any) -> None:
    other = make_user(role="admin")
    deletion = requests.ask_deletion(user=admin, password="Correct-horse-7")
    Deletion.objects.update(due_at=timezone.now())
    User.objects.filter(pk=other.pk).update(role="free")

    assert not begin_deletion(deletion_id=deletion.id)

    admin.refresh_from_db()
    assert admin.is_admin
    assert not Deletion.objects.open().exists()


def test_nothing_that_leads_to_the_person_is_left(lea: Any) -> None:
    user_id, picture = lea.id, lea.avatar
    before = _everything()
    assert before.count(CANARY) > 5
    assert str(user_id) in before
    events = Event.objects.filter(actor_id=user_id).count()

    _delete(lea)

    after = _everything()
    assert CANARY not in after
    assert str(user_id) not in after
    assert not default_storage.exists(f"avatars/{picture}-96.webp")
    # The figures stay: what happened, by somebody whom nobody knows.
    (nobody,) = set(Event.objects.filter(name="lesson.completed").values_list("actor_id", flat=True))
    assert Event.objects.filter(actor_id=nobody).count() >= events


def test_others_keep_what_is_theirs_and_the_counts_are_exact(lea: Any) -> None:
    otto = leave_traces("dimetrodon")
    shared = make_course()
    for user in (lea, otto):
        make_enrolment(user, shared)
    reviews = Review.objects.filter(user=otto).count()

    _delete(lea)

    assert Enrolment.objects.filter(user=otto).count() == 3
    assert Review.objects.filter(user=otto).count() == reviews
    for course in Course.objects.all():
        assert course.enrolment_count == Enrolment.objects.current().filter(course=course).count()
        published = Review.objects.published().filter(course=course)
        assert course.rating_count == published.count()


def test_doing_it_twice_does_it_once(lea: Any) -> None:
    _delete(lea)
    gone = Event.objects.filter(name="user.deleted").count()

    remove_files(user_id=lea.id)
    remove_rows(user_id=lea.id)

    assert Event.objects.filter(name="user.deleted").count() == gone == 1


def test_the_audit_log_keeps_an_id_that_is_nobodys(as_admin: Any, lea: Any) -> None:
    as_admin.get(f"/panel/users/{lea.id}/")
    user_id = lea.id

    _delete(lea)

    assert AuditEntry.objects.filter(subject_id=user_id).count() == 1
    assert str(user_id) not in _everything(but=("events_auditentry",))
    assert CANARY not in _everything()


def test_an_administrator_who_goes_leaves_the_courses(admin: Any) -> None:
    boss = make_user(role="admin")
    course = make_course()
    Course.objects.filter(pk=course.pk).update(reviewed_by=boss)

    _delete(boss)

    assert Course.objects.get(pk=course.pk).reviewed_by is None


def test_who_has_no_password_confirms_by_mail(client: Any, settings: Any, db: None) -> None:
    settings.BASE_URL = "http://testserver"
    user = make_user(password=make_password(None))
    client.force_login(user)

    client.post(ASK)
    assert not Deletion.objects.exists()
    (sent,) = mailbox
    address = sent.body.split("http://testserver")[1].split()[0]

    assert client.get(address).status_code == 200
    assert not Deletion.objects.exists()
    assert client.post(address).headers["Location"] == PAGE
    assert Deletion.objects.get().user == user


def test_a_link_is_good_for_its_owner_alone(as_learner: Any, other_learner: Any) -> None:
    for token in (requests.deletion_token(other_learner), "nonsense", signing.dumps(str(uuid.uuid4()))):
        assert as_learner.post(f"{ASK}{token}/").status_code == 403
    assert not Deletion.objects.exists()


def test_nobody_who_looks_as_a_learner_gets_or_deletes_their_data(as_admin: Any, learner: Any) -> None:
    as_admin.post(f"/panel/users/{learner.id}/impersonation/")

    assert as_admin.get(PAGE).status_code == 403
    assert as_admin.post(ASK, PASSWORD).status_code == 403
    assert as_admin.post("/account/data/export/").status_code == 403
    assert not Deletion.objects.exists()


def test_the_letters_say_when_and_how_to_keep_it(learner: Any) -> None:
    deletion = requests.ask_deletion(user=learner, password="Correct-horse-7")

    say_goodbye(user_id=learner.id, deletion_id=deletion.id)
    say_goodbye(user_id=learner.id, deletion_id=deletion.id)

    assert [message.subject for message in mailbox] == [
        "Your account will be deleted", "Your account has been deleted"
    ]  # fmt: skip
    assert PAGE in mailbox[0].body


def test_mails_to_the_address_go_too_but_for_the_goodbye_which_forgets_it(client: Any, learner: Any) -> None:
    email = learner.email
    client.post("/account/password/reset/", {"email": email})
    Email.objects.update(user=None)  # as of one that came before the account did
    say_goodbye(user_id=learner.id, deletion_id=uuid.uuid4())

    remove_rows(user_id=learner.id)

    assert Email.objects.get().kind == "privacy.account_deleted"
    assert [message.to for message in mailbox] == [[email]]
    assert Email.objects.get().address == ""
    assert not Email.objects.filter(text__contains=learner.name).exists()


@pytest.fixture
def on_disk(settings: Any) -> Path:
    """Where mails are kept that no server takes."""
    folder: Path = settings.MAIL_DIRECTORY
    settings.MAILERS = {"default": {"BACKEND": settings.MAIL_AS_FILES, "OPTIONS": {"file_path": str(folder)}}}
    return folder


def test_mails_on_disk_go_at_once_and_the_goodbye_in_the_night(
    learner: Any, admin: Any, on_disk: Path
) -> None:
    for user in (learner, admin):
        compose_and_send(lambda user=user: tell_of_deletion(user))
    goodbye = compose_and_send(lambda: say_goodbye(user_id=learner.id, deletion_id=uuid.uuid4()))
    theirs = set(Email.objects.filter(user=admin).values_list("id", flat=True))

    remove_files(user_id=learner.id)
    remove_rows(user_id=learner.id)

    assert {path.stem for path in on_disk.glob("*.eml")} == {str(pk) for pk in {*theirs, *goodbye}}
    outbox.forget()
    assert {path.stem for path in on_disk.glob("*.eml")} == {str(pk) for pk in theirs}


def test_the_mail_on_disk_of_an_account_that_nobody_confirmed_goes_with_it(db: None, on_disk: Path) -> None:
    gone = make_user(verified=False, date_joined=timezone.now() - timedelta(days=31))
    compose_and_send(lambda: tell_of_deletion(gone))
    assert len(list(on_disk.glob("*.eml"))) == 1

    retention.forget_abandoned()

    assert list(on_disk.glob("*.eml")) == []


def tell_of_deletion(user: Any) -> None:
    deletion = Deletion.objects.create(user=user, due_at=timezone.now())
    about = {"name": user.display_name, "due": deletion.due_at}
    notify(notifications.DELETION_ASKED, user=user, about=about, cause=deletion.id)


def compose_and_send(write: Callable[[], None]) -> set[uuid.UUID]:
    """Have a mail written and sent; return its id."""
    before = set(Email.objects.values_list("id", flat=True))
    write()
    written = set(Email.objects.values_list("id", flat=True)) - before
    for pk in written:
        delivery.deliver(str(pk))
    return written


def test_what_the_provider_told_of_somebody_goes_at_once(learner: Any, other_learner: Any) -> None:
    for user in (learner, other_learner):
        buy(user, make_paid_course())
        subscribe(user)
    waiting = WebhookEvent.objects.filter(payload__icontains=learner.email).first()
    assert waiting is not None
    WebhookEvent.objects.filter(pk=waiting.pk).update(outcome="waiting")
    theirs = WebhookEvent.objects.filter(payload__icontains=other_learner.email).count()

    remove_rows(user_id=learner.id)

    told = [json.dumps(payload) for payload in WebhookEvent.objects.values_list("payload", flat=True)]
    assert not [one for one in told if learner.email in one]
    assert len([one for one in told if other_learner.email in one]) == theirs > 0
    # What wasn't handled yet still can be.
    waiting.refresh_from_db()
    assert waiting.payload["data"]["object"]["id"] in waiting.about
    assert handle_event(str(waiting.pk)) == "done"


def test_what_the_provider_tells_after_they_are_gone_names_nobody(learner: Any, other_learner: Any) -> None:
    order = buy(learner, make_paid_course())
    subscribe(learner)
    customer = Customer.objects.get(user=learner).ref
    remove_rows(user_id=learner.id)
    late = [
        (
            "checkout.session.completed",
            {"id": order.session_id, "customer_details": {"email": learner.email}},
        ),
        ("customer.updated", {"id": customer, "email": learner.email, "name": "Lea Learner"}),
        ("charge.updated", {"id": "ch_1", "customer": customer, "billing_details": {"email": learner.email}}),
        ("payment_intent.created", {"id": "pi_unheard_of", "receipt_email": learner.email}),
    ]

    for number, (kind, about) in enumerate(late):
        _tell(number, kind, about)
    others = {"order_id": str(buy(other_learner, make_paid_course()).id)}
    _tell(9, "customer.updated", {"id": "cus_x", "metadata": others, "email": other_learner.email})

    told = {
        event.ref: event.payload
        for event in WebhookEvent.objects.filter(ref__startswith="evt_late_").order_by("ref")
    }
    assert not [one for one in told.values() if learner.email in json.dumps(one) or "Lea" in json.dumps(one)]
    assert [one["data"]["object"]["id"] for one in told.values()] == [
        about["id"] for _kind, about in late
    ] + ["cus_x"]
    assert told["evt_late_9"]["data"]["object"]["email"] == other_learner.email
    # What it is about can be followed all the same.
    first = WebhookEvent.objects.get(ref="evt_late_0")
    assert handle_event(str(first.pk)) == "done"


def _tell(number: int, kind: str, about: Any) -> None:
    body = {
        "id": f"evt_late_{number}", "object": "event", "type": kind, "created": 1767225600, "livemode": False,
        "data": {"object": about},
    }  # fmt: skip
    said = json.dumps(body).encode()
    accept_event(event=event_in(said))


def test_the_sandbox_forgets_them_too(learner: Any, other_learner: Any) -> None:
    order_course(user=learner, course=make_paid_course())
    for user in (learner, other_learner):
        buy(user, make_paid_course())
        subscribe(user)
    before = _in_sandbox(other_learner.email)
    assert min(*_in_sandbox(learner.email), *before) > 0

    remove_rows(user_id=learner.id)
    deliver(times=2)

    assert _in_sandbox(learner.email) == [0, 0]
    assert _in_sandbox(other_learner.email) == before
    assert learner.email not in _everything()


def _in_sandbox(email: str) -> list[int]:
    return [
        StripeObject.objects.filter(data__icontains=email).count(),
        Delivery.objects.filter(payload__icontains=email).count(),
    ]


def test_accounts_that_nobody_confirmed_are_forgotten_after_a_month(db: None) -> None:
    old = timezone.now() - timedelta(days=31)
    gone = make_user(verified=False, date_joined=old)
    kept = [
        make_user(verified=False, date_joined=timezone.now() - timedelta(days=29)),
        make_user(date_joined=old),
        make_user(verified=False, date_joined=old, last_login=old),
        make_user(verified=False, date_joined=old, password=make_password(None)),
    ]

    assert retention.forget_abandoned() == 1

    assert set(User.objects.all()) == set(kept)
    assert not User.objects.filter(pk=gone.pk).exists()


def test_counters_that_are_over_are_forgotten(client: Any, db: None) -> None:
    client.post("/account/login/", {"login": "lea@example.com", "password": "wrong"})
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from core_cache")
        assert cursor.fetchone()[0] > 0
        retention.forget_limits()
        cursor.execute("update core_cache set expires = now() - interval '1 second'")

    assert retention.forget_limits() > 0
    assert "lea@example.com" not in _everything()
    assert Client().get("/privacy/").status_code == 200


def test_what_the_payment_provider_told_is_forgotten_once_settled(db: None) -> None:
    told = {"data": {"object": {"customer_email": "lea@example.com"}}}
    old, now = timezone.now() - timedelta(days=91), timezone.now()
    for number, (outcome, at) in enumerate([("done", old), ("failed", old), ("done", now)]):
        event = WebhookEvent.objects.create(
            provider="stripe", ref=f"evt_{number}", type="invoice.paid", livemode=True, happened_at=at,
            payload=told, outcome=outcome,
        )  # fmt: skip
        WebhookEvent.objects.filter(pk=event.pk).update(created_at=at)

    assert (retention.forget_payloads(), retention.forget_payloads()) == (1, 0)
    assert [event.payload for event in WebhookEvent.objects.order_by("ref")] == [{}, told, told]
