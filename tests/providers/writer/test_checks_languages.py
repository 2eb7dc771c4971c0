"""Questions in the languages of the writer's tables, those without spaces between words among them."""

import pytest

from momentum.providers.writer.extractive import checks
from momentum.providers.writer.extractive.checks.numbers import ask_number
from momentum.providers.writer.extractive.checks.truths import ask_truth
from momentum.providers.writer.extractive.languages.teaching import find
from tests.providers.writer.days import day, right


@pytest.mark.parametrize("code", ["en", "de", "es", "fr", "it", "pt", "nl", "ja", "zh", "ar"])
def test_each_language_says_all_that_a_teacher_says(code: str) -> None:
    teaching, english = find(code), find("en")

    assert len(teaching.actions) == len(english.actions)
    assert len(teaching.actions_about) == len(english.actions_about)
    for blank, said in [
        ("{term}", [*teaching.actions, *teaching.objectives, teaching.describe]),
        (
            "{title}",
            [*teaching.actions_about, *teaching.objectives_about, teaching.objective_steps, teaching.steps],
        ),
        ("{sentence}", [teaching.number, teaching.word, teaching.is_true]),
        ("{lead}", [teaching.order_of, teaching.belongs]),
        ("{row}", [teaching.cell]),
    ]:
        assert all(blank in text for text in said)
    assert "{prompt}" in teaching.yesterday
    assert "{quote}" in teaching.why
    assert "{place}" in teaching.why


def test_a_question_in_german_is_asked_in_german() -> None:
    said = "Ein Stockmeißel ist ein flacher Hebel aus Stahl zum Trennen der Zargen."
    others = [
        "Ein Smoker ist ein kleiner Blasebalg mit einem Feuertopf zum Beruhigen der Bienen.",
        "Eine Bienenflucht ist eine Schleuse für Arbeiterinnen auf dem Weg aus dem Honigraum.",
    ]

    [question, *_] = checks.ask(day(said, elsewhere=others, code="de"), 1)

    assert question.prompt == "Welche Beschreibung passt zu „Stockmeißel“?"
    assert right(question) == ["Ein flacher Hebel aus Stahl zum Trennen der Zargen."]


@pytest.mark.parametrize(
    ("code", "texts", "answer"),
    [
        ("ja", ["ミツバチの群れは一年におよそ30キロの蜂蜜を作ります。"], "30"),
        ("zh", ["一个强壮的蜂群每年大约生产30公斤蜂蜜。"], "30"),
        ("ar", ["تنتج الخلية القوية 30 كيلوغرامًا من العسل كل عام."], "30"),
    ],
)
def test_numbers_are_asked_for_in_languages_of_other_scripts(
    code: str, texts: list[str], answer: str
) -> None:
    [(_, question)] = ask_number(day(*texts, code=code))

    assert right(question) == [answer]
    assert "_____" in question.prompt


@pytest.mark.parametrize(
    ("code", "sentence", "changed"),
    [
        ("ja", "巣箱の温度は自動的に一定の高さに保たれます。", "巣箱の温度は手動で一定の高さに保たれます。"),
        ("zh", "养蜂人在第一次霜冻之前给蜂群喂糖浆。", "养蜂人在第一次霜冻之后给蜂群喂糖浆。"),
        ("ar", "يغذي النحال الخلية قبل أول صقيع في الخريف.", "يغذي النحال الخلية بعد أول صقيع في الخريف."),
    ],
)
def test_a_fact_is_changed_in_languages_of_other_scripts(code: str, sentence: str, changed: str) -> None:
    [(_, question)] = ask_truth(day(sentence, code=code))

    is_true = right(question) == [question.choices[0]]
    assert (sentence if is_true else changed) in question.prompt


@pytest.mark.parametrize(
    ("code", "conditions", "start"),
    [
        (
            "ja",
            [
                "水が凍った場合は、毎朝トレイの氷を割ります。",
                "女王がいない場合は、働き蜂が新しい女王を育てます。",
                "群れが分かれた場合は、枝の下に箱を置きます。",
            ],
            "水が凍った場合は、",
        ),
        (
            "zh",
            [
                "如果水结了冰，养蜂人每天早上打碎托盘上的冰。",
                "如果蜂群没有蜂王，工蜂会养育一只新的蜂王。",
                "如果蜂群分开了，养蜂人把箱子放在树枝下面。",
            ],
            "如果水结了冰，",
        ),
        (
            "ar",
            [
                "إذا تجمد الماء، يكسر النحال الجليد كل صباح.",
                "إذا غابت الملكة، تربي العاملات ملكة جديدة في أيام.",
                "إذا نضج العسل، تغلق العاملات العيون بشمع أبيض.",
            ],
            "إذا تجمد الماء،",
        ),
    ],
)
def test_a_condition_is_asked_for_in_languages_of_other_scripts(
    code: str, conditions: list[str], start: str
) -> None:
    [question, *_] = checks.ask(day(*conditions, code=code), 1)

    assert start in question.prompt
    assert len(question.choices) == 3
    assert right(question)[0].removeprefix("… ") in conditions[0]
