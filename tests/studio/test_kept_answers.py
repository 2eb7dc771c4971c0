"""What a model said is kept with the job: a call that fails half-way, and is made again, pays for nothing twice."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from momentum.providers.writer.model import ModelConfig, build_writer
from momentum.studio import actions
from momentum.studio.actions import writers
from momentum.studio.models import JobLesson, KeptAnswer, ModelCall, Proposal
from tests.providers.fake_models import Asked, FakeModels, Reply
from tests.studio.working import work, work_on

# Answers are kept by threads with connections of their own.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def models(scribe: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeModels]:
    with FakeModels() as fake:
        writer = build_writer("openai:gpt-4.1-mini", ModelConfig(base_url=fake.base_url("openai")))
        monkeypatch.setattr(writers, "writer_named", lambda name: writer)
        yield fake


def wanted(asked: Asked) -> str:
    for words, what in (("You write one lesson", "lesson"), ("You write the questions", "questions")):
        if words in asked.text:
            return what
    return "else"


def test_a_lesson_is_not_written_again_because_its_questions_failed(
    models: FakeModels, start: Callable[..., actions.Started]
) -> None:
    outline, briefs, lesson = Reply(), Reply(), Reply()
    models.will(outline, briefs, lesson, Reply(status=503), Reply(status=503))
    job = start().job

    assert work(job).status == "ready"

    asked = Counter(wanted(asked) for asked in models.asked)
    assert (asked["lesson"], asked["questions"]) == (3, 5)
    answered = len(models.asked) - 2
    assert sum(call.input_tokens for call in ModelCall.objects.filter(job=job)) == answered * 1000
    assert KeptAnswer.objects.filter(job=job).count() == answered


def test_a_lesson_that_is_written_again_on_request_is_asked_for_anew_each_time(
    models: FakeModels, start: Callable[..., actions.Started], admin: Any
) -> None:
    job = work(start().job)
    lesson = JobLesson.objects.get(job=job, day=1).lesson
    assert lesson is not None
    models.asked.clear()

    for _ in range(2):
        proposal = actions.regenerate_lesson(actor=admin, lesson=lesson, note="shorter")
        assert work_on(proposal).status == Proposal.Status.READY
        actions.reject_proposal(actor=admin, proposal=proposal)

    assert Counter(wanted(asked) for asked in models.asked)["lesson"] == 2
