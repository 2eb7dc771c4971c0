"""The session engine, through HTTP."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from momentum.accounts.models import Session
from momentum.accounts.models.session_store import SessionStore, hash_key

PAGE = "/account/logout/"


def key_of(client: Client) -> str:
    return client.cookies["momentum_session"].value


def test_an_anonymous_page_costs_no_query_and_sets_no_cookie(
    client: Any, db: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/account/inactive/")

    assert response.status_code == 200
    assert response.cookies == {}


def test_a_signed_in_page_costs_one_query_for_session_and_user(
    as_learner: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        response = as_learner.get(PAGE)

    assert "lea@example.com" in response.text


def test_the_table_holds_a_hash_and_never_the_key(as_learner: Any, learner: Any) -> None:
    key = key_of(as_learner)

    row = Session.objects.get()

    assert row.key_hash == hash_key(key)
    assert row.user == learner
    assert key not in "".join(str(value) for value in Session.objects.values_list().get())


def test_the_hash_is_no_key(as_learner: Any, client: Any) -> None:
    client.cookies["momentum_session"] = hash_key(key_of(as_learner))

    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize("key", ["", "x", "no-such-session-key-at-all-0123456789", "a" * 5000])
def test_an_unknown_key_is_an_anonymous_visitor(client: Any, db: None, key: Any) -> None:
    client.cookies["momentum_session"] = key

    assert client.get("/profile/").status_code == 302
    assert Session.objects.count() == 0


def test_a_suspended_person_is_out_at_the_next_request(as_learner: Any, learner: Any) -> None:
    assert as_learner.get("/profile/").status_code == 200

    type(learner).objects.filter(pk=learner.pk).update(is_active=False)

    assert as_learner.get("/profile/").headers["Location"].startswith("/account/login/")


def test_a_removed_person_is_out_and_takes_the_session_along(as_learner: Any, learner: Any) -> None:
    learner.delete()

    assert as_learner.get("/profile/").status_code == 302
    assert Session.objects.count() == 0


def test_a_password_changed_elsewhere_ends_the_session(as_learner: Any, learner: Any) -> None:
    learner.set_password("Something-else-9")
    learner.save()

    assert as_learner.get("/profile/").status_code == 302
    assert Session.objects.count() == 0


def test_a_rotated_secret_keeps_people_signed_in(as_learner: Any, settings: Any) -> None:
    old = settings.SECRET_KEY
    settings.SECRET_KEY_FALLBACKS = [old]
    settings.SECRET_KEY = "another secret that is long enough for this"

    assert as_learner.get("/profile/").status_code == 200


def test_a_session_that_somebody_wrote_into_is_nobodys(as_learner: Any) -> None:
    assert as_learner.get("/profile/").status_code == 200
    row = Session.objects.get()
    signed, _, signature = row.data.rpartition(":")

    row.data = f"{signed}:{signature[::-1]}"
    row.save()

    assert as_learner.get("/profile/").status_code == 302


def test_a_secret_that_no_longer_counts_ends_sessions(as_learner: Any, settings: Any) -> None:
    assert as_learner.get("/profile/").status_code == 200

    settings.SECRET_KEY = "another secret that is long enough for this"

    assert as_learner.get("/profile/").status_code == 302


def test_signing_in_gives_the_browser_another_key(client: Any, learner: Any, sign_in: Any) -> None:
    planted = SessionStore()
    planted["planted"] = True
    planted.create()
    client.cookies["momentum_session"] = planted.session_key

    sign_in(client, learner.email)

    assert key_of(client) != planted.session_key
    assert not Session.objects.filter(key_hash=hash_key(planted.session_key)).exists()
    stranger = Client()
    stranger.cookies["momentum_session"] = planted.session_key
    assert stranger.get("/profile/").status_code == 302


def test_signing_out_removes_the_session(as_learner: Any) -> None:
    key = key_of(as_learner)

    as_learner.post("/account/logout/")

    assert not Session.objects.filter(key_hash=hash_key(key)).exists()


def test_an_expired_session_is_nobody(as_learner: Any) -> None:
    Session.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert as_learner.get("/profile/").status_code == 302


def test_clearing_removes_expired_sessions_only(as_learner: Any, as_other_learner: Any) -> None:
    Session.objects.filter(key_hash=hash_key(key_of(as_learner))).update(
        expires_at=timezone.now() - timedelta(days=1)
    )

    call_command("clearsessions")

    assert [row.key_hash for row in Session.objects.all()] == [hash_key(key_of(as_other_learner))]


def test_a_visit_after_an_hour_is_noted_and_prolongs_the_session(
    as_learner: Any, django_assert_num_queries: Any
) -> None:
    hours_ago = timezone.now() - timedelta(hours=2)
    Session.objects.update(last_seen_at=hours_ago, expires_at=timezone.now() + timedelta(days=1))

    as_learner.get(PAGE, headers={"User-Agent": "Firefox/200"})

    row = Session.objects.get()
    assert row.last_seen_at > hours_ago + timedelta(hours=1)
    assert row.expires_at > timezone.now() + timedelta(days=29)
    assert row.user_agent == "Firefox/200"
    with django_assert_num_queries(1):
        as_learner.get(PAGE)


def test_a_session_removed_meanwhile_is_not_written_again(as_learner: Any) -> None:
    store: Any = SessionStore(key_of(as_learner))
    store.load()
    Session.objects.all().delete()

    from django.contrib.sessions.backends.base import UpdateError

    with pytest.raises(UpdateError):
        store.save()

    assert Session.objects.count() == 0


def test_a_strange_value_survives_the_table(db: None) -> None:
    store = SessionStore()
    store["odd"] = "a \x00 and “quotes”"
    store.create()

    assert SessionStore(store.session_key)["odd"] == "a \x00 and “quotes”"
