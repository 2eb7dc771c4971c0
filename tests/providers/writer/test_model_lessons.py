"""A model's lesson is looked up, measured and sent back once; what stays wrong is marked and told to the reviewer."""

from typing import Any

import pytest

from momentum.providers.writer import LessonBrief, LessonDraft, Passage, SourceSpan, Term, WriterError
from momentum.providers.writer.model import ModelConfig, build_writer
from momentum.providers.writer.model.quotes import is_quoted
from momentum.providers.writer.model.schema import SentenceAnswer
from momentum.providers.writer.model.support import checked
from tests.providers import fake_answers
from tests.providers.fake_models import FakeModels, Reply
from tests.providers.writer.model_cast import REQUEST, book, writer_on

BRIEF = LessonBrief(
    day=2,
    title="Choosing a place",
    goal="Know where a hive does best.",
    points=["Morning sun"],
    source=[SourceSpan(document=0, first_page=1, last_page=2)],
)
HONEY = (
    "A strong colony makes 30 kilograms of honey in a summer. The bees need about 15 of them for the winter, un-\n"
    "less the hive is fed."
)


def good_lesson(fake: FakeModels) -> dict[str, Any]:
    """What the fake answers by itself; the requests for it are forgotten."""
    writer_on(fake).lesson(REQUEST, BRIEF, [book()])
    answer = fake_answers.answer("LessonAnswer", fake.asked[0].given)
    fake.asked.clear()
    return answer


def write(fake: FakeModels) -> LessonDraft:
    return writer_on(fake).lesson(REQUEST, BRIEF, [book()]).value


def ending(answer: dict[str, Any], *sentences: dict[str, Any]) -> dict[str, Any]:
    return answer | {"recap": {"heading": "What to keep", "sentences": list(sentences)}}


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("A strong colony makes 30 kilograms of honey", True),
        ("a  strong\ncolony makes 30 kilograms", True),
        ("for the winter, unless the hive is fed", True),
        ("A strong colony makes 30 kilo-grams … for the winter", True),
        ("for the winter … A strong colony", False),
        ("A strong colony makes 40 kilograms of honey", False),
        ("A strong colony makes 3.0 kilograms of honey", False),
        ("honey", False),
        ("", False),
    ],
)
def test_a_quote_is_found_whatever_became_of_its_spaces_and_hyphens(quote: str, found: object) -> None:
    assert is_quoted(quote, HONEY) is found


@pytest.mark.parametrize(
    ("text", "quote", "support"),
    [
        (
            "A strong colony makes 30 kilograms of honey in a summer.",
            "makes 30 kilograms of honey",
            "supported",
        ),
        ("A strong colony makes 40 kilograms of honey in a summer.", "makes 30 kilograms of honey", "none"),
        (
            "A strong colony makes no honey in a summer.",
            "A strong colony makes 30 kilograms of honey",
            "none",
        ),
        ("Wasps build nests of paper.", "wasps build nests of paper", "none"),
    ],
    ids=["true", "another number", "the opposite", "an invented quote"],
)
def test_a_claim_is_held_against_what_it_cites(text: str, quote: str, support: str) -> None:
    passages = {1: Passage(number=1, document="Bees", page=2, text=HONEY)}

    claim = checked(SentenceAnswer(text=text, passage=1, quote=quote), passages)

    assert (claim.support, claim.fails) == (support, support == "none")
    assert claim.sentence().passage == (1 if support == "supported" else None)


def test_a_quote_from_another_passage_is_cited_there() -> None:
    passages = {
        1: Passage(number=1, document="Bees", page=1, text="Wasps build nests of paper under the eaves."),
        2: Passage(number=2, document="Bees", page=2, text=HONEY),
    }
    text = "A strong colony makes 30 kilograms of honey in a summer."

    claim = checked(SentenceAnswer(text=text, passage=1, quote=text), passages)

    assert (claim.passage, claim.support) == (2, "supported")


def test_a_translation_keeps_its_citation_for_the_reviewer() -> None:
    passages = {1: Passage(number=1, document="Bees", page=2, text=HONEY)}
    text = "Ein starkes Volk macht in einem Sommer dreißig Kilogramm Honig für den Imker."

    claim = checked(SentenceAnswer(text=text, passage=1, quote="makes 30 kilograms of honey"), passages)

    assert (claim.reason, claim.fails) == ("language", False)
    assert (claim.sentence().passage, claim.sentence().support) == (1, "partly")


def test_a_lesson_has_its_five_parts_and_its_length(fake: FakeModels) -> None:
    draft = write(fake)

    assert [section.heading for section in draft.sections] == list(fake_answers.PARTS)
    assert 350 <= draft.words <= 650
    assert draft.notes == []
    assert len(fake.asked) == 3


def test_a_lesson_that_is_too_short_is_sent_back_once_and_the_longer_one_is_taken(fake: FakeModels) -> None:
    good = good_lesson(fake)
    few = {"heading": "Short", "sentences": good["recap"]["sentences"][:2]}
    short = good | dict.fromkeys(("hook", "example", "practice", "recap"), few)
    fake.will(Reply(answer=short))

    draft = write(fake)

    assert "words, but must have 350 to 650" in fake.asked[1].text
    assert 350 <= draft.words <= 650
    assert draft.notes == []


def test_a_lesson_that_stays_too_long_is_marked(fake: FakeModels) -> None:
    good = good_lesson(fake)
    long = good | {"recap": good["recap"] | {"sentences": good["recap"]["sentences"] * 8}}
    fake.will(Reply(answer=long), Reply(answer=long))

    draft = write(fake)

    assert draft.words > 650
    assert draft.notes == [f"This lesson has {draft.words} words; 350 to 650 were asked for."]
    assert len(fake.asked) == 4


def test_a_changed_number_is_sent_back_with_the_reason(fake: FakeModels) -> None:
    good = good_lesson(fake)
    true = next(
        s for s in good["concept"][0]["sentences"] + good["hook"]["sentences"] if s["passage"] is not None
    )
    wrong = true | {"text": f"{true['text'].rstrip('.')} in 77 days out of 99."}
    fake.will(Reply(answer=ending(good, *[true] * 6, wrong)))

    draft = write(fake)

    assert f"“{wrong['text']}”" in fake.asked[1].text
    assert all(s.support != "none" for section in draft.sections for s in section.sentences)


def test_what_stays_wrong_is_marked(fake: FakeModels) -> None:
    good = good_lesson(fake)
    lie = {
        "text": "The moon is made of green cheese from Normandy.",
        "passage": 1,
        "quote": "made of green cheese",
    }
    bad = ending(good, *good["recap"]["sentences"], lie)
    fake.will(Reply(answer=bad), Reply(answer=bad))

    draft = write(fake)

    assert "its quote stands in no passage" in fake.asked[1].text
    marked = [s for section in draft.sections for s in section.sentences if s.support == "none"]
    assert [(s.text, s.passage) for s in marked] == [(lie["text"], None)]
    assert any("1 of " in note and "rest on no passage" in note for note in draft.notes)


def test_a_second_answer_that_is_no_use_leaves_the_first(fake: FakeModels) -> None:
    good = good_lesson(fake)
    long = good | {
        "title": "The long one",
        "recap": good["recap"] | {"sentences": good["recap"]["sentences"] * 8},
    }
    fake.will(Reply(answer=long), Reply(stop="refusal", text="No more."))

    draft = write(fake)

    assert draft.title == "The long one"
    assert draft.questions != []


def test_a_model_that_is_busy_when_the_lesson_is_sent_back_is_left_to_the_workflow(fake: FakeModels) -> None:
    good = good_lesson(fake)
    long = good | {"recap": good["recap"] | {"sentences": good["recap"]["sentences"] * 8}}
    fake.will(Reply(answer=long), Reply(status=429))

    with pytest.raises(WriterError) as caught:
        write(fake)

    assert (caught.value.code, caught.value.permanent) == ("throttled", False)
    assert caught.value.usage[0].requests == 1


GERMAN = "Ein starkes Volk macht in einem Sommer dreißig Kilogramm Honig für den Imker."


@pytest.mark.parametrize(("verdict", "support"), [("yes", "supported"), ("partly", "partly"), ("no", "none")])
def test_where_it_is_configured_the_cheap_model_judges_what_words_cannot_tell(
    fake: FakeModels, verdict: str, support: str
) -> None:
    config = ModelConfig(base_url=fake.base_url("openai"), cheap="openai:small", judges=True)
    good = good_lesson(fake)
    first = next(s for s in good["hook"]["sentences"] if s["passage"] is not None)
    translated = ending(good, *[first] * 6, first | {"text": GERMAN})
    judged = Reply(answer={"verdicts": [{"claim": 1, "verdict": verdict}]})
    fake.will(
        Reply(answer=translated), judged, *([Reply(answer=translated), judged] if verdict == "no" else [])
    )

    draft = build_writer("openai:large", config).lesson(REQUEST, BRIEF, [book()]).value

    assert fake.asked[1].body["model"] == "small"
    assert GERMAN in fake.asked[1].text
    [sentence] = [s for section in draft.sections for s in section.sentences if s.text == GERMAN]
    assert sentence.support == support


def test_terms_of_earlier_days_and_what_yesterday_taught_are_given(fake: FakeModels) -> None:
    writer = writer_on(fake)
    outline = writer.outline(REQUEST, [book()]).value

    briefs = writer.briefs(REQUEST, outline, [book()]).value

    assert '"of_day": 1' in fake.asked[1].text
    assert outline.lessons[0].objectives == ["Explain day 1"]
    assert [brief.taught_yesterday.partition(":")[0] for brief in briefs] == [
        "",
        briefs[0].title,
        briefs[1].title,
    ]
    assert [[term.term for term in brief.known_terms] for brief in briefs] == [
        [],
        ["Term 1"],
        ["Term 1", "Term 2"],
    ]
    writer.lesson(REQUEST, briefs[1], [book()])
    lesson = fake.asked[2].text
    assert "- Term 1: What day 1 is named after." in lesson
    assert "- Term 2 (new): What day 2 is named after." in lesson
    assert f"Yesterday taught: {briefs[0].title}" in lesson


def test_a_term_keeps_the_meaning_of_the_day_that_introduced_it(fake: FakeModels) -> None:
    writer = writer_on(fake)
    outline = writer.outline(REQUEST, []).value
    briefs = [
        {
            "day": day,
            "goal": "Know it.",
            "points": ["It"],
            "terms": [{"term": "Hive", "meaning": f"Meaning {day}"}],
        }
        for day in (1, 2, 3)
    ]
    fake.will(Reply(answer={"briefs": briefs}))

    written = writer.briefs(REQUEST, outline, []).value

    assert [brief.terms for brief in written] == [[Term(term="Hive", meaning="Meaning 1")], [], []]
    assert written[2].known_terms == [Term(term="Hive", meaning="Meaning 1")]


def test_the_whole_earlier_version_is_seen(fake: FakeModels) -> None:
    first = write(fake)
    fake.asked.clear()

    writer_on(fake).lesson(REQUEST, BRIEF, [book()], note="shorter", previous=first)

    text = fake.asked[0].text
    for section in first.sections:
        assert section.heading in text
    assert first.key_points[0].text in text
    assert first.questions[0].prompt in text
    assert first.action_items[0].text in text


@pytest.mark.parametrize(
    ("language", "lead"),
    [("en", "After this lesson you can:"), ("de", "Nach dieser Lektion können Sie:"), ("sw", "")],
)
def test_a_lesson_opens_with_what_a_learner_will_be_able_to_do(
    fake: FakeModels, language: str, lead: str
) -> None:
    request = REQUEST.model_copy(update={"language": language})
    brief = BRIEF.model_copy(update={"objectives": ["Choose a place for a hive", "Shelter it from wind"]})

    opening = writer_on(fake).lesson(request, brief, [book()]).value.opening

    assert "- Choose a place for a hive" in fake.asked[0].text
    assert [(block.kind, [s.text for s in block.sentences]) for block in opening] == [
        *([("paragraph", [lead])] if lead else []),
        ("bullets", ["Choose a place for a hive", "Shelter it from wind"]),
    ]
