"""Loading the demo, and loading it again without harm."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from momentum.accounts.actions.accounts import ensure_user
from momentum.accounts.models import Role, User
from momentum.catalog.actions import import_course, publish_course
from momentum.catalog.models import Course
from momentum.demo.history import live
from momentum.demo.people import LEARNERS, ROBIN
from momentum.payments.actions import save_coupon
from momentum.payments.models import Coupon
from momentum.recommendation.actions.recommendations import choose_for_everybody

COURSES = Path(__file__).parent / "courses"
# The first course was published this long ago, the others a day after one another.
OPENED = timedelta(days=30)
COUPON = "WELCOME20"

type Credentials = Mapping[str, Mapping[str, str]]


def _silence(sentence: str) -> None:
    """Report nothing."""


def load(people: Credentials, *, report: Callable[[str], None] = _silence, time_zone: str = "UTC") -> None:
    """Add the courses, the people and their history; what is there already stays as it is.

    Args:
        people: `{"admin": {"email", "password"}, "learner": {...}}`: the accounts to sign in with. Theirs are
            the passwords afterwards, whether the accounts were there or not.
        report: told in a few words what is being done.
        time_zone: where the two who sign in live.
    """
    now = timezone.now()
    admin = _account(people["admin"], name="Demo Administrator", role=Role.ADMIN, time_zone=time_zone)
    courses = []
    for place, folder in enumerate(sorted(path for path in COURSES.iterdir() if path.is_dir())):
        report(f"Course {place + 1}: {folder.name}")
        courses.append(_course(admin, folder, now - OPENED + timedelta(days=place)))
    _coupon(admin)
    report("Learners and their history")
    live(
        _account(people["learner"], name=ROBIN.name, time_zone=time_zone),
        replace(ROBIN, time_zone=time_zone),
        courses,
        now,
        moderator=admin,
    )
    for person in LEARNERS:
        learner = ensure_user(email=person.email, name=person.name, time_zone=person.time_zone)
        live(learner, person, courses, now, moderator=admin)
    choose_for_everybody()


@transaction.atomic
def _course(admin: User, folder: Path, at: datetime) -> Course:
    if found := Course.objects.filter(slug=folder.name).first():
        return found
    course = import_course(actor=admin, source=folder)
    return publish_course(actor=admin, course=course, at=at)


def _coupon(admin: User) -> None:
    if not Coupon.objects.filter(code=COUPON).exists():
        save_coupon(actor=admin, code=COUPON, percent=20)


@transaction.atomic
def _account(person: Mapping[str, str], *, name: str, role: str = Role.FREE, time_zone: str = "UTC") -> User:
    before: User | None = User.objects.filter(email__iexact=person["email"]).first()
    if before is None:
        return ensure_user(
            email=person["email"], name=name, role=role, password=person["password"], time_zone=time_zone
        )
    # The file with the passwords may have been lost and made anew.
    if not before.check_password(person["password"]):
        before.set_password(person["password"])
        before.save(update_fields=["password"])
    return before
