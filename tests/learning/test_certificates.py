"""Certificates: issued once, kept as they were, checked by anybody, withdrawn by administrators."""

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from momentum.accounts.models import User
from momentum.catalog.models import Course
from momentum.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from momentum.events.models import Event
from momentum.learning.actions.certificates import (
    certify,
    name_certificate,
    pdf_of,
    reinstate_certificate,
    revoke_certificate,
)
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.models import Certificate, Enrolment
from momentum.learning.models.certificate import new_number
from momentum.ui.formats import date_words
from tests.factories import make_course, make_enrolment, make_user
from tests.pages import button, fields, link, main, soup, words

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)


@pytest.fixture
def certificate(learner: User) -> Certificate:
    """Lea's, for a course of two days, finished late on 10 March."""
    make_enrolment(learner, make_course(title="Tides", slug="tides", days=2), done=2, at=LATE)
    return Certificate.objects.get()


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    assert len(document) == 1
    return " ".join(document[0].get_textpage().get_text_range().split())


def _events() -> list[str]:
    found = Event.objects.filter(name__startswith="certificate.").order_by("pk")
    return list(found.values_list("name", flat=True))


# --- issuing ----------------------------------------------------------------------------------------


def test_the_last_lesson_issues_one_certificate(certificate: Certificate, learner: User) -> None:
    assert (certificate.learner_name, certificate.course_title, certificate.days) == (
        "Lea Learner",
        "Tides",
        2,
    )
    assert (certificate.finished_on, certificate.issued_at) == (date(2026, 3, 10), LATE)
    assert certificate.enrolment.user == learner
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{5}(-[0-9a-hjkmnp-tv-z]{5}){3}", certificate.number)
    assert _events() == ["certificate.issued"]


def test_an_unfinished_course_issues_none(learner: User) -> None:
    make_enrolment(learner, make_course(days=2), done=1)

    assert not Certificate.objects.exists()


def test_the_day_is_the_learners_own() -> None:
    east = make_user(name="Eva", time_zone="Asia/Tokyo")
    west = make_user(name="Wes", time_zone="America/Los_Angeles")
    course = make_course(days=1)
    for user in (east, west):
        make_enrolment(user, course, done=1, at=datetime(2026, 3, 10, 2, 0, tzinfo=UTC))

    days = dict(Certificate.objects.values_list("learner_name", "finished_on"))

    assert days == {"Eva": date(2026, 3, 10), "Wes": date(2026, 3, 9)}


def test_the_same_event_again_issues_nothing(certificate: Certificate) -> None:
    certify(Event.objects.get(name="course.completed"))

    assert Certificate.objects.get().number == certificate.number
    assert _events() == ["certificate.issued"]


def test_the_database_holds_one_a_place_and_a_reason_for_each_withdrawal(certificate: Certificate) -> None:
    same = {
        "enrolment": certificate.enrolment, "course_title": "Tides", "days": 2, "finished_on": LATE.date(),
        "issued_at": LATE,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(**same)
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.update(status="revoked", reason="")


def test_names_and_titles_stay_what_they_were(certificate: Certificate, learner: User) -> None:
    User.objects.filter(pk=learner.pk).update(name="Lea Married")
    Course.objects.filter(slug="tides").update(title="Tides, second edition", duration_days=9)

    kept = Certificate.objects.get()

    assert (kept.learner_name, kept.course_title, kept.days) == ("Lea Learner", "Tides", 2)


def test_numbers_are_random_and_forgive_how_they_are_typed(certificate: Certificate) -> None:
    assert len({new_number() for _count in range(1000)}) == 1000
    Certificate.objects.update(number="01abc-10def-23456-789gh")

    for typed in ("01ABC-10DEF-23456-789GH", "oiabc lodef 23456 789gh", "01abc10def23456789gh"):
        assert Certificate.objects.numbered(typed).count() == 1
    for typed in ("01abc-10def-23456-789g", "", "-", "01abc-10def-23456-789gh0"):
        assert not Certificate.objects.numbered(typed).exists()


@pytest.mark.django_db(transaction=True)
def test_many_who_finish_the_last_lesson_at_once_get_one_certificate() -> None:
    user, course = make_user(name="Lea"), make_course(days=1)
    make_enrolment(user, course)
    lesson = course.lessons.select_related("course__category").get()

    def finish(_number: int) -> None:
        try:
            complete_lesson(user=user, lesson=lesson)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(finish, range(6)))

    assert Certificate.objects.count() == 1
    assert _events() == ["certificate.issued"]


# --- the paper --------------------------------------------------------------------------------------


def test_the_paper_says_who_what_when_and_where_to_check(
    client: Any, settings: Any, certificate: Certificate
) -> None:
    settings.BASE_URL = "https://learn.example"

    answer = client.get(f"/certificates/{certificate.number}/certificate.pdf")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == f'inline; filename="certificate-{certificate.number}.pdf"'
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "no-cache" in answer.headers["Cache-Control"]
    said = _text(answer.content)
    for words_on_it in (
        "Certificate of completion", "This certifies that Lea Learner has completed all 2 lessons of Tides",
        "Completed on 10 March 2026.", f"learn.example/certificates/{certificate.number}/",
    ):  # fmt: skip
        assert words_on_it in said
    again = client.get(
        f"/certificates/{certificate.number}/certificate.pdf",
        headers={"If-None-Match": answer.headers["ETag"]},
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    "name", ["Łukasz Świątek", "Ольга Иванова", "Ελένη", "O’Brien & Sons <b>#let x</b> \\ $x$"]
)
def test_any_name_and_title_can_be_set(certificate: Certificate, name: str) -> None:
    certificate.learner_name, certificate.course_title = name, 'Tides & "#panic()" * _x_ @y'

    said = _text(pdf_of(certificate))

    assert name in said
    assert 'Tides & "#panic()" * _x_ @y' in said


def test_the_longest_name_and_title_fit_on_one_page(certificate: Certificate) -> None:
    certificate.learner_name, certificate.course_title = "Wolfeschlegel " * 8, "How to read the sea " * 8
    certificate.days = 60

    said = _text(pdf_of(certificate))

    assert said.count("Wolfeschlegel") == 8
    assert said.count("How to read the sea") == 8
    assert "Completed on 10 March 2026." in said


def test_one_lesson_a_day_is_claimed_only_of_who_did_so(learner: User, other_learner: User) -> None:
    course = make_course(days=2)
    for user, second in ((learner, LATE + timedelta(days=1)), (other_learner, LATE + timedelta(minutes=9))):
        place = make_enrolment(user, course)
        complete_lesson(user=user, lesson=course.lessons.get(day=1), at=LATE)
        complete_lesson(user=user, lesson=course.lessons.get(day=2), at=second)
        place.refresh_from_db()

    said = {one.enrolment.user: _text(pdf_of(one)) for one in Certificate.objects.all()}

    assert "One lesson a day. Completed on 11 March 2026." in said[learner]
    assert "Completed on 10 March 2026." in said[other_learner]
    assert "One lesson a day" not in said[other_learner]


# --- checking ---------------------------------------------------------------------------------------


def test_anybody_can_check_a_certificate(client: Any, certificate: Certificate) -> None:
    answer = client.get(f"/certificates/{certificate.number.upper()}/")

    assert answer.status_code == 200
    assert "Valid Lea Learner has completed all 2 lessons of Tides." in words(answer)
    assert "10 March 2026" in words(answer)
    assert link(answer, "About this course") == "/courses/tides/"
    assert soup(answer).select_one("meta[name=robots]")["content"] == "noindex"  # type: ignore[index]
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "lea@example.com" not in answer.text
    assert not answer.cookies


@pytest.mark.parametrize("number", ["7h3kz-2mq9x-4t8wv-b6n1c", "x", "9" * 300, "<script>"])
def test_a_number_of_nobody_is_no_certificate(client: Any, certificate: Certificate, number: str) -> None:
    answer = client.get(f"/certificates/{number}/")

    assert answer.status_code == 404
    assert "Certificate not found" in words(answer)
    assert client.get(f"/certificates/{number}/certificate.pdf").status_code == 404


def test_the_internal_id_opens_nothing(client: Any, certificate: Certificate) -> None:
    assert client.get(f"/certificates/{certificate.id}/").status_code == 404
    assert client.get(f"/certificates/{certificate.enrolment_id}/").status_code == 404


def test_a_learner_finds_the_certificate_on_the_course_page(
    as_learner: Any, as_other_learner: Any, certificate: Certificate
) -> None:
    assert (
        link(as_learner.get("/courses/tides/"), "Your certificate") == f"/certificates/{certificate.number}/"
    )
    assert certificate.number not in as_other_learner.get("/courses/tides/").text


# --- a learner without a name -----------------------------------------------------------------------


def test_who_gave_no_name_gives_it_once(client: Any, certificate: Certificate, as_learner: Any) -> None:
    Certificate.objects.update(learner_name="")
    address = f"/certificates/{certificate.number}/"
    assert client.get(f"{address}certificate.pdf").status_code == 409
    assert main(client.get(address)).select("form") == []
    page = as_learner.get(address)
    assert "Add your name" in words(page)
    form = button(page, "Add to certificate")

    assert as_learner.post(str(form["action"]), {"name": " "}).status_code == 422
    named = as_learner.post(str(form["action"]), {"name": "  Lea   of the Sea "}, follow=True)

    assert words(main(named).find("h1")) == "Lea of the Sea"
    assert as_learner.post(str(form["action"]), {"name": "Somebody Else"}).status_code == 409
    assert Certificate.objects.get().learner_name == "Lea of the Sea"
    assert _events() == ["certificate.issued", "certificate.named"]


def test_an_account_without_a_name_gets_no_piece_of_its_address_on_paper() -> None:
    make_enrolment(make_user(email="secret.person@example.com", name=""), make_course(days=1), done=1)

    assert Certificate.objects.get().learner_name == ""


def test_nobody_names_somebody_elses_certificate(certificate: Certificate, other_learner: User) -> None:
    Certificate.objects.update(learner_name="")

    with pytest.raises(NotFoundError):
        name_certificate(user=other_learner, certificate=certificate, name="Otto")

    assert Certificate.objects.get().learner_name == ""


# --- withdrawing ------------------------------------------------------------------------------------


def test_an_administrator_withdraws_a_certificate_and_lets_it_count_again(
    client: Any, as_admin: Any, certificate: Certificate
) -> None:
    address = f"/certificates/{certificate.number}/"
    panel = as_admin.get("/panel/certificates/?q=lea")
    form = button(panel, "Revoke certificate")

    as_admin.post(
        str(form["action"]), fields(form, "Revoke certificate") | {"reason": "Done by somebody else."}
    )

    shown = client.get(address)
    assert shown.status_code == 200
    assert "Revoked This certificate is no longer valid" in words(shown)
    assert f"It was revoked on {date_words(timezone.now())}: Done by somebody else." in words(shown)
    assert "Lea Learner" not in words(shown)
    as_learner = Client()
    as_learner.force_login(certificate.enrolment.user)
    assert "Your certificate" not in words(as_learner.get("/courses/tides/"))
    refused = client.get(f"{address}certificate.pdf")
    assert (refused.status_code, refused.headers["Content-Type"]) == (403, "text/html; charset=utf-8")

    form = button(as_admin.get("/panel/certificates/?status=revoked"), "Reinstate")
    as_admin.post(str(form["action"]), fields(form, "Reinstate") | {"reason": "It was her after all."})

    assert "Valid Lea Learner" in words(client.get(address))
    assert "Your certificate" in words(as_learner.get("/courses/tides/"))
    assert client.get(f"{address}certificate.pdf").status_code == 200
    assert _events() == ["certificate.issued", "certificate.revoked", "certificate.reinstated"]


def test_a_withdrawal_needs_a_reason_and_an_administrator(
    admin: User, learner: User, certificate: Certificate
) -> None:
    before = Certificate.objects.values().get()
    deciding: tuple[Callable[..., Any], ...] = (revoke_certificate, reinstate_certificate)
    for decide in deciding:
        with pytest.raises(ForbiddenError):
            decide(actor=learner, certificate=certificate, reason="Mine.")
        for reason in ("", " ", "x" * 301):
            with pytest.raises(InvalidError):
                decide(actor=admin, certificate=certificate, reason=reason)

    assert Certificate.objects.values().get() == before
    assert _events() == ["certificate.issued"]
    with pytest.raises(ConflictError):
        name_certificate(user=learner, certificate=certificate, name="New Name")


def test_the_panel_finds_certificates_by_number_name_address_and_course(
    as_admin: Any, certificate: Certificate, django_assert_num_queries: Any
) -> None:
    make_enrolment(make_user(name="Otto"), make_course(title="Waves", days=1), done=1)

    def found(text: str) -> list[str]:
        page = as_admin.get("/panel/certificates/", {"q": text})
        return [words(a) for a in main(page).select("tbody th a")]

    assert found("") == ["Otto", "Lea Learner"]
    for text in (certificate.number, certificate.number[:8].upper(), "learner", "lea@example.com", "tide"):
        assert found(text) == ["Lea Learner"]
    assert found("nobody") == []
    with django_assert_num_queries(4):  # one of them notes that somebody looked
        as_admin.get("/panel/certificates/")


def test_checking_costs_one_query(
    client: Any, certificate: Certificate, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        client.get(f"/certificates/{certificate.number}/")


def test_a_deleted_account_takes_its_certificates_with_it(certificate: Certificate, learner: User) -> None:
    learner.delete()

    assert not Certificate.objects.exists()
    assert not Enrolment.objects.exists()
