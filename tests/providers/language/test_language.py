import pytest

from momentum.providers.language import Detected, detect, detect_among
from momentum.providers.language.writing import count_words

GARDEN = {
    "en": "Water the bed in the morning, when the soil is cool and the leaves can dry.",
    "de": "Gießen Sie das Beet am Morgen, wenn der Boden kühl ist und die Blätter trocknen können.",
    "fr": "Arrosez la planche le matin, quand la terre est fraîche et que les feuilles peuvent sécher.",
    "es": "Riegue el bancal por la mañana, cuando la tierra está fresca y las hojas pueden secarse.",
    "pl": "Podlewaj grządkę rano, kiedy ziemia jest chłodna, a liście mogą wyschnąć.",
    "ru": "Поливайте грядку утром, когда земля прохладная и листья могут высохнуть.",
    "he": "השקו את הערוגה בבוקר, כשהאדמה קרירה והעלים יכולים להתייבש.",
    "ar": "اسق الحوض في الصباح حين تكون التربة باردة ويمكن للأوراق أن تجف.",
    "ja": "土が冷たく葉が乾く朝のうちに、花壇に水をやりましょう。",
    "zh": "早上土壤凉爽、叶子容易晾干的时候给花坛浇水。",
    "ko": "흙이 시원하고 잎이 마를 수 있는 아침에 화단에 물을 주세요.",
    "th": "รดน้ำแปลงในตอนเช้า เมื่อดินยังเย็นและใบไม้แห้งได้",
    "hi": "क्यारी को सुबह पानी दें, जब मिट्टी ठंडी हो और पत्ते सूख सकें।",
}


@pytest.mark.parametrize("language", GARDEN)
def test_a_sentence_tells_its_language(language: str) -> None:
    assert detect(GARDEN[language] * 3).language == language


@pytest.mark.parametrize("text", ["", "12 + 34 = 46", "*RRG VRLO KROGV ZDWHU DQG OHWV DLU WR WKH URRWV"])
def test_nothing_is_said_of_what_is_in_no_language(text: str) -> None:
    assert detect(text).language == ""


def test_a_document_is_in_the_language_of_most_of_it() -> None:
    found = detect_among([GARDEN["de"], GARDEN["de"], GARDEN["en"]])

    assert found.language == "de"
    assert 0.5 < found.confidence < 0.8


def test_nothing_is_said_of_a_document_in_several_languages() -> None:
    assert detect_among([GARDEN["fr"], GARDEN["pl"], GARDEN["en"]]).language == ""


def test_nothing_at_all_is_in_no_language() -> None:
    assert detect_among([]) == Detected("", 0.0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Soil . . . . . . . 12", 2),
        ("A home – a nest", 4),
        ("Mieter – Wärme: 20 °C", 4),
        ("土壌の水 . . .", 2),
        ("", 0),
    ],
)
def test_a_word_has_a_letter_or_a_digit(text: str, words: int) -> None:
    assert count_words(text) == words
