"""A learner's places in courses, and all that they did there: one statement."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from momentum.accounts.models import User
from momentum.catalog.models.prefetching import row_of
from momentum.core.compiled_queries import Slot, compiled
from momentum.core.json_rows import JSONRows
from momentum.learning.models import Certificate, Enrolment, LearningDay, Review
from momentum.learning.queries.learning_days import LearnedDay
from momentum.learning.queries.progress import History, history_of, progress_of


class Place(NamedTuple):
    """A place in a course; `certificate` says that it was finished, `reviewed` that its learner has reviewed it."""

    enrolment: Enrolment
    certificate: Certificate | None
    reviewed: bool


class Places(NamedTuple):
    """A learner's current places, the latest first, what they did in lessons, and the days on which they learned."""

    places: list[Place]
    history: History
    days: dict[date, LearnedDay]


def own_places(user: Slot) -> tuple[JSONRows, ...]:
    """Return the columns that `places_in` reads, for a statement that asks for more of the learner's own."""
    reviewed = Exists(Review.objects.filter(user=user, course=OuterRef("course")))
    places = _current(user).values(
        *_COLUMNS,
        number=F("certificate__number"), certificate_status=F("certificate__status"), reviewed=reviewed,
    )  # fmt: skip
    days = LearningDay.objects.filter(user=user).order_by().values("date", "seconds", "lessons")
    return JSONRows(places), JSONRows(progress_of(user)), JSONRows(days)


def places_in(places: list[Any], progress: list[Any], days: list[Any]) -> Places:
    """Return what the columns of `own_places` hold."""
    return Places(
        places=[_place(row) for row in places],
        history=history_of(progress),
        days={day.date: day for day in map(_day, days)},
    )


def active_places_of(user: User) -> Places:
    """Return those that aren't finished, and no days: one query."""
    places, progress = _active_places.first(user=user.pk) or ([], [])
    return Places([_place(row) for row in places], history_of(progress), {})


def active_places_of_all(users: Collection[User]) -> dict[UUID, Places]:
    """Return the same for several learners, by their ids: one query."""
    places = _active(OuterRef("pk"))
    progress = progress_of(OuterRef("pk"))
    of_users = User.objects.filter(pk__in=[user.pk for user in users])
    rows = of_users.values_list("pk", JSONRows(places), JSONRows(progress))
    return {pk: Places([_place(row) for row in found], history_of(done), {}) for pk, found, done in rows}


def _place(row: dict[str, Any]) -> Place:
    enrolment: Enrolment = row_of(Enrolment, row)
    certificate = None
    if row.get("number"):
        certificate = Certificate(number=row["number"], status=row["certificate_status"], enrolment=enrolment)
    return Place(enrolment, certificate, row.get("reviewed", False))


def _day(row: dict[str, Any]) -> LearnedDay:
    return LearnedDay(date.fromisoformat(row["date"]), row["seconds"], row["lessons"])


_COLUMNS = ("id", "user_id", "course_id", "status", "origin", "enrolled_at", "completed_at", "taken_at")


def _current(user: Slot | OuterRef) -> QuerySet[Enrolment]:
    return Enrolment.objects.current().filter(user=user).order_by("-enrolled_at")


def _active(user: Slot | OuterRef) -> "QuerySet[Enrolment, Any]":
    places: QuerySet[Enrolment, Any] = _current(user).filter(status=Enrolment.Status.ACTIVE).values(*_COLUMNS)
    return places


@compiled
def _active_places(user: Slot) -> "QuerySet[User, tuple[Any, ...]]":
    places = _active(user)
    of_user: QuerySet[User, Any] = User.objects.filter(pk=user)
    return of_user.values_list(JSONRows(places), JSONRows(progress_of(user)))
