"""Words inside runs of letters: languages that are written without spaces."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from momentum.search.actions import rebuild
from momentum.search.domain.ngrams import SPAN
from momentum.search.models import Word
from tests.factories import make_category, make_course
from tests.pages import main, soup, words


@pytest.fixture
def shelf(db: None) -> None:
    """A course in each of seven languages, and one that has the Japanese one's letters in another order."""
    category = make_category(name="健康生活", slug="wellbeing")
    for language, title, summary in (
        ("ja", "深い睡眠のための七日間", "夜の習慣をととのえる。"),
        ("ja", "眠れる森と水辺の睡蓮", "散歩の本。"),
        ("zh", "城市花园入门", "在阳台上种菜。"),
        ("th", "ทำอาหารไทยที่บ้าน", "เรียนวันละนิด"),
        ("lo", "ຮຽນພາສາລາວ", "ບົດຮຽນສັ້ນ"),
        ("km", "រៀនធ្វើម្ហូបខ្មែរ", "មេរៀនខ្លី"),
        ("my", "မြန်မာစာသင်ခန်းစာ", "တစ်နေ့တစ်ခု"),
        ("ko", "정원에서 보내는 하루", "씨앗을 심고 물을 줍니다."),
        ("ja", "Pythonで家計簿", "はじめての自動化。"),
    ):
        made = make_course(title=title, summary=summary, language=language, category=category, days=1)
        made.lessons.update(content="<p>本文。</p>")
    rebuild()


def _found(client: Any, query: str, **more: str) -> list[str]:
    page = client.get("/courses/", {"q": query, **more})
    return [one.get_text().strip() for one in main(page).select("#results .card__title")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("睡眠", ["深い睡眠のための七日間"]),
        ("七日", ["深い睡眠のための七日間"]),
        ("深い睡眠のため", ["深い睡眠のための七日間"]),
        ("習慣", ["深い睡眠のための七日間"]),
        ("睡眠 習慣", ["深い睡眠のための七日間"]),
        ("眠睡", []),
        ("睡眠水辺", []),
        ("森", ["眠れる森と水辺の睡蓮"]),
        ("睡 -森", ["深い睡眠のための七日間"]),
        ('"睡蓮" or 花园', ["城市花园入门", "眠れる森と水辺の睡蓮"]),
        ("花园入", ["城市花园入门"]),
        ("阳台", ["城市花园入门"]),
        ("อาหาร", ["ทำอาหารไทยที่บ้าน"]),
        ("ที่บ้าน", ["ทำอาหารไทยที่บ้าน"]),
        ("อาหน", []),
        ("ພາສາ", ["ຮຽນພາສາລາວ"]),
        ("ម្ហូប", ["រៀនធ្វើម្ហូបខ្មែរ"]),
        ("သင်ခန်း", ["မြန်မာစာသင်ခန်းစာ"]),
        ("정원", ["정원에서 보내는 하루"]),
        ("씨앗 하루", ["정원에서 보내는 하루"]),
        ("꽃", []),
        ("python", ["Pythonで家計簿"]),
        ("Python家計", ["Pythonで家計簿"]),
        ("家計 pyth", ["Pythonで家計簿"]),
        ("自動\u200b化", ["Pythonで家計簿"]),
        ("健康 森", ["眠れる森と水辺の睡蓮"]),
    ],
)
def test_a_word_is_found_inside_a_run_and_only_where_it_stands(
    client: Any, shelf: None, query: str, found: list[str]
) -> None:
    assert sorted(_found(client, query)) == found
    assert sorted(_found(client, query, sort="title")) == found


def test_what_was_found_is_marked_and_quoted_where_the_card_doesn_t_say_it(client: Any, db: None) -> None:
    long = "これは静かな朝の話です。" * 20 + "波の高さを毎日記録します。" + "それから家に帰ります。" * 20
    made = make_course(
        title="海辺の暮らし", summary="潮を読む。", description="<p>海について。</p>", days=1, language="ja"
    )
    made.lessons.update(content=f"<p>{long}</p>", preview=True)
    rebuild()

    card = main(client.get("/courses/?q=海辺")).select_one(".card")
    assert [one.get_text() for one in card.select("mark")] == ["海辺"]
    assert card.select_one(".card__title mark") is not None
    assert card.select_one(".card__quote") is None
    card = main(client.get("/courses/?q=記録")).select_one(".card")
    assert [one.get_text() for one in card.select("mark")] == ["記録"]
    quote = card.select_one(".card__quote").get_text()
    assert quote.startswith("Day 1: … ")
    assert quote.endswith(" …")
    assert "波の高さを毎日記録します。" in quote


def test_in_a_long_course_every_place_is_found(client: Any, db: None) -> None:
    made = make_course(title="長い本", summary="読む。", days=1, language="ja")
    filler = "".join(chr(0x4E00 + 7 * number % 5000) for number in range(SPAN * 90))
    said = [f"蜻蛉返{chr(0x3041 + number)}魍魎草紙" for number in range(60)]
    step = len(filler) // len(said)
    text = "".join(filler[step * place : step * (place + 1)] + one for place, one in enumerate(said))
    made.lessons.update(content=f"<p>{text}</p>")
    rebuild()

    assert [one for one in said if _found(client, one, exact="1") != ["長い本"]] == []
    assert _found(client, "魍魎蜻蛉") == []


def test_no_correction_is_made_of_a_run_or_to_one(client: Any, shelf: None) -> None:
    page = client.get("/courses/?q=深い睡魔のための七日間")

    assert "No results for “深い睡魔のための七日間”" in words(page)
    assert [word for word in Word.objects.values_list("word", flat=True) if not word.isascii()] == []


def test_a_run_costs_no_more_queries_than_a_word(client: Any, shelf: None) -> None:
    make_course(title="Sleep and forest", days=1)
    rebuild()
    counts = []
    for query in ("sleep", "睡眠", "本文"):
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/courses/", {"q": query}).status_code == 200
        counts.append(len(seen))

    assert counts == [3, 3, 4]


def test_runs_are_suggested_while_typing(client: Any, shelf: None) -> None:
    def offered(typed: str) -> list[str]:
        return [
            words(one)
            for one in soup(client.get("/search/suggestions/", {"q": typed})).select("[role=option]")
        ]

    assert offered("水辺") == ["眠れる森と水辺の睡蓮", "See all results for “水辺”"]
    assert offered("康生") == ["健康生活", "See all results for “康生”"]
    assert offered("家計 pyt") == ["Pythonで家計簿", "See all results for “家計 pyt”"]
    assert offered("水睡") == ["See all results for “水睡”"]
