"""Reviewing: each lesson is on the screen before a course is let out; time at work, measures, and the page cited."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from momentum.providers.writer import get_writer
from momentum.studio import actions
from momentum.studio.actions import writers
from momentum.studio.models import Job, LessonReading
from momentum.studio.queries import jobs
from tests.pages import main, titles, words
from tests.providers.pdfs import handbook
from tests.studio.working import work

type Start = Callable[..., actions.Started]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def job(start: Start) -> Job:
    return work(start().job)


def test_a_course_is_let_out_only_after_each_lesson_was_on_the_screen(
    as_admin: Client, job: Job, admin: Any
) -> None:
    assert job.course is not None
    review = f"/panel/studio/{job.pk}/days/"
    for day in (1, 2):
        as_admin.get(f"{review}{day}/")
        as_admin.post(f"{review}{day}/approval/")
    lesson = job.course.lessons.get(day=3)
    actions.approve_lesson(actor=admin, lesson=lesson)  # from elsewhere: nobody saw it beside its sources

    page = as_admin.get(f"{review}1/")
    refused = as_admin.post(f"/panel/studio/{job.pk}/publication/")
    elsewhere = f"/panel/courses/{job.course.pk}/"
    also_refused = as_admin.post(f"{elsewhere}status/", {"state": "published"})

    assert "Day 3 hasn’t been opened here yet." in words(main(page))
    for answer in (refused, also_refused):
        assert answer.status_code == 422
        assert "Nobody has opened day 3 in the review yet." in answer.text
    assert "Nobody has opened day 3 in the review yet." in titles(as_admin.get(elsewhere), ".problems li")
    job.course.refresh_from_db()
    assert job.course.status == "draft"

    assert "Publish course" in titles(as_admin.get(f"{review}3/"), ".verdict button")
    assert as_admin.post(f"/panel/studio/{job.pk}/publication/").status_code == 302
    job.course.refresh_from_db()
    assert job.course.status == "published"


def test_time_at_work_is_counted_and_time_away_is_not(job: Job, admin: Any) -> None:
    lesson = job.lessons.get(day=1)

    def sign(seconds: int, **how: Any) -> LessonReading:
        at = NOON + timedelta(seconds=seconds)
        return actions.note_reading(actor=admin, lesson=lesson, at=at, **{"longest": 60, **how})

    assert sign(0).seconds == 0
    assert sign(20).seconds == 20
    assert sign(40).seconds == 40
    assert sign(400).seconds == 40  # away
    assert sign(420).seconds == 60
    assert sign(440, resumes=True).seconds == 60
    assert sign(640, longest=300).seconds == 260
    assert sign(600).seconds == 260  # a beat that came late
    assert jobs.review(job.pk, 1).seconds_in_all == 260


def test_signs_of_work_are_taken_from_the_page_and_from_administrators_alone(
    as_admin: Client, as_learner: Client, job: Job
) -> None:
    path = f"/panel/studio/{job.pk}/days/1/reading/"

    assert as_learner.post(path, {"state": "read"}).status_code == 403
    assert not LessonReading.objects.exists()
    assert as_admin.post(path, {"state": "read"}).status_code == 204
    assert as_admin.post(path, {"state": "start"}).status_code == 204
    assert LessonReading.objects.get().job_lesson.day == 1
    assert as_admin.head(f"/panel/studio/{job.pk}/days/2/").status_code == 200
    assert as_admin.get(f"/panel/studio/{job.pk}/days/9/").status_code == 404
    assert LessonReading.objects.count() == 1


def test_a_lesson_says_how_long_it_is_how_it_reads_and_what_it_rests_on(as_admin: Client, job: Job) -> None:
    found = jobs.review(job.pk, 1).measures
    tiles = words(main(as_admin.get(f"/panel/studio/{job.pk}/days/1/")).select_one(".tiles"))

    assert (found.words, found.minutes, found.long_sentences) == (28, 6, 0)
    assert found.words_a_sentence == 4.3
    assert found.grounded == 50
    assert (found.pages_cited, found.pages_planned) == (2, 0)
    assert "50%" in tiles
    assert "Words a sentence 4.3" in tiles


def test_each_passage_shows_its_place_on_the_page_with_the_sentence_marked(
    as_admin: Client, as_learner: Client, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "writer_named", lambda name: get_writer("extractive"))
    reference = ContentFile(handbook(), name="bees.pdf")
    done = work(start(references=[reference], writer="extractive", request={"days": 2}).job)
    path = f"/panel/studio/{done.pk}/days/1/"

    page = as_admin.get(path)
    pictures = [str(one["src"]) for one in main(page).select(".passage img")]
    marked = b"".join(as_admin.get(pictures[0]))

    assert len(pictures) == len(jobs.review(done.pk, 1).text.grounds)
    assert pictures[0] == f"{path}passages/1/"
    assert marked.startswith(b"\xff\xd8\xff")
    assert as_admin.get(f"{path}passages/999/").status_code == 404
    assert as_learner.get(pictures[0]).status_code == 403
