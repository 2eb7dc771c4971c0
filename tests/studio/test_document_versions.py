"""Two versions of a document: what is still said, what says something else, what is lost, and what became of pages."""

import pytest

from momentum.providers.documents import Document, Page
from momentum.providers.documents.blocks import Block, page_text
from momentum.providers.writer import Passage, Sentence
from momentum.providers.writer.paragraphs import paragraphs_of
from momentum.studio.domain.document_versions import PageChange, compare
from momentum.studio.domain.sentence_fates import Fate, NewVersion

FEED = (
    "Bees need water close to the apiary throughout the summer.",
    "Feed the colony with two litres of syrup in the first week of September.",
    "A strong colony survives a cold winter on fifteen kilograms of honey.",
    "Paint the handle of the hive tool in a bright colour.",
    "Wash the smoker before the season begins, and test it with a few slow puffs.",
)
CHINESE = (
    "蜜蜂在夏天需要靠近蜂场的水源。",
    "九月的第一周给蜂群喂两升糖浆。",
    "强壮的蜂群靠十五公斤蜂蜜度过寒冬。",
)


def document(*pages: str | tuple[str, ...], labels: tuple[str, ...] = (), language: str = "en") -> Document:
    """A document of which each page holds a paragraph, or several."""
    held = [(page,) if isinstance(page, str) else page for page in pages]
    blocks = [
        [Block(kind="paragraph", page=number, text=text) for text in texts]
        for number, texts in enumerate(held, 1)
    ]
    return Document(
        title="Bees",
        name="Bees",
        language=language,
        confidence=1.0,
        pages=[
            Page(number=number, label=labels[number - 1] if labels else str(number), text=page_text(each))
            for number, each in enumerate(blocks, 1)
        ],
        blocks=[block for each in blocks for block in each],
        outline=[],
        words=100,
        notes=[],
    )


def fate(sentence: str, old: Document, new: Document, *, page: int = 1) -> Fate:
    return _version(old, new).fate(
        Sentence(text=sentence, passage=1, support="supported"),
        Passage(number=1, document="Bees", page=page, text=old.pages[page - 1].text),
    )


def _version(old: Document, new: Document) -> NewVersion:
    comparison = compare(paragraphs_of([old], 0).each, paragraphs_of([new], 0).each)
    return NewVersion(comparison, "Bees", new, old.language)


def _pages(old: Document, new: Document) -> list[PageChange]:
    return _version(old, new).comparison.pages()


def _now(found: Fate) -> list[str]:
    return [statement.text for statement in found.statements]


def test_what_moved_to_another_page_is_still_said_there() -> None:
    old = document(*FEED)
    new = document(FEED[0], "A page about foul brood, which is a disease of the larvae.", *FEED[1:])

    found = fate(FEED[1], old, new, page=2)

    assert (found.state, _now(found), found.statements[0].page) == ("still", [FEED[1]], 3)
    assert _pages(old, new) == [
        PageChange("same", 1, 1),
        PageChange("added", None, 2),
        PageChange("moved", 2, 3),
        PageChange("moved", 3, 4),
        PageChange("moved", 4, 5),
        PageChange("moved", 5, 6),
    ]


def test_a_page_break_in_another_place_changes_nothing() -> None:
    old = document(" ".join(FEED[:3]), " ".join(FEED[3:]))
    new = document(" ".join(FEED[:2]), " ".join(FEED[2:]))

    assert {fate(text, old, new).state for text in FEED} == {"still"}
    assert [change.state for change in _pages(old, new)] == ["same", "same"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FEED[1], FEED[1].replace("two", "three")),
        (FEED[1], FEED[1].replace("first", "second")),
        (FEED[1], FEED[1].replace("Feed", "Do not feed")),
        (FEED[2], FEED[2].replace("survives", "does not survive")),
        (FEED[2], FEED[2].replace("kilograms", "grams")),
        (FEED[2], f"{FEED[2][:-1]}, unless it is damp."),
        ("The queen feeds the worker in the hive.", "The worker feeds the queen in the hive."),
    ],
)
def test_another_number_unit_denial_exception_or_role_is_another_thing(before: str, after: str) -> None:
    old, new = document((FEED[0], before, FEED[3])), document((FEED[0], after, FEED[3]))

    found = fate(before, old, new)

    assert (found.state, _now(found)) == ("changed", [after])
    assert _pages(old, new) == [PageChange("changed", 1, 1)]


def test_what_was_taken_out_is_lost_even_where_something_like_it_is_said() -> None:
    like = "Paint the roof of the hive in a bright colour."
    old, new = document((like, FEED[3]), FEED[4]), document((like,), FEED[4])

    assert fate(FEED[3], old, new) == Fate("lost")
    assert fate(FEED[4], old, document(like), page=2) == Fate("lost")
    assert _pages(old, document(like)) == [PageChange("changed", 1, 1), PageChange("removed", 2, None)]


def test_a_sentence_cut_in_two_or_told_in_other_words_is_still_said() -> None:
    old = document((FEED[4], FEED[0]))
    cut = document(("Wash the smoker before the season begins. Test it with a few slow puffs.", FEED[0]))
    other = document(
        ("Before the season begins, wash the smoker, and test it with a few slow puffs.", FEED[0])
    )

    assert fate(FEED[4], old, cut).is_said
    assert fate(FEED[4], old, other).is_said


def test_another_order_is_no_change() -> None:
    old, new = document(*FEED), document(*reversed(FEED))

    assert {fate(text, old, new, page=number).state for number, text in enumerate(FEED, 1)} == {"still"}
    assert {change.state for change in _pages(old, new)} == {"same", "moved"}


def test_hyphens_quotes_and_spaces_are_no_change() -> None:
    said = "A well-known keeper’s “rule” says that bees over-winter best in dry boxes."
    other = 'A wellknown keeper\'s "rule" says that bees over\u00adwinter  best in dry boxes.'

    assert fate(said, document(said), document(other)).state == "still"


def test_other_page_labels_are_told_though_the_sheets_are_the_same() -> None:
    old, new = document(*FEED), document(*FEED, labels=("i", "ii", "1", "2", "3"))
    version = _version(old, new)
    found = fate(FEED[2], old, new, page=3)

    assert version.passage(found.statements[0], 1).shown_page == "1"


def test_text_without_spaces_between_words_is_compared_too() -> None:
    old = document("".join(CHINESE), language="zh")
    new = document("".join([CHINESE[0], CHINESE[1].replace("两升", "三升")]), language="zh")

    assert fate(CHINESE[0], old, new).state == "still"
    assert (fate(CHINESE[1], old, new).state, _now(fate(CHINESE[1], old, new))) == (
        "changed",
        [CHINESE[1].replace("两升", "三升")],
    )
    assert fate(CHINESE[2], old, new).state == "lost"


def test_what_a_model_said_in_its_own_words_stays_while_its_passage_does() -> None:
    own = "Two litres of syrup will do for early September."
    old = document((FEED[0], FEED[1], FEED[3]))

    assert fate(own, old, document(FEED[4], (FEED[0], FEED[1], FEED[3]))).state == "still"
    changed = fate(own, old, document((FEED[0], FEED[1].replace("two", "three"), FEED[3])))
    assert changed.state in {"changed", "lost"}
