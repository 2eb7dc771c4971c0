"""The page that a lesson cites, where its author allows that: for whoever may read the lesson, and nobody else."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from momentum.catalog import actions as catalog
from momentum.catalog.models import Course, Lesson, Source
from momentum.events.models import Event
from momentum.providers.documents import Reading
from momentum.providers.documents.limits import Limits
from momentum.providers.documents.reading import read
from momentum.studio.models import Job, Reference
from tests.factories import make_course, make_enrolment
from tests.pages import main, titles, words
from tests.providers.pdfs import handbook

type Cite = Callable[..., Course]
SLIDES = (
    b"# Tides\n\nThe moon pulls the water twice a day. Nobody can stop it.\n\n## Waves\n\nWind makes waves.\n"
)


@cache
def _read(name: str) -> tuple[bytes, Reading]:
    data = handbook() if name.endswith(".pdf") else SLIDES
    return data, read(data, name=name, limits=Limits(memory=1024**3, seconds=20))


@pytest.fixture
def cite(admin: Any) -> Cite:
    """Return a course of two days whose lessons cite sentences of a document, the latter of its third page."""

    def make(name: str = "bees.pdf", page: int = 3, **fields: Any) -> Course:
        data, reading = _read(name)
        course = make_course(days=2, slug="bees", **fields)
        job = Job.objects.create(
            number=1, actor=admin, category=course.category, writer="extractive", fingerprint="0" * 64,
            status="ready", finished_at=course.created_at, course=course,
        )  # fmt: skip
        reference = Reference(
            job=job,
            title=name,
            sha256="0" * 64,
            bytes=len(data),
            format=name.rpartition(".")[2].replace("md", "markdown"),
        )
        reference.file.save(name, ContentFile(data))
        reference.keep(reading)
        document = reading.document
        for lesson in course.lessons.all():
            for number, at in ((1, page), (2, page + 1)):
                sheet = document.pages[min(at, len(document.pages)) - 1]
                text = max(sheet.text.split("\n\n"), key=len)
                Source.objects.create(
                    lesson=lesson, position=number, number=number, title=document.name, page=sheet.number,
                    page_label="iv" if number == 1 else "", page_unit=document.unit, quote=text,
                )  # fmt: skip
            Lesson.objects.filter(pk=lesson.pk).update(content=_content(lesson))
        return course

    return make


def _content(lesson: Lesson) -> str:
    first, second = (source.quote.partition(". ")[0] + "." for source in lesson.sources.all())
    return (
        f'<p>{first}<sup class="cite"><a href="#source-1" rel="noopener">1</a></sup></p>'
        f'<p>{second}<sup class="cite"><a href="#source-2" rel="noopener">2</a></sup></p>'
    )


def _open(as_admin: Client, course: Course, *, shown: str = "on") -> None:
    title = Source.objects.filter(lesson__course=course)[0].title
    path = f"/panel/courses/{course.pk}/source/"
    assert as_admin.post(path, {"title": title, "shown": shown}).status_code == 302


def _status(client: Client, path: str, **headers: str) -> int:
    answer = client.get(path, headers=headers)
    b"".join(answer)  # a picture that nobody reads stays open
    return answer.status_code


LESSON = "/courses/bees/lessons/1/"
PAGE = f"{LESSON}sources/1/"


def test_a_citation_leads_to_its_page_once_that_is_allowed_and_no_longer_once_it_is_not(
    as_admin: Client, as_learner: Client, learner: Any, cite: Cite
) -> None:
    course = cite()
    make_enrolment(learner, course)
    assert main(as_learner.get(LESSON)).select("a[data-source]") == []
    assert as_learner.get(PAGE).status_code == 404

    _open(as_admin, course)
    lesson = main(as_learner.get(LESSON))
    page = as_learner.get(PAGE)

    cited = [(str(one.get("id")), str(one["href"])) for one in lesson.select("sup a[data-source]")]
    assert cited == [("cited-1", PAGE), ("cited-2", f"{LESSON}sources/2/")]
    assert titles(as_learner.get(LESSON), ".sources a") == ["page iv", "page 4"]
    assert page.status_code == 200
    assert page["Cache-Control"].startswith("private, no-cache")
    shown = main(page)
    sentence = course.lessons.get(day=1).sources.get(number=1).quote.partition(". ")[0] + "."
    assert [words(one) for one in shown.select("mark")] == [" ".join(sentence.split())]
    assert shown.select_one("a[href$='#cited-1']")
    assert [str(one["href"]) for one in shown.select("nav a")] == [f"{LESSON}sources/2/"]
    pictures = {size: as_learner.get(f"{PAGE}{size}/") for size in ("page", "page-2x")}
    assert all(b"".join(one).startswith(b"\xff\xd8\xff") for one in pictures.values())
    assert pictures["page"]["Cache-Control"].startswith("private, no-cache")

    _open(as_admin, course, shown="")

    assert as_learner.get(PAGE).status_code == 404
    assert as_learner.get(f"{PAGE}page/").status_code == 404
    etag = pictures["page"]["ETag"]
    assert _status(as_learner, f"{PAGE}page/", **{"if-none-match": etag}) == 404
    assert main(as_learner.get(LESSON)).select("a[data-source]") == []
    happened = Event.objects.filter(name__startswith="source.").order_by("at")
    assert list(happened.values_list("name", flat=True)) == ["source.opened", "source.closed"]


def test_whoever_may_not_read_the_lesson_sees_no_page_of_it(
    client: Client, as_admin: Client, as_learner: Client, as_other_learner: Client, learner: Any, cite: Cite
) -> None:
    course = cite(rhythm="one_a_day")
    make_enrolment(learner, course)
    _open(as_admin, course)
    paths = (PAGE, f"{PAGE}page/")

    assert [_status(as_learner, path) for path in paths] == [200, 200]
    assert [_status(as_other_learner, path) for path in paths] == [403, 403]
    assert [_status(client, path) for path in paths] == [302, 302]
    # Tomorrow's lesson cites pages, too.
    tomorrow = "/courses/bees/lessons/2/sources/1/"
    assert [_status(as_learner, path) for path in (tomorrow, f"{tomorrow}page/")] == [403, 403]

    course.lessons.filter(day=1).update(preview=True)

    assert [_status(client, path) for path in paths] == [200, 200]
    assert "s-maxage" not in client.get(PAGE)["Cache-Control"]


def test_the_address_of_a_picture_is_no_door_to_other_pages(
    as_admin: Client, as_learner: Client, learner: Any, cite: Cite
) -> None:
    course = cite()
    make_enrolment(learner, course)
    _open(as_admin, course)
    # A document that isn't to be seen, beside the one that is.
    Source.objects.create(
        lesson=course.lessons.get(day=1), number=3, title="Secret", page=1, quote="Nobody knows."
    )

    tries = (
        f"{LESSON}sources/3/", f"{LESSON}sources/3/page/", f"{LESSON}sources/4/", f"{LESSON}sources/0/page/",
        f"{PAGE}large/", f"{PAGE}small/", f"{PAGE}page/2/", "/courses/bees/lessons/1/sources/1/../5/page/",
    )  # fmt: skip

    assert [_status(as_learner, path) for path in tries] == [404] * len(tries)
    reference = Reference.objects.get()
    assert as_learner.get(f"/panel/studio/references/{reference.pk}/pages/1/large/").status_code == 403
    assert [str(one["href"]) for one in main(as_learner.get(PAGE)).select("nav a")] == [f"{LESSON}sources/2/"]


def test_only_administrators_allow_it_and_only_for_what_is_cited(
    client: Client, as_admin: Client, as_learner: Client, cite: Cite
) -> None:
    course = cite()
    path, title = f"/panel/courses/{course.pk}/source/", Source.objects.all()[0].title

    assert as_learner.post(path, {"title": title, "shown": "on"}).status_code == 403
    assert client.post(path, {"title": title, "shown": "on"}).status_code == 302
    assert as_admin.post(path, {"title": "Another book", "shown": "on"}).status_code == 422

    course.refresh_from_db()
    assert course.open_sources == []


def test_what_becomes_premium_or_paid_shows_its_sources_no_longer(
    as_admin: Client, admin: Any, as_learner: Client, learner: Any, cite: Cite
) -> None:
    course = cite()
    make_enrolment(learner, course)
    _open(as_admin, course)
    assert "Learners may see the cited pages." in words(main(as_admin.get(f"/panel/courses/{course.pk}/")))

    catalog.edit_course(actor=admin, course=course, title="Bees")
    assert as_learner.get(PAGE).status_code == 200
    catalog.edit_course(actor=admin, course=course, access="paid", price_minor=1900, currency="EUR")

    assert as_learner.get(LESSON).status_code == 200
    assert as_learner.get(PAGE).status_code == 404
    panel = words(main(as_admin.get(f"/panel/courses/{course.pk}/")))
    assert "Learners don’t see its pages." in panel
    assert "Learners pay for this course" in panel

    _open(as_admin, course)
    catalog.edit_course(actor=admin, course=course, price_minor=2900)

    assert as_learner.get(PAGE).status_code == 200


def test_a_copy_of_a_course_begins_without_the_right(as_admin: Client, admin: Any, cite: Cite) -> None:
    course = cite()
    _open(as_admin, course)

    copy = catalog.duplicate_course(actor=admin, course=course)

    assert copy.open_sources == []


def test_learners_are_shown_what_their_own_edition_cites(
    as_admin: Client, admin: Any, as_learner: Client, as_other_learner: Client, learner: Any, cite: Cite
) -> None:
    course = cite()
    make_enrolment(learner, course)
    _open(as_admin, course)
    before = titles(as_learner.get(PAGE), "mark")

    catalog.withdraw_course(actor=admin, course=course)
    lesson = course.lessons.get(day=1)
    catalog.edit_lesson(actor=admin, lesson=lesson, content="<p>Nothing is cited.</p>", sources=[])

    assert titles(as_learner.get(PAGE), "mark") == before
    assert as_admin.get(PAGE).status_code == 404
    assert as_other_learner.get(PAGE).status_code == 404
    _open(as_admin, course, shown="")
    assert as_learner.get(PAGE).status_code == 404


def test_a_document_that_is_gone_and_one_that_says_something_else_by_now_leave_the_passage(
    as_admin: Client, as_learner: Client, learner: Any, cite: Cite
) -> None:
    course = cite()
    make_enrolment(learner, course)
    _open(as_admin, course)
    reference = Reference.objects.get()
    quote = " ".join(course.lessons.get(day=1).sources.get(number=1).quote.split())

    document = reference.text.document
    document["pages"][2]["text"] = "Another edition has another page here."
    reference.text.save()
    changed = main(as_learner.get(PAGE))

    assert "There is no picture of this page." in words(changed)
    assert "Another edition" not in words(changed)
    assert words(changed.select_one("blockquote")) == quote
    assert as_learner.get(f"{PAGE}page/").status_code == 404

    reference.file.storage.delete(str(reference.file.name))
    gone = main(as_learner.get(PAGE))

    assert "The document itself isn’t stored here any more." in words(gone)
    assert words(gone.select_one("blockquote")) == quote


def test_what_has_no_pages_shows_its_passage_with_the_sentence_marked(
    as_admin: Client, as_learner: Client, learner: Any, cite: Cite
) -> None:
    course = cite("tides.md", page=1)
    make_enrolment(learner, course)
    _open(as_admin, course)

    page = main(as_learner.get(PAGE))

    assert page.select("img") == []
    assert [words(one) for one in page.select("blockquote mark")] == ["The moon pulls the water twice a day."]
    assert "Nobody can stop it." in words(page.select_one("blockquote"))
    assert page.select(".note") == []
    assert "section" in words(page.select_one("header"))


def test_the_note_under_an_action_that_names_a_page_leads_there(
    as_admin: Client, as_learner: Client, learner: Any, cite: Cite
) -> None:
    course = cite()
    make_enrolment(learner, course)
    named, unnamed = course.lessons.get(day=1).action_items.order_by("position")
    type(named).objects.filter(pk=named.pk).update(note="Page 4")
    type(named).objects.filter(pk=unnamed.pk).update(note="Page 44")
    assert [words(one) for one in main(as_learner.get(LESSON)).select(".tick__note")] == ["Page 4", "Page 44"]
    assert main(as_learner.get(LESSON)).select(".tick__note a") == []

    _open(as_admin, course)
    ticked = as_learner.post(
        f"/action-items/{named.pk}/tick/", {"done": "on"}, headers={"hx-request": "true"}
    )

    links = main(as_learner.get(LESSON)).select(".tick__note a")
    assert [(words(one), str(one["href"])) for one in links] == [("Page 4", f"{LESSON}sources/2/")]
    assert links[0].find_parent("button") is None
    assert f'href="{LESSON}sources/2/"' in ticked.text


def test_the_review_has_the_switch_beside_the_passages(
    as_admin: Client, as_learner: Client, cite: Cite
) -> None:
    course = cite()
    job, lesson = Job.objects.get(), course.lessons.get(day=1)
    draft = {"title": "Bees", "sections": [{"heading": "Bees", "blocks": [{"kind": "code", "text": "1"}]}]}
    brief = {"day": 1, "title": "Bees"}
    job.lessons.create(day=1, title="Bees", brief=brief, draft=draft, status="done", lesson=lesson)
    review, title = f"/panel/studio/{job.pk}/days/1/", lesson.sources.all()[0].title

    page = main(as_admin.get(review))
    assert "most are under copyright" in words(page)
    path = f"{review}sources/"
    assert as_learner.post(path, {"title": title, "shown": "on"}).status_code == 403
    assert as_admin.post(path, {"title": title, "shown": "on"}).status_code == 302

    course.refresh_from_db()
    assert course.open_sources == [title]
    assert "Hide" in titles(as_admin.get(review), f"form[action='{path}'] button")
