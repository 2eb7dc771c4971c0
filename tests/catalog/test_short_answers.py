"""What counts as a short answer: as people mean it, neither more nor less."""

from typing import Any

import pytest

from momentum.catalog.domain.short_answers import Miss, accepts, miss

NUMBERS: dict[str, tuple[list[str], list[str]]] = {
    "2.5": (
        ["2.5", "2,5", " 2.50 ", "+2.5", "5/2", "2½", "2 1/2", "2.5.", "25e-1", "0,25×10¹", "２．５", "٢٫٥", "२.५",
         "250%"],
        ["25", "-2.5", "−2.5", "2:5", "2 5", "2,500", "2.5 m", "2.5.0", "two and a half", ""],
    ),
    "-8": (["-8", "−8", "–8", "- 8", "-8.0", "－８"], ["8", "+8", "--8", "-80"]),
    "2400": (
        ["2,400", "2.400", "2 400", "2'400", "2’400", "2\u202f400", "2\u00a0400", "2_400", "2400.00", "2.4e3",
         "2,4·10^3", "２４００"],
        ["24", "2.4", "240", "2,40", "24 00", "-2400"],
    ),
    "2.718": (["2,718", "2.718"], ["2718", "2.72"]),
    "7654321": (["7,654,321", "76,54,321", "7.654.321", "7 654 321"], ["7,6,54321", "765432"]),
    "3/4": (["¾", "0.75", "0,75", "3 / 4", ".75", "75 %", "3⁄4", "6/8"], ["34", "4/3", "-3/4", "3/40"]),
    "8%": (["8 %", "8％", "8 percent", "0.08", "8.0%"], ["8", "80%", "8‰", "-8%"]),
    "3e8": (["3×10^8", "3·10⁸", "3 x 10^8", "300 000 000"], ["3e7", "3", "38", "3108"]),
    "10³": (["1000", "10^3", "1e3", "1 000"], ["103", "30"]),
    "4 km": (["4km", "4.0 KM", "4,0 km"], ["4", "4 m", "4 km/h", "40 km", "-4 km"]),
    "3 mW": (["3mW", "3,0 mW"], ["3 MW", "3 kW"]),
    "€7.50": (["7.50 €", "7,50€", "€ 7,5"], ["7.50", "$7.50", "750 €"]),
    "18 °C": (["18°C", "18 ℃"], ["18 °F", "-18 °C", "18"]),
    "9": (["009", "9"], ["90"]),
    "€35": (["35 EUR", "EUR 35", "35 euros", "35.00 €"], ["35", "$35", "35 GBP"]),
    "KWD 6.250": (["6.25 KWD"], ["6250 KWD", "6.25"]),
    "₺80": (["80 ₺", "80 TL"], ["80", "8 ₺"]),
    "40 m²": (["40 m2", "40m^2"], ["40 m", "40 m3"]),
    "10⁻⁶": (["10^(-6)", "10^{-6}", "1e-6"], ["10^6", "10-6"]),
    "60°": (["60º", "60 °"], ["60", "6°"]),
    "¼": (["1/4.", "0.25"], ["14"]),
    "30%": (["٣٠٪", "30 percent"], ["30"]),
    "6 × 9": (["6x9", "6 * 9", "6·9"], ["69", "9x6"]),
    "0": (["0", "-0", "0,0"], ["", "o", "O"]),
}  # fmt: skip
SIGNS: dict[str, tuple[list[str], list[str]]] = {
    "1:3": (["1 : 3"], ["13", "1/3", "3:1", "1.3"]),
    "8:45": ([" 8:45 "], ["845", "8.45"]),
    "F#": (["f#", " F # ", "F#."], ["F", "F++"]),
    "F": (["f", "F."], ["F#", "F++", "F:"]),
    "g++": (["G++"], ["g", "g+", "g--"]),
    ".env": ([".ENV"], ["env"]),
    "+": (["＋"], ["-", "*"]),
    "-": (["−", "–"], ["+"]),
    "k!": (["K!"], ["k"]),
    "y²": (["y^2", "y ²"], ["y2", "y3"]),
    "CO₂": (["co2"], ["co", "CO²"]),
    "main()": (["Main()"], ["main"]),
    "p+q": (["p + q"], ["pq", "p-q"]),
    "0044": (["0044", "００４４"], ["44"]),
    "Ruby 3.10": (["ruby 3.10"], ["ruby 3.1"]),
    "3, 5, 7": (["3,5,7", "3,5, 7"], ["357"]),
    "10.0.0.1": (["10.0.0.1"], ["10001"]),
    "?": (["？"], ["!"]),
    "3∶7": (["3:7"], ["37"]),
    "06:15": (["6:15"], ["16:15", "615"]),
    "F♯": (["F#", "f♯"], ["F", "F♭"]),
    "Mg²⁺": (["Mg2+", "mg^2+"], ["Mg", "Mg+", "Mg2-"]),
    "y ≥ 2": (["y>=2"], ["y>2", "y<=2"]),
    "PHP 7.10": (["php 7.10"], ["PHP 7.1"]),
    "10^(n+1)": (["10^(n+1)"], ["10^n+1"]),
}
MARKS: dict[str, tuple[list[str], list[str]]] = {
    "ば": (["ば", "は\u3099"], ["は", "ぱ"]),
    "は": (["は"], ["ば"]),
    "ド": (["ﾄﾞ"], ["ト", "と"]),
    "ข้าว": (["ข้าว"], ["ขาว", "ข่าว"]),
    "की": (["की"], ["कि", "का", "क"]),
    "عِلْم": (["عِلْم"], ["علم"]),
    "بحر": (["بَحْر"], ["برح"]),
    "יָם": (["ים", "יָם"], ["יַם", "יום"]),
    "ים": (["יָם"], ["יום"]),
    "ก้ำ": (["ก\u0e4d\u0e49า", "ก\u0e49\u0e4dา"], ["กำ", "ก้า"]),
    "peña": (["PEÑA", "pen\u0303a", "Peña."], ["pena"]),
    "naïve": (["NAÏVE", "nai\u0308ve"], ["naive"]),
}
WORDS: dict[str, tuple[list[str], list[str]]] = {
    "spring tide": (
        ["Spring  Tide", "spring-tide!", "“spring tide”", "(spring tide)", "SPRING TIDE.", "spring\u00a0tide",
         "spring\u200b tide"],
        ["springtide", "neap tide", "spring"],
    ),
    "Fuß": (["FUSS", "fuss"], ["Fus"]),
    "İzmir": (["izmir", "İZMİR"], ["zmir"]),
    "U.N.": (["UN", "un", "U.N"], ["U"]),
    "can't": (["can’t", "CAN'T"], ["cant"]),
    "Ω": (["ω", "Ω"], ["O"]),
    "ＴＯＫＹＯ": (["Tokyo"], ["Kyoto"]),
    "海。": (["海", "「海」"], ["毎"]),
    "صندوق": (["صنـدوق"], ["صندق"]),
    "کویر": (["كوير"], ["کور"]),
    "דו״ח": (['דו"ח'], ["דוח"]),
    "אי־שם": (["אי-שם"], ["אישם"]),
    "☀️": (["☀"], ["☁"]),
    "the liver": (["liver", "The Liver."], ["a liver", "livers"]),
    "kidney": (["the kidney", "a kidney"], ["key"]),
    "an": (["An"], ["a", "the"]),
}  # fmt: skip


@pytest.mark.parametrize("table", [NUMBERS, SIGNS, MARKS, WORDS], ids=["numbers", "signs", "marks", "words"])
def test_an_answer_is_compared_as_people_mean_it(table: Any) -> None:
    wrongly_refused = [
        (key, one) for key, (right, _no) in table.items() for one in right if not accepts([key], one)
    ]
    wrongly_taken = [
        (key, one) for key, (_yes, wrong) in table.items() for one in wrong if accepts([key], one)
    ]

    assert (wrongly_refused, wrongly_taken) == ([], [])


def test_each_alternative_is_accepted() -> None:
    assert [one for one in ("café", "CAFE", "cafè") if accepts(["café", "cafe"], one)] == ["café", "CAFE"]


@pytest.mark.parametrize(
    ("language", "key", "right", "wrong"),
    [
        ("en", "1.5", ["1,5"], ["1,500"]),
        ("de", "1,5", ["1.5", "1,500"], ["1.500"]),
        ("de", "1.500", ["1500", "1,500"], ["1,5"]),
        ("tr", "ısı", ["ISI", "Isı"], ["isi"]),
        ("de", "das Brot", ["Das Brot"], ["Brot", "der Brot"]),
        ("xx", "1.5", ["1.5"], ["15"]),
        (
            "en",
            "2.5 million",
            ["2500000", "2,500,000", "2.5 mn", "2 million 500 thousand"],
            ["2.5", "25 million"],
        ),
        ("en", "$3 billion", ["$3,000,000,000", "3 bn $"], ["3 billion", "$3 million"]),
        ("en", "40 lakh", ["4 million", "4,000,000"], ["40"]),
        ("en", "7 thousand km", ["7000 km", "7,000 kilometres"], ["7000", "7 km"]),
        ("de", "3000000000", ["3 Milliarden", "3 Mrd.", "3000 Mio."], ["3 Billionen", "3 Millionen"]),
        ("de", "4 Billionen", ["4000 Milliarden"], ["4 Milliarden"]),
        ("fr", "2 millions d’euros", ["2 000 000 €", "2 000 000 euros"], ["2 euros"]),
        ("es", "6 mil millones", ["6000000000", "6000 millones"], ["6 millones", "6 mil"]),
        ("pt", "1,2 milhão", ["1.200.000"], ["1,2"]),
        ("it", "30mila", ["30.000", "30 mila"], ["30"]),
        ("ru", "2,5 млн", ["2500000", "2,5 миллиона"], ["2,5 млрд"]),
        ("ja", "250万", ["2500000", "２５０万"], ["250", "25万"]),
        ("ja", "1億2000万", ["120000000", "12000万"], ["1億", "2000万"]),
        ("ko", "3천만", ["30000000"], ["3천"]),
        ("hi", "२० लाख", ["2000000", "20 लाख"], ["20"]),
        ("tr", "%40", ["40%", "% 40"], ["40"]),
        ("en", "6 km", ["6 kilometres", "6 kilometers"], ["6 metres", "6 kilograms"]),
        ("es", "6 kg", ["6 kilogramos"], ["6 gramos"]),
        ("de", "90 min", ["90 Minuten"], ["90 h"]),
        ("vi", "hoà", ["hòa"], ["hoa", "hoá"]),
        ("vi", "hoàn", ["hoàn"], ["hòan"]),
    ],
)
def test_the_language_of_the_course_decides_where_a_number_can_be_two(
    language: Any, key: Any, right: Any, wrong: Any
) -> None:
    assert [one for one in right + wrong if accepts([key], one, language=language)] == right


@pytest.mark.parametrize(
    ("key", "tolerance", "right", "wrong"),
    [
        ("2.7", "0.1", ["2.7", "2,6", "2.80", "27/10"], ["2.59", "2.81", "-2.7", "about 2.7"]),
        ("400", "5%", ["380", "420", "400,0"], ["379", "421"]),
        ("-40", "5 %", ["-42", "−38"], ["-43", "40"]),
        ("6%", "0.5", ["6.4 %", "0.056"], ["6.6%", "6"]),
        ("3 km", "0.5", ["2,5 km", "3.5km"], ["3", "3 m", "3.6 km"]),
    ],
)
def test_a_number_may_be_off_by_as_much_as_the_author_says(
    key: Any, tolerance: Any, right: Any, wrong: Any
) -> None:
    assert [one for one in right + wrong if accepts([key], one, tolerance=tolerance)] == right


@pytest.mark.parametrize(
    ("key", "given", "why"),
    [
        ("2.5", "a lot", Miss.NUMBER_WANTED), ("-8", "8", Miss.SIGNS), ("4 km", "4", Miss.UNIT),
        ("2.5", "25", Miss.OTHER),
        ("café", "cafe", Miss.MARKS), ("ば", "は", Miss.MARKS), ("F#", "F", Miss.SIGNS), ("low", "high", Miss.OTHER),
    ],
)  # fmt: skip
def test_a_near_miss_is_told_apart(key: Any, given: Any, why: Any) -> None:
    assert miss([key], given) == why


@pytest.mark.parametrize(
    "text", ["9" * 300, "1e999", "1e999999999", "1," * 150, "1 " * 150, "1/0", "½" * 300, "^" * 300,
             "(" * 150 + ")" * 150, "1億" * 100, "1 million " * 30]
)  # fmt: skip
def test_whatever_is_typed_is_judged(text: Any) -> None:
    assert not accepts(["1.5", "word"], text)
    assert accepts([text], text)
