"""How pages become passages, and how a citation is checked."""

import pytest

from momentum.providers.documents import Document, Page
from momentum.providers.writer import Passage, SourceSpan
from momentum.providers.writer.model.passages import cut, select
from momentum.providers.writer.model.schema import SentenceAnswer
from momentum.providers.writer.model.support import checked
from momentum.providers.writer.support import support
from tests.providers.writer.model_cast import book

HONEY = "A strong colony makes 30 kilograms of honey in a summer, and the bees need about 15 of them for the winter."


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A strong colony makes 30 kilograms of honey in a summer.", "supported"),
        ("In a summer, strong colonies make 30 kilograms of honey.", "supported"),
        ("A strong colony makes 40 kilograms of honey in a summer.", "partly"),
        ("A strong colony never makes honey in a summer.", "partly"),
        ("The colony needs honey for the winter, or else it starves before spring arrives.", "partly"),
        ("Wasps build paper nests under the eaves of houses.", "none"),
        ("So it is.", "none"),
    ],
)
def test_support_is_found_by_comparing_words_numbers_and_denials(sentence: str, expected: str) -> None:
    assert support(sentence, HONEY) == expected


def test_support_works_for_scripts_without_spaces() -> None:
    passage = "蜜蜂在夏天采集花蜜，冬天住在蜂箱里。"

    assert support("蜜蜂在夏天采集花蜜。", passage) == "supported"
    assert support("今天股票市场下跌了很多。", passage) == "none"


@pytest.mark.parametrize(
    ("answer", "found", "passage"),
    [
        (SentenceAnswer(text=HONEY, passage=4), "supported", 4),
        (SentenceAnswer(text="Wasps build nests of paper.", passage=4), "none", None),
        (SentenceAnswer(text=HONEY), "none", None),
        (SentenceAnswer(text="Now look at the honey.", role="link"), "linking", None),
        (SentenceAnswer(text="They make 30 kilograms.", role="link"), "none", None),
        (SentenceAnswer(text=" ".join(["word"] * 19), role="link"), "none", None),
        (SentenceAnswer(text=HONEY, passage=4, role="link"), "supported", 4),
    ],
)
def test_a_sentence_is_marked_by_what_is_found_not_by_what_the_model_says(
    answer: SentenceAnswer, found: str, passage: int | None
) -> None:
    sentence = checked(answer, {4: Passage(number=4, document="Bees", page=2, text=HONEY)}).sentence()

    assert (sentence.support, sentence.passage) == (found, passage)


def test_passages_are_slices_of_the_page_and_lose_no_word() -> None:
    for page in book().pages:
        passages = cut(page.text)

        assert all(passage in page.text for passage in passages)
        assert " ".join(passages).split() == page.text.split()
        assert all(len(passage.split()) <= 160 for passage in passages)


def test_short_blocks_are_joined_and_long_ones_cut_between_sentences() -> None:
    sentence = "The bees of this hive fly out each morning when the sun is warm enough. "
    page = "A heading\n\nA short line.\n\n" + sentence * 20

    passages = cut(page)

    assert [len(passage.split()) for passage in passages] == [125, 120, 60]
    assert all(passage.endswith("enough.") for passage in passages)
    assert cut("") == []
    assert cut("One line only") == ["One line only"]


def test_a_heading_stays_with_the_text_below_it() -> None:
    above = (
        "The queen lays her eggs from the first warm days of spring until the asters fade in autumn, and in June she "
        "may lay two thousand in a day."
    )
    below = "Drones are the males of the hive."

    assert cut(f"{above}\n\nThe drones\n\n{below}") == [above, f"The drones\n\n{below}"]


def test_text_without_spaces_is_cut_too() -> None:
    passages = cut("蜜蜂在夏天采集花蜜。" * 400)

    assert len(passages) > 2
    assert "".join(passages) == "蜜蜂在夏天采集花蜜。" * 400


def test_passages_come_from_the_pages_of_the_brief_only() -> None:
    first, second = book(), Document(title="Wasps", pages=[Page(number=1, text=HONEY)], words=20)

    chosen = select(
        [first, second],
        [
            SourceSpan(document=0, first_page=2, last_page=2),
            SourceSpan(document=1, first_page=1, last_page=1),
        ],
        "honey",
        10_000,
    ).passages

    assert {(passage.document, passage.page) for passage in chosen} == {
        ("A Handbook of Bees", 2),
        ("Wasps", 1),
    }
    assert [passage.number for passage in chosen] == list(range(1, len(chosen) + 1))


def test_when_there_is_too_much_the_passages_that_fit_the_brief_are_kept_in_order() -> None:
    needle = "Varroa mites are counted on a board below the frames, and treated in August with formic acid."
    reference = book(needle)
    everything = select([reference], [], "", 1_000_000)

    chosen = select([reference], [], "How to count varroa mites on a board", 200)

    assert any(passage.text == needle for passage in chosen.passages)
    assert sum(len(passage.text) for passage in chosen.passages) <= 800
    assert chosen.available == len(everything.passages) > len(chosen.passages)
    assert [p.page for p in chosen.passages] == sorted(p.page for p in chosen.passages)
