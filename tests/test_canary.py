"""Nobody is shown a word of a lesson that isn't theirs to read, at any address, whatever they once had.

Every field of every lesson holds a word of its own (tests/canaries.py). Each visitor opens every route of the product
with every course, lesson and part put in, follows every link, sends every form and searches for every word; what comes
back is held against a table of who may read what, which is written here and doesn't ask the product's own rule.
"""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from _pytest.monkeypatch import MonkeyPatch
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import get_resolver, reverse

from momentum.accounts.actions.admin import suspend_user
from momentum.accounts.models import User
from momentum.catalog.models import ActionItem, Lesson, Question
from momentum.learning.actions.answers import answer
from momentum.learning.actions.completions import complete_lesson
from momentum.learning.actions.enrolments import enrol
from momentum.learning.actions.grants import grant_course, revoke_course
from momentum.learning.actions.progress import tick
from momentum.learning.models import Enrolment
from momentum.learning.permissions import can_open
from momentum.payments import actions as payments
from momentum.payments.models import Payment
from momentum.privacy.actions.export import write_export
from momentum.privacy.models import Export
from momentum.search.actions import rebuild
from tests.canaries import LOCKED, PACED, PREVIEW, WITHDRAWN, WORD, Aviary, Canary, beacon_for, fill_aviary
from tests.crawling import Crawl, Pool, addresses, named, read
from tests.factories import make_user
from tests.payments.till import buy, deliver, subscribe, work
from tests.world import LOCAL_MAIL, World

pytestmark = pytest.mark.thorough

# Whose place in courses of which access opens lessons, once all is over.
PLACES: dict[str, set[str]] = {
    "anonymous": set(),
    "elsewhere": set(),
    "free": {"free"},
    "premium": {"premium"},
    "lapsed": set(),
    "buyer": {"paid"},
    "refunded": set(),
    "ended": set(),
    "suspended": set(),
    "impersonator": set(),
    "admin": {"free", "premium", "paid"},
}
# In whose courses they have been at work, whatever became of it: their own data names the lessons.
TOOK = PLACES | {
    "lapsed": {"premium"},
    "refunded": {"paid"},
    "ended": {"free", "premium", "paid"},
    "free": set(),
}
# What they did in the lessons that they read names what it was done to, and stays theirs (see `_learn`).
ACTED_ON = {("action", PREVIEW), ("action", LOCKED), ("prompt", PREVIEW)}
# What everybody who may read a lesson sees of it without doing anything.
PLAIN = {"content", "key point", "action", "resource", "prompt", "choice", "film", "captions", "quote"}


def _may_read(actor: str, canary: Canary) -> bool:
    (access, state), day = canary.course, canary.day
    if actor == "admin":
        return True
    stands_there = state in {"published", *PACED}
    has_place = access in PLACES[actor]
    # Their place is kept for when they have premium again, and so is the page that says so.
    is_told = has_place or (actor == "lapsed" and access == "premium")
    # Who is in a course that was taken back is shown what it was, never what it may become.
    if day == WITHDRAWN or canary.name == "revision" or canary.name.endswith(" name"):
        return False
    if access in TOOK[actor] and _is_remembered(canary):
        return True  # what they did there is theirs to know
    if day == 0 or canary.is_face:
        return stands_there or is_told
    if day == PREVIEW:
        return stands_there or has_place
    return has_place and state not in PACED


def _is_remembered(canary: Canary) -> bool:
    """Say whether their own data names it to who was at work in its course (see `_learn`)."""
    state = canary.course[1]
    if canary.name == "title":
        return state not in PACED
    return (canary.name, canary.day) in ACTED_ON and state != "one a day"


@pytest.fixture(scope="module")
def aviary(shared: World, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    """All courses, and everybody after they came by what they have, and lost what they lost."""
    with django_db_blocker.unblock(), MonkeyPatch.context() as patch:
        patch.setattr(settings, "MAILERS", LOCAL_MAIL)
        made = fill_aviary()
        people = _people(made, shared)
        _lose(made, shared, people)
        made.close()
        rebuild()
        yield SimpleNamespace(made=made, people=people)


def _people(made: Aviary, shared: World) -> dict[str, User]:
    people = {name: make_user(name=name.title()) for name in PLACES if name not in {"anonymous", "admin"}}
    enrol(user=people["elsewhere"], course=shared.course)
    for name in ("premium", "lapsed"):
        subscribe(people[name])
    for (access, _state), course in made.courses.items():
        takers = {"free": ["free"], "premium": ["premium", "lapsed"], "paid": []}[access]
        for name in takers:
            enrol(user=people[name], course=course)
        for name in ("buyer", "refunded") if access == "paid" else ():
            buy(people[name], course)
        for name in ("ended", "suspended"):
            grant_course(actor=shared.people["admin"], user=people[name], course=course)
    for name in ("premium", "lapsed", "buyer", "refunded", "ended", "suspended"):
        _learn(people[name])
    return people


def _learn(user: User) -> None:
    """Do what leaves traces: read, tick and finish the first two lessons of every course they are in.

    In the first they answer a question too, wrongly: its other words stay the lesson's.
    """
    for enrolment in Enrolment.objects.filter(user=user).exclude(course__rhythm="one_a_day"):
        lessons = Lesson.objects.filter(course=enrolment.course_id, day__in=[PREVIEW, LOCKED]).order_by("day")
        for lesson in lessons.select_related("course__category"):
            assert can_open(user, lesson), f"{user.name} had {lesson}"
            tick(user=user, item=ActionItem.objects.filter(lesson=lesson)[0])
            if lesson.day == PREVIEW:
                asked = Question.objects.select_related("lesson__course__category").filter(lesson=lesson)[0]
                assert not answer(user=user, question=asked, given=["That"]).right
            complete_lesson(user=user, lesson=lesson)


def _lose(made: Aviary, shared: World, people: dict[str, User]) -> None:
    admin = shared.people["admin"]
    for name in ("refunded", "lapsed"):
        for payment in Payment.objects.filter(order__user=people[name]):
            payments.refund_payment(actor=admin, payment=payment, amount=payment.amount)
    work()
    deliver()
    for enrolment in Enrolment.objects.filter(user=people["ended"]):
        revoke_course(actor=admin, enrolment=enrolment)


@pytest.fixture
def pool(aviary: Any) -> Pool:
    """The parts of addresses that lead to what was planted."""
    courses = list(aviary.made.courses.values())
    lessons = aviary.made.lessons
    return {
        "slug": [course.slug for course in courses],
        "day": [PREVIEW, LOCKED, WITHDRAWN],
        "number": [1],
        "course_id": [course.id for course in courses],
        "lesson_id": [lesson.id for lesson in lessons],
        "item_id": list(
            ActionItem.objects.filter(lesson__in=lessons).exclude(note="").values_list("pk", flat=True)
        ),
        "question_id": list(Question.objects.filter(lesson__in=lessons).values_list("pk", flat=True)),
    }


def _browser(actor: str, aviary: Any, world: World) -> Client:
    client = Client(raise_request_exception=True)
    admin = world.people["admin"]
    if actor in {"admin", "impersonator"}:
        client.force_login(admin)
    elif actor != "anonymous":
        client.force_login(aviary.people[actor])
    if actor == "impersonator":
        elsewhere = reverse("panel:user-impersonation", args=[aviary.people["elsewhere"].id])
        assert client.post(elsewhere).status_code == 302
    if actor == "suspended":
        suspend_user(actor=admin, user=aviary.people[actor])
    return client


def _own_data(actor: str, aviary: Any, world: World) -> list[str]:
    """Have everything about them written down for them; return where it is fetched."""
    person = world.people["admin"] if actor == "admin" else aviary.people.get(actor)
    if person is None:
        return []
    export = Export.objects.create(user=person)
    write_export(user=person, name=export.file)
    export.finish()
    return [reverse("privacy:export-file", args=[export.id])]


def _searches(made: Aviary) -> list[str]:
    """Look for each word as it is, with a slip of the finger, as it begins, and for what stands beside it."""
    page, typing = reverse("catalog:catalogue"), reverse("search:suggestions")
    asked = [f"{page}?q={beacon_for(lesson)}" for lesson in made.lessons]
    for word, canary in made.canaries.items():
        if canary.name in {"content", "description"}:
            slip = word[:6] + ("x" if word[6] != "x" else "y") + word[7:]
            asked += [f"{page}?q={word}", f"{page}?q={slip}", f"{typing}?q={word[:6]}"]
    return asked


@pytest.mark.parametrize("actor", list(PLACES))
def test_no_word_of_a_lesson_reaches_who_may_not_read_it(
    aviary: Any, world: World, pool: Pool, actor: Any
) -> None:
    made: Aviary = aviary.made
    made.store()
    crawl, is_admin = Crawl(_browser(actor, aviary, world)), actor == "admin"

    crawl.follow([*addresses(world, pool, is_admin=is_admin), *_own_data(actor, aviary, world)])
    for address in _searches(made):
        crawl.open(address)
    crawl.post(world, pool, is_admin=is_admin)

    shown: dict[str, tuple[str, str]] = {}
    for address, kind, said in crawl.seen:
        for word in set(WORD.findall(said.lower())) - set(WORD.findall(address)):
            shown.setdefault(word, (address, kind))
    leaks = {
        (made.canaries[word], where)
        for word, where in shown.items()
        if not _may_read(actor, made.canaries[word])
    }
    assert leaks == set()
    # What they may read they have read: otherwise nothing was looked at.
    plain = {
        word for word, canary in made.canaries.items() if canary.name in PLAIN and _may_read(actor, canary)
    }
    assert {made.canaries[word] for word in plain - set(shown)} == set()
    if actor == "admin":
        # What a file is called in the storage is nobody's business.
        assert {made.canaries[word].name for word in set(made.canaries) - set(shown)} == {
            "film name",
            "captions name",
        }


def test_every_way_in_which_a_word_could_be_told_is_read(aviary: Any, world: World, pool: Pool) -> None:
    made: Aviary = aviary.made
    made.store()
    crawl = Crawl(_browser("admin", aviary, world))
    course, lesson = made.courses["paid", "draft"], made.courses["paid", "draft"].lessons.get(day=LOCKED)

    for name, part in (("panel:catalog:course-export", course.id), ("learning:captions", lesson.id)):
        crawl.open(reverse(name, args=[part]))
    crawl.open(reverse("learning:certificate-pdf", args=[world.certificate.number]))

    kinds = {kind for _address, kind, said in crawl.seen if WORD.search(said)}
    assert kinds == {"application/zip", "text/vtt"}
    assert world.certificate.course_title in crawl.seen[-1][2].replace("\r\n", " ").replace("\n", " ")
    assert read(b'{"said": "z\\u0071aaaaaaaaaaaaqz"}').count("zqaaaaaaaaaaaaqz") == 1


def test_a_new_route_with_a_lesson_in_its_address_is_opened_with_all_of_them(pool: Pool) -> None:
    crawled = named(pool)

    assert {"learning:lesson", "learning:video", "learning:captions", "panel:catalog:course-export"} <= set(
        crawled
    )
    # Whatever names a course or what belongs to one by its own name is in the pool. A certificate has a number, too.
    assert {parts[0] for parts in crawled.values()} - {"number"} == set(pool) - {"day", "number"}
    assert len(list(get_resolver().url_patterns)) > 0


def test_the_rule_says_the_same_as_the_table(aviary: Any, world: World) -> None:
    for actor in PLACES:
        person: Any = (
            AnonymousUser() if actor == "anonymous" else aviary.people.get(actor, world.people["admin"])
        )
        if actor in {"impersonator", "suspended"}:
            continue
        person = User.objects.get(pk=person.pk) if isinstance(person, User) else person
        for (access, state), course in aviary.made.courses.items():
            for lesson in Lesson.objects.filter(course=course).select_related("course__category"):
                expected = _may_read(actor, Canary((access, state), lesson.day, "content"))
                assert can_open(person, lesson) == expected, (actor, access, state, lesson.day)
