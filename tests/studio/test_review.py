"""Review: reading a lesson against its sources, having it written again, letting it out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from momentum.catalog.actions import edit_course, edit_lesson, withdraw_course
from momentum.catalog.actions.transfer import course_file
from momentum.catalog.models import Course, Lesson, QuestionKind
from momentum.catalog.schemas import QuestionEntry
from momentum.core import durable
from momentum.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from momentum.events.models import Event
from momentum.providers.writer import Passage
from momentum.studio import actions
from momentum.studio.domain.citations import MARKS, Block, Grounds, Piece, read_against
from momentum.studio.domain.diff import compare
from momentum.studio.models import Job, JobLesson, ModelCall, Proposal
from momentum.studio.queries import jobs
from momentum.ui.covers import cover_url
from tests.factories import make_course
from tests.pages import main, titles, words
from tests.studio.scribe.writer import Scribe, draft, lasting
from tests.studio.working import work, work_on


@pytest.fixture
def job(start: Callable[..., actions.Started]) -> Job:
    return work(start().job)


@pytest.fixture
def course(job: Job) -> Course:
    assert job.course is not None
    return job.course


@pytest.fixture
def lesson(course: Course) -> Lesson:
    return course.lessons.get(day=2)


def test_a_lesson_is_shown_sentence_by_sentence_beside_its_passages(
    job: Job, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(10):
        review = jobs.review(job.id, 2)

    assert [block.kind for block in review.text.blocks] == ["heading", "paragraph", "step", "step"]
    assert review.text.blocks[0].text == "Why & how"
    assert review.text.blocks[1].pieces == [
        Piece("The moon pulls the sea.", "supported", 1),
        Piece("So does the sun, a little.", "partly", 1),
        Piece("Most people never notice.", "none"),
        Piece("Let us look closer.", "linking"),
    ]
    assert review.text.counts == {"supported": 2, "partly": 1, "none": 1, "linking": 2, "changed": 0}
    assert [(one.passage.number, len(one.sentences), one.weakest) for one in review.text.grounds] == [
        (1, 2, "partly"),
        (2, 1, "supported"),
    ]
    assert [(day.day, day.state) for day in review.days] == [(1, "waiting"), (2, "waiting"), (3, "waiting")]
    assert (review.waiting, review.next_day, review.is_approved, review.proposal) == (3, 3, False, None)


def _seen(admin: Any, course: Course) -> None:
    for lesson in JobLesson.objects.filter(lesson__course=course):
        actions.note_reading(actor=admin, lesson=lesson, at=timezone.now(), longest=60)


def test_a_day_that_is_not_there_cannot_be_reviewed(job: Job) -> None:
    with pytest.raises(NotFoundError):
        jobs.review(job.id, 9)


def test_what_an_editor_changed_is_marked_and_the_rest_keeps_its_source() -> None:
    html = (
        "<p>The moon pulls the sea. It pulls me, too. So does the sun, "
        "a little.</p><ul><li>Read two rows.</li></ul>"
    )

    review = read_against(draft(1), html)

    assert [(piece.text, piece.mark) for piece in review.blocks[0].pieces] == [
        ("The moon pulls the sea.", "supported"),
        ("It pulls me, too.", "changed"),
        ("So does the sun, a little.", "partly"),
    ]
    assert (review.blocks[1].kind, review.blocks[1].pieces[0].passage) == ("bullet", 2)
    assert review.counts["changed"] == 1
    assert set(review.counts) == set(MARKS)


def test_what_a_passage_says_word_for_word_is_marked_in_it() -> None:
    passage = Passage(
        number=1, document="Tides", page=3, text="Twice a day\nthe sea rises. Nobody (yet) asks."
    )
    quote, own = Piece("Twice a day the sea rises.", "supported", 1), Piece("The sea (!) moves.", "partly", 1)

    assert Grounds(passage, [quote, own]).marked == [
        ("Twice a day the sea rises.", True),
        (" Nobody (yet) asks.", False),
    ]
    assert Grounds(passage, [own]).marked == [("Twice a day the sea rises. Nobody (yet) asks.", False)]


def test_a_course_is_published_only_after_a_person_approved_its_lessons(
    course: Course, admin: Any, learner: Any
) -> None:
    with pytest.raises(InvalidError, match="can’t be published yet") as unread:
        actions.approve_course(actor=admin, course=course, with_lessons=True)
    assert unread.value.data["problems"] == ["Nobody has opened days 1, 2, 3 in the review yet."]
    _seen(admin, course)
    with pytest.raises(InvalidError):
        actions.approve_course(actor=admin, course=course)
    with pytest.raises(ForbiddenError):
        actions.approve_course(actor=learner, course=course, with_lessons=True)
    course.refresh_from_db()
    assert course.status == "draft"

    for lesson in course.lessons.all():
        actions.approve_lesson(actor=admin, lesson=lesson)
    published = actions.approve_course(actor=admin, course=course)

    assert (published.status, published.reviewed_by) == ("published", admin)


def test_all_lessons_can_be_approved_with_the_course(course: Course, admin: Any) -> None:
    _seen(admin, course)
    actions.approve_course(actor=admin, course=course, with_lessons=True)

    assert set(course.lessons.values_list("status", flat=True)) == {"published"}


def test_a_lesson_written_again_waits_beside_the_old_one_until_accepted(
    job: Job, lesson: Lesson, admin: Any, scribe: Scribe
) -> None:
    before = lesson.content

    proposal = actions.regenerate_lesson(actor=admin, lesson=lesson, note=" Tell a story. ")

    assert durable.status(f"studio.regenerate/{proposal.id}") == "ENQUEUED"
    assert work_on(proposal).status == "ready"
    assert scribe.calls[-1] == "lesson 2 again"
    lesson.refresh_from_db()
    assert lesson.content == before
    review = jobs.review(job.id, 2)
    assert review.proposal == proposal
    assert [day.state for day in review.days] == ["waiting", "proposal", "waiting"]

    accepted = actions.accept_proposal(actor=admin, proposal=proposal)

    assert "Tell a story." in accepted.content
    assert accepted.version == lesson.version + 1
    assert jobs.review(job.id, 2).text.counts["changed"] == 0
    assert ModelCall.objects.filter(proposal=proposal, status="settled").count() == 1
    assert Event.objects.filter(name="lesson.regenerated", subject_id=lesson.id).count() == 1
    actions.accept_proposal(actor=admin, proposal=proposal)
    lesson.refresh_from_db()
    assert lesson.version == accepted.version


def test_a_rejected_proposal_changes_nothing_and_makes_room_for_another(
    lesson: Lesson, admin: Any, scribe: Scribe
) -> None:
    first = work_on(actions.regenerate_lesson(actor=admin, lesson=lesson, note="Shorter"))
    with pytest.raises(ConflictError):
        actions.regenerate_lesson(actor=admin, lesson=lesson, note="Longer")

    actions.reject_proposal(actor=admin, proposal=first)

    with pytest.raises(ConflictError):
        actions.accept_proposal(actor=admin, proposal=first)
    before = lesson.version
    lesson.refresh_from_db()
    assert lesson.version == before
    assert actions.regenerate_lesson(actor=admin, lesson=lesson, note="Longer").status == "pending"


def test_both_versions_stand_side_by_side_with_the_older_as_it_was_edited(
    lesson: Lesson, admin: Any, as_admin: Any
) -> None:
    edited = lesson.content.replace("The moon pulls the sea.", "The moon tugs at the sea.")
    edit_lesson(actor=admin, lesson=lesson, expected_version=lesson.version, content=edited)
    proposal = work_on(actions.regenerate_lesson(actor=admin, lesson=lesson, note="Shorter"))

    page = main(as_admin.get(f"/panel/studio/proposals/{proposal.id}/"))

    [old] = page.select(".diff__row--changed.diff__row--paragraph .diff__old")
    [new] = page.select(".diff__row--changed.diff__row--paragraph .diff__new")
    assert "The moon tugs at the sea." in words(old)
    assert "The moon pulls the sea." in words(new)
    assert [words(gone) for gone in old.select("del")] == ["tugs at", "Let us look closer."]
    assert len(page.select(".diff__row--same.diff__row--step")) == 2


def test_asking_the_same_again_joins_the_proposal_under_way(lesson: Lesson, admin: Any) -> None:
    first = actions.regenerate_lesson(actor=admin, lesson=lesson, note="Shorter")

    assert actions.regenerate_lesson(actor=admin, lesson=lesson, note="Shorter") == first
    assert Proposal.objects.count() == 1


def test_a_lesson_edited_meanwhile_is_not_overwritten(lesson: Lesson, admin: Any, scribe: Scribe) -> None:
    proposal = work_on(actions.regenerate_lesson(actor=admin, lesson=lesson, note="Shorter"))
    edit_lesson(actor=admin, lesson=lesson, summary="Mine.")

    with pytest.raises(ConflictError) as refusal:
        actions.accept_proposal(actor=admin, proposal=proposal)

    assert refusal.value.code == "stale_version"
    lesson.refresh_from_db()
    proposal.refresh_from_db()
    assert (lesson.summary, proposal.status) == ("Mine.", "ready")


def test_a_proposal_that_fails_says_why_and_another_can_be_asked_for(
    lesson: Lesson, admin: Any, scribe: Scribe
) -> None:
    scribe.fails = {"lesson 2 again": [lasting()]}

    failed = work_on(actions.regenerate_lesson(actor=admin, lesson=lesson, note="Shorter"))

    assert (failed.status, failed.error) == ("failed", "The model won't write this.")
    assert work_on(actions.regenerate_lesson(actor=admin, lesson=lesson, note="Shorter")).status == "ready"


@pytest.mark.parametrize("note", ["", "  ", "n" * 1001])
def test_a_wish_is_needed_and_bounded(lesson: Lesson, admin: Any, note: str) -> None:
    with pytest.raises(InvalidError):
        actions.regenerate_lesson(actor=admin, lesson=lesson, note=note)

    assert not Proposal.objects.exists()


def test_a_lesson_of_other_origin_cannot_be_written_again(admin: Any) -> None:
    lesson = make_course(days=1).lessons.get()

    with pytest.raises(NotFoundError):
        actions.regenerate_lesson(actor=admin, lesson=lesson, note="Shorter")


def test_a_learner_neither_asks_nor_decides(lesson: Lesson, admin: Any, learner: Any) -> None:
    proposal = work_on(actions.regenerate_lesson(actor=admin, lesson=lesson, note="Shorter"))

    for refused in (
        lambda: actions.regenerate_lesson(actor=learner, lesson=lesson, note="x"),
        lambda: actions.accept_proposal(actor=learner, proposal=proposal),
        lambda: actions.reject_proposal(actor=learner, proposal=proposal),
        lambda: actions.approve_lesson(actor=learner, lesson=lesson),
    ):
        with pytest.raises(ForbiddenError):
            refused()

    proposal.refresh_from_db()
    assert proposal.status == "ready"
    assert Proposal.objects.count() == 1


def test_a_published_course_is_no_longer_ready_for_review(
    job: Job, course: Course, admin: Any, as_admin: Any
) -> None:
    listed = "/panel/studio/"
    assert "Ready for review" in titles(as_admin.get(listed), "tbody tr")[0]

    _seen(admin, course)
    actions.approve_course(actor=admin, course=course, with_lessons=True)

    for page in (listed, f"/panel/studio/{job.id}/", "/panel/"):
        answer = as_admin.get(page)
        # Above the list it is one of the things to choose from.
        shown = titles(answer, "tbody tr")[0] if page == listed else words(answer)
        assert "Ready for review" not in shown
        assert "Published" in shown
    withdraw_course(actor=admin, course=course)
    assert "Draft" in words(as_admin.get("/panel/studio/"))


def test_self_checks_are_reviewed_whole_as_they_stand_in_the_catalogue(
    job: Job, lesson: Lesson, admin: Any, as_admin: Any
) -> None:
    questions = [
        QuestionEntry(
            kind=QuestionKind.MULTIPLE,
            prompt="What pulls the sea?",
            choices=["The moon", "The sun", "Mars"],
            answer=[0, 1],
            explanation="Both do.",
            page=3,
            page_label="xii",
        ),
        QuestionEntry(
            kind=QuestionKind.SHORT,
            prompt="How often a day?",
            answer=["twice", "2"],
            explanation="See page 12.",
            page=12,
        ),
        QuestionEntry(kind=QuestionKind.ORDER, prompt="Order them.", choices=["Ebb", "Flood"], answer=[1, 0]),
    ]
    edit_lesson(actor=admin, lesson=lesson, questions=questions)

    page = main(as_admin.get(f"/panel/studio/{job.id}/days/2/"))

    first, second, third = page.select(".selfchecks > li")
    assert words(first) == (
        "What pulls the sea? Multiple choice Right: The moon Right: The sun Mars Both do. (Page xii)"
    )
    assert words(second) == "How often a day? Short answer Right: twice Right: 2 See page 12."
    assert [words(choice) for choice in third.select("ol li")] == ["Flood", "Ebb"]


def test_notes_for_the_reviewer_name_their_lesson_and_lead_to_it(
    start: Callable[..., actions.Started], scribe: Scribe, as_admin: Any
) -> None:
    scribe.notes = {"lesson 2": ["The source says little here."], "outline": ["Pages 4 and 5 were left out."]}

    job = work(start(request={"days": 2}).job)

    page = main(as_admin.get(f"/panel/studio/{job.id}/"))
    notes = page.select("section[aria-labelledby=warnings] li")
    assert [words(note) for note in notes] == [
        "Pages 4 and 5 were left out.",
        "Day 2 : The source says little here.",
    ]
    assert notes[1].select_one("a")["href"] == f"/panel/studio/{job.id}/days/2/"  # type: ignore[index]


def test_what_was_left_out_of_the_documents_is_said_beside_each_lesson(
    start: Callable[..., actions.Started], scribe: Scribe, as_admin: Any
) -> None:
    scribe.notes = {"lesson 2": ["The source says little here."], "outline": ["Pages 4 and 5 were left out."]}
    job = work(start(request={"days": 2}).job)

    page = main(as_admin.get(f"/panel/studio/{job.id}/days/1/"))

    note = page.select_one(".note--care")
    assert note is not None
    assert words(note) == "Notes for the review Pages 4 and 5 were left out."
    assert note.select_one("a")["href"] == f"/panel/studio/{job.id}/#warnings"  # type: ignore[index]


def test_renaming_a_published_course_keeps_its_cover(course: Course, admin: Any) -> None:
    drawn = cover_url(edit_course(actor=admin, course=course, title="Tides and moons"))
    _seen(admin, course)
    published = actions.approve_course(actor=admin, course=course, with_lessons=True)
    assert cover_url(published) == drawn

    renamed = edit_course(actor=admin, course=published, title="The sea, twice a day")

    assert cover_url(renamed) == drawn
    assert course_file(renamed)[0].cover_seed == "Tides and moons"


def test_a_lesson_written_again_is_shown_as_a_difference_with_its_sources(
    job: Job, lesson: Lesson, admin: Any, as_admin: Any
) -> None:
    edit_lesson(actor=admin, lesson=lesson, key_points=["The sun pulls."])
    proposal = actions.regenerate_lesson(actor=admin, lesson=lesson, note="Let us look much closer.")
    waiting = as_admin.get(f"/panel/studio/proposals/{proposal.id}/")
    work_on(proposal)

    page = main(as_admin.get(f"/panel/studio/proposals/{proposal.id}/"))

    assert "Writing the new version" in words(waiting)
    assert [words(part) for part in page.select(".diff__part")] == [
        "Title", "Summary", "Text", "Key points", "To do", "Self-checks",
    ]  # fmt: skip
    assert [words(one) for one in page.select(".diff del")] == ["sun"]
    assert [words(one) for one in page.select(".diff ins")] == ["much", "moon"]
    assert words(page.select_one(".diff__row--changed .diff__new")) == (
        "Proposed: The moon pulls the sea. So does the sun, a little. 1 Most people never notice. no source ? "
        "Let us look much closer."
    ).replace("sea. So", "sea. 1 So")
    for link in page.select("a.diff__number"):
        assert page.select_one(f"[id='{str(link['href'])[1:]}']") is not None
    assert "The moon and the sun pull the sea." in words(page.select_one("#new-1"))


def test_blocks_are_paired_by_what_they_share_and_words_are_told_apart() -> None:
    def block(*texts: str) -> Block:
        return Block("paragraph", [Piece(text, "supported", 1) for text in texts])

    old = [block("The sea rises twice a day.", "Nobody asks."), block("This goes."), block("月が海を引く。")]
    new = [block("The sea rises and falls twice a day.", "Nobody asks."), block("月が広い海を引く。")]

    rows = compare(old, new)

    assert [row.state for row in rows] == ["changed", "gone", "changed"]
    assert [[part.text for part in said.parts if part.differs] for said in rows[0].new] == [
        [" and falls"],
        [],
    ]
    assert [part.text for said in rows[2].new for part in said.parts if part.differs] == ["広い"]


def test_of_a_block_of_pages_what_changed_is_told_apart_too() -> None:
    tides = [f"The tide {number} and the sea" for number in range(400)]
    changed = [*tides[:200], "The moon and the sea", *tides[200:]]

    (row,) = compare(
        *([Block("paragraph", [Piece(" ".join(told), "supported", 1)])] for told in (tides, changed))
    )

    assert "moon" in "".join(part.text for said in row.new for part in said.parts if part.differs)
    assert sum(len(part.text) for said in row.new for part in said.parts if part.differs) < 40
    assert [part for said in row.old for part in said.parts if part.differs] == []


def test_a_passage_is_marked_though_a_sentence_lost_its_citation() -> None:
    passage = Passage(
        number=1, document="Tides", page=3, text="The sea [4] rises (see Section 2) twice. It falls [5]."
    )

    marked = Grounds(passage, [Piece("The sea rises twice.", "supported", 1)]).marked

    assert marked[0] == ("The sea [4] rises (see Section 2) twice", True)
