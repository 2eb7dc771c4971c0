"""Courses from documents of every format: from the upload to the course that cites them."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from momentum.core.errors import InvalidError
from momentum.privacy.actions.stored_files import forget_unnamed
from momentum.providers.writer import get_writer
from momentum.studio import actions
from momentum.studio.actions import writers
from momentum.studio.models import Job, Reference, ReferencePicture
from tests.factories import make_enrolment
from tests.pages import main, words
from tests.providers.packages import archive, docx, drawing, paragraph, picture, pptx, shape
from tests.studio.test_start import Start
from tests.studio.working import work

_TIDES = (
    "The sea rises and falls twice a day because the moon pulls at the water. Spring tides come at new moon and at "
    "full moon, when the sun pulls in the same direction. Neap tides come in between, when the two pull at right "
    "angles. A tide table lists the times of high water for each harbour. Wind can raise the water by a metre."
)
_FLATS = (
    "At low water the flats lie dry for some hours. Walk only on a falling tide and turn back when the water is "
    "lowest. Take a compass, because fog comes within minutes. Tell somebody where you go and when you will be back. "
    "Mussels are gathered by hand and never below the size that the harbour office allows."
)


def _named(name: str, data: bytes) -> Any:
    return ContentFile(data, name=name)


def _mixed() -> list[Any]:
    return [
        _named(
            "tides.docx",
            docx(
                paragraph("1 Tides", "Berschrift1"),
                paragraph(_TIDES),
                paragraph(inside=drawing("moon", "The moon and two bulges of water")),
                pictures={"moon.png": picture()},
            ),
        ),
        _named(
            "flats.pptx", pptx(shape("The flats", holder="title") + shape(*_FLATS.split(". ")), shape(_FLATS))
        ),
        _named("talk.md", f"# Walking\n\n{_FLATS}\n".encode()),
    ]


@pytest.fixture
def built_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "writer_named", lambda name: get_writer("extractive"))


def test_documents_of_several_formats_make_one_course_that_cites_them_in_their_own_terms(
    start: Start, built_in: None, as_admin: Client
) -> None:
    job = work(start(writer="extractive", references=_mixed(), request={"days": 1}).job)

    assert (job.status, job.error) == ("ready", "")
    assert [(one.format, one.unit, one.size) for one in job.references.all()] == [
        ("docx", "section", "1 section"), ("pptx", "slide", "2 slides"), ("markdown", "section", "1 section"),
    ]  # fmt: skip
    log = [line.text for line in job.log.all()]
    assert "Read flats.pptx: 2 slides." in log
    assert job.course is not None
    places = {
        place
        for lesson in job.course.lessons.all()
        for source in lesson.sources.all()
        if (place := source.shown_place)
    }
    assert places <= {"section 1", "slide 1", "slide 2", "section “Walking”"}
    assert len(places) > 1
    resources = {one.title for lesson in job.course.lessons.all() for one in lesson.resources.all()}
    assert "The flats, slides 1 to 2" in resources
    review = words(as_admin.get(f"/panel/studio/{job.id}/days/1/"))
    assert "slide 1" in review
    step = job.steps.get(name="references")
    assert step.detail.startswith("2 sections, 2 slides, ")


def test_a_figure_of_a_document_reaches_the_learner_with_its_caption_and_its_place(
    start: Start, built_in: None, as_learner: Client, admin: Any, learner: Any
) -> None:
    illustrated = docx(
        paragraph("1 Tides", "Berschrift1"),
        paragraph(_TIDES),
        paragraph(inside=drawing("moon", "Two bulges of water")),
        paragraph("Figure 1. Why there are two high waters a day", "Caption"),
        paragraph(_FLATS),
        pictures={"moon.png": picture()},
    )
    references = [_named("tides.docx", illustrated)]
    job = work(start(writer="extractive", references=references, request={"days": 1}).job)
    assert job.course is not None
    for lesson in job.lessons.all():
        actions.note_reading(actor=admin, lesson=lesson, at=timezone.now(), longest=60)
    actions.approve_course(actor=admin, course=job.course, with_lessons=True)
    make_enrolment(learner, job.course)

    page = main(as_learner.get(f"/courses/{job.course.slug}/lessons/1/"))

    figure = page.select_one(".prose figure")
    assert figure is not None
    shown = figure.select_one("img")
    assert shown is not None
    assert shown["alt"] == "Two bulges of water"
    assert words(figure.select_one("figcaption")).startswith("Figure 1. Why there are two high waters a day")
    number = words(figure.select_one("sup.cite"))
    assert "section 1" in words(page.select_one(f"#source-{number}"))
    sent = as_learner.get(str(shown["src"]))
    assert (sent.status_code, sent["Content-Type"].partition("/")[0]) == (200, "image")
    assert b"".join(sent)


def test_a_document_is_stored_under_the_name_of_its_format(start: Start) -> None:
    job = start(references=[*_mixed(), _named("tides.pdf", _TIDES.encode())]).job

    assert [one.file.name.rpartition(".")[2] for one in job.references.all()] == ["docx", "pptx", "md", "txt"]


def test_the_pictures_of_a_document_stay_as_long_as_it_does(start: Start, built_in: None) -> None:
    work(start(writer="extractive", references=_mixed(), request={"days": 1}).job)
    [kept] = ReferencePicture.objects.all()
    with kept.file.open("rb") as stream:
        assert stream.read().startswith(b"\x89PNG")
    assert forget_unnamed(older=-1) == 0

    Reference.objects.all().delete()

    assert forget_unnamed(older=-1) == 4
    assert not default_storage.exists(kept.file.name)


def test_a_file_that_is_not_read_is_refused_with_what_to_do(start: Start) -> None:
    with pytest.raises(InvalidError) as refusal:
        start(references=[_named("a.pdf", archive({"b.jpg": b"x"})), _named("c.docx", picture())])

    assert refusal.value.data["fields"] == {
        "references": [
            "a.pdf is an archive of files. Unpack it and add the documents that are in it.",
            "c.docx is a picture. Put it into a PDF, or type its text, and add that.",
        ]
    }
    assert not Job.objects.exists()


def test_a_file_that_turns_out_to_be_empty_stops_the_job_in_a_sentence(start: Start, built_in: None) -> None:
    job = work(start(writer="extractive", references=[_named("empty.pptx", pptx(shape()))]).job)

    assert (job.status, job.error_code) == ("failed", "empty")
    assert job.error == "empty.pptx has no text in it. Choose a file with text."
