"""Whether a passage says what a sentence claims: pairs in five languages, and what they taught."""

import pytest

from bench.support import Judged, judged, share
from momentum.providers.writer.support import judge, support


@pytest.fixture(scope="module")
def pairs() -> list[Judged]:
    return list(judged())


@pytest.mark.thorough
def test_nothing_untrue_is_supported_in_any_language(pairs: list[Judged]) -> None:
    untrue = [pair for pair in pairs if pair.kind not in {"same", "paraphrase"}]

    assert len(pairs) >= 200
    assert len(untrue) >= 200
    assert {pair.kind for pair in untrue} == {"opposite", "swapped", "number", "dropped", "translation"}
    assert [(pair.claim, pair.passage) for pair in untrue if not pair.is_right] == []


@pytest.mark.thorough
@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "it"])
def test_what_is_quoted_is_supported_and_so_are_nine_in_ten_paraphrases(
    pairs: list[Judged], language: str
) -> None:
    own = [pair for pair in pairs if pair.language == language]

    assert share([pair for pair in own if pair.kind == "same"]) == 1
    assert share([pair for pair in own if pair.kind == "paraphrase"]) >= 0.9


@pytest.mark.thorough
def test_nine_in_ten_paraphrases_of_what_was_held_out_are_supported(pairs: list[Judged]) -> None:
    held_out = [pair for pair in pairs if pair.held_out]

    assert len(held_out) >= 100
    assert share([pair for pair in held_out if pair.kind == "paraphrase"]) >= 0.9


PASSAGE = "The pump must be cleaned once a week, unless it was idle. It moves 2 km³ of air in an hour."
RULE = "A deposit of 50 euros is paid by the tenant to the owner before the keys are given."


@pytest.mark.parametrize(
    ("claim", "passage", "found", "reason"),
    [
        ("The tenant pays the owner a deposit of 50 euros before the keys are given.", RULE, "supported", ""),
        ("The owner pays the tenant a deposit of 50 euros before the keys are given.", RULE, "partly", "roles"),
        ("A deposit of 60 euros is paid by the tenant to the owner.", RULE, "partly", "number"),
        ("A deposit of 50 dollars is paid by the tenant.", RULE, "partly", "number"),
        ("A deposit of 50 euros is paid by the tenant to the owner after the keys are given.",
         RULE, "partly", "opposite"),
        ("No deposit is paid by the tenant to the owner before the keys are given.", RULE, "partly", "opposite"),
        ("The pump must be cleaned once a week.", PASSAGE, "partly", "opposite"),
        ("The pump must be cleaned every week, unless it was idle.", PASSAGE, "supported", ""),
        ("The pump must be cleaned every day, unless it was idle.", PASSAGE, "partly", "condition"),
        ("The museum closes on Mondays in winter.", PASSAGE, "none", "words"),
        ("La pompe doit être nettoyée une fois par semaine, sauf sans service.", PASSAGE, "partly", "language"),
        ("…", PASSAGE, "none", "words"),
    ],
)  # fmt: skip
def test_a_claim_is_judged_with_a_reason(claim: str, passage: str, found: str, reason: str) -> None:
    verdict = judge(claim, passage)

    assert (verdict.support, verdict.reason) == (found, reason)


def test_the_weakest_sentence_of_a_claim_counts() -> None:
    claim = "The pump must be cleaned once a week, unless it was idle. It is made of copper."

    assert support(claim, PASSAGE) != "supported"


@pytest.mark.parametrize(
    ("claim", "passage", "found"),
    [
        ("Os gatos dormem de dia.", "Os gatos dormem de dia. À noite caçam ratos.", "supported"),
        ("Os gatos dormem de dia.", "Os gatos dormem de dia, exceto no inverno.", "partly"),
        ("Os gatos dormem 12 horas de dia.", "Os gatos dormem 16 horas de dia.", "partly"),
        ("猫在白天睡觉。", "除非下雨，猫在白天睡觉。", "partly"),
    ],
)
def test_in_a_language_without_tables_only_what_is_quoted_is_supported(
    claim: str, passage: str, found: str
) -> None:
    assert support(claim, passage) == found


@pytest.mark.parametrize("nothing", ["", "…", "***", "“ ”", "\n"])
def test_what_has_no_words_says_and_supports_nothing(nothing: str) -> None:
    assert judge(nothing, "Bees store honey in combs.", language="en").support == "none"
    assert judge("Bees store honey in combs.", nothing, language="en").support == "none"
    assert judge("Bees store honey.", f"Bees store honey. {nothing}", language="en").support == "supported"
