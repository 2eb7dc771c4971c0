import pytest

from tests.providers.documents.reading import SOIL, blocks, read
from tests.providers.sheets import Sheet

RAISED, LOWERED = 4, -2
type Part = str | tuple[str, float]


def line(*parts: Part, sheet: Sheet | None = None, y: float = 500, size: float = 10) -> Sheet:
    """A sheet with a line whose parts are plain, or smaller and raised or lowered by some points."""
    text = ""
    for part in parts:
        said, rise = part if isinstance(part, tuple) else (part, 0)
        encoded = said.encode("cp1252").decode("latin-1")
        text += f"/plain {size if rise == 0 else 0.7 * size} Tf {rise} Ts ({encoded}) Tj "
    return (sheet or Sheet().tell(40, 400, SOIL)).mark(f"q BT 40 {y} Td {text}ET Q")


def up(text: str) -> Part:
    return text, RAISED


def down(text: str) -> Part:
    return text, LOWERED


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        (
            line("A drop holds 10", up("6"), " cells and 2", up("10"), " spores."),
            "A drop holds 10⁶ cells and 2¹⁰ spores.",
        ),
        (line("A leaf of 20 cm", up("2"), " weighs 3 g."), "A leaf of 20 cm² weighs 3 g."),
        (line("It holds 10", up("-3"), " mol, or 5 kg m", up("-3"), "."), "It holds 10⁻³ mol, or 5 kg m⁻³."),
        (line("Water is H", down("2"), "O, the gas CO", down("2"), "."), "Water is H₂O, the gas CO₂."),
        (line("Ca", up("2+"), " meets SO", down("4"), up("2-"), "."), "Ca²⁺ meets SO₄²⁻."),
        (line("Only ", up("14"), "C decays, and ", up("235"), "U."), "Only ¹⁴C decays, and ²³⁵U."),
        (line("So E = mc", up("2"), " and (x + y)", up("2"), " hold."), "So E = mc² and (x + y)² hold."),
        (line("Here x", up("2"), " + y", up("2"), " = z", up("n"), "."), "Here x² + y² = zⁿ."),
        (line("The rate is 10", up("1.5"), " or e", up("-x"), "."), "The rate is 10^1.5 or e^(-x)."),
        (line("Set x", down("1"), " and a", down("max"), " first."), "Set x₁ and aₘₐₓ first."),
        (
            line("Use ", up("1"), "/", ("2", -1), " cup and 2 ", up("3"), "/", ("4", -1), " more."),
            "Use ¹/₂ cup and 2 ³/₄ more.",
        ),
        (line("On the 19", up("th"), " of May Name", up("TM"), " came."), "On the 19th of May Name™ came."),
        (line("They are 1.5 · 10", up("8"), " km away."), "They are 1.5 · 10⁸ km away."),
    ],
)
def test_raised_and_lowered_characters_keep_their_meaning(sheet: Sheet, text: str) -> None:
    assert blocks(sheet)[0] == text


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        (
            line("The plum", up("1"), " ripens late.", up("2"), " Pears do not."),
            "The plum ripens late. Pears do not.",
        ),
        (line("Pears, in", up("1"), " particular, are late."), "Pears, in particular, are late."),
        (
            line("He said so.", up("12"), " Then he left.", up("13,14"), " It was over."),
            "He said so. Then he left. It was over.",
        ),
        (line("In 1999", up("5"), " it rained for a month."), "In 1999 it rained for a month."),
        (
            line("The plum", up("*"), " and the pear", up("a"), " are late."),
            "The plum and the pear are late.",
        ),
    ],
)
def test_marks_that_point_to_a_footnote_are_dropped(sheet: Sheet, text: str) -> None:
    assert blocks(sheet)[0] == text


def test_a_note_on_a_long_number_is_no_power_and_no_digit() -> None:
    sheet = line(
        "Of 1200", up("3"), " bulbs in 45 beds, 98%", up("3"), " grew, and 310", up("b"), " flowered."
    )
    line(up("3"), "Counted by the gardener of the town.", sheet=sheet, y=70, size=7)
    line(up("b"), "Late ones too, in the second year.", sheet=sheet, y=60, size=7)

    assert blocks(sheet)[0] == "Of 1200 bulbs in 45 beds, 98% grew, and 310 flowered."


@pytest.mark.parametrize(
    "marks",
    [
        "q BT 40 500 Td /plain 10 Tf (It held 10) Tj 5 Ts (6) Tj 0 Ts ( cells of yeast.) Tj ET Q",
        (
            "BT /plain 10 Tf 40 500 Td (It held 10) Tj ET BT /plain 10 Tf 87.5 500 Td (cells of yeast.) Tj ET"
            " BT /plain 6 Tf 81.5 504.5 Td (6) Tj ET"
        ),
    ],
    ids=["as large as the rest", "set after the rest of the line"],
)
def test_a_power_is_found_however_it_is_raised(marks: str) -> None:
    assert blocks(Sheet().mark(marks).tell(40, 400, SOIL))[0] == "It held 10⁶ cells of yeast."


def test_a_footnote_is_no_text_though_its_number_is_raised() -> None:
    sheet = line("The plum", up("1"), " ripens late.")
    line(up("1"), "In gardens of the north, that is.", sheet=sheet, y=60, size=7)

    assert blocks(sheet) == ["The plum ripens late.", " ".join(SOIL)]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            [
                "The rule for part-",
                "time staff and the inspec-",
                "tion of one-",
                "quarter of non-",
                "illness-related cases was con-",
                "firmed at the x-",
                "axis by e-",
                "mail of Mrs Smith-",
                "Jones on COVID-",
                "19 in an under-",
                "standing way.",
            ],
            (
                "The rule for part-time staff and the inspection of one-quarter of non-illness-related cases was"
                " confirmed at the x-axis by e-mail of Mrs Smith-Jones on COVID-19 in an understanding way."
            ),
        ),
        (
            [
                "All short-",
                "and long-term plans were made by the pre-",
                "and post-war gardeners of the town.",
            ],
            "All short- and long-term plans were made by the pre- and post-war gardeners of the town.",
        ),
        (
            [
                "Die Garten-",
                "und Hofarbeit ist im Werk-",
                "zeugschrank der U-",
                "Bahn vermerkt, der Ein-",
                "bzw. Ausgang auch nicht.",
            ],
            "Die Garten- und Hofarbeit ist im Werkzeugschrank der U-Bahn vermerkt, der Ein- bzw. Ausgang auch nicht.",
        ),
        (
            [
                "La plan-",
                "te est dans la ter-",
                "re, dit-",
                "il, et les fleurs pous-",
                "sent bien dans le jardin.",
            ],
            "La plante est dans la terre, dit-il, et les fleurs poussent bien dans le jardin.",
        ),
        (
            ["La tier-", "ra guarda el agua y las plan-", "tas crecen bien en el jar-", "dín de la casa."],
            "La tierra guarda el agua y las plantas crecen bien en el jardín de la casa.",
        ),
    ],
    ids=["compounds", "words to come", "German", "French", "Spanish"],
)
def test_a_hyphen_at_the_end_of_a_line_goes_where_there_is_evidence(lines: list[str], text: str) -> None:
    assert blocks(Sheet().tell(40, 500, lines)) == [text]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            [
                "Le tire-",
                "bouchon est dans le tiroir, et le ther-",
                "momètre du demi-",
                "frère est un chef-d’œuvre.",
            ],
            "Le tire-bouchon est dans le tiroir, et le thermomètre du demi-frère est un chef-d’œuvre.",
        ),
        (
            ["Il y a un pied-à-", "terre et une eau-de-", "vie dans la mai-", "son du jardinier."],
            "Il y a un pied-à-terre et une eau-de-vie dans la maison du jardinier.",
        ),
        (
            ["El ca-", "jón está en la ca-", "sa de la", "drillos; la-", "drillo a ladrillo crece el muro."],
            "El cajón está en la casa de la drillos; ladrillo a ladrillo crece el muro.",
        ),
        (
            ["Ele dá água às plan-", "tas e disse-", "-me que o beija-", "-flor está no jardim da casa."],
            "Ele dá água às plantas e disse-me que o beija-flor está no jardim da casa.",
        ),
        (
            ["El diálogo político-", "social sigue en la bi-", "blioteca del pueblo de al lado."],
            "El diálogo político-social sigue en la biblioteca del pueblo de al lado.",
        ),
    ],
)
def test_compounds_of_romance_languages_keep_their_hyphen(lines: list[str], text: str) -> None:
    assert blocks(Sheet(media=(0, 0, 900, 600)).tell(40, 500, lines)) == [text]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            [
                "Земля хранит воду, и рас-",
                "тения на этом мес-",
                "то садят по-",
                "весеннему. Кто-",
                "нибудь придёт из-",
                "за северо-",
                "запада в Нью-",
                "Йорк, где тёмно-",
                "зелёный диван-",
                "кровать стоит.",
            ],
            (
                "Земля хранит воду, и растения на этом место садят по-весеннему. Кто-нибудь придёт из-за северо-запада"
                " в Нью-Йорк, где тёмно-зелёный диван-кровать стоит."
            ),
        ),
        (
            [
                "De grond houdt het wa-",
                "ter vast, en een auto-",
                "ongeluk op de weg langs de zee is zeld-",
                "zaam.",
            ],
            "De grond houdt het water vast, en een auto-ongeluk op de weg langs de zee is zeldzaam.",
        ),
        (
            ["La terra tiene l’ac-", "qua, e il dialogo tecnico-", "scientifico è nel li-", "bro di casa."],
            "La terra tiene l’acqua, e il dialogo tecnico-scientifico è nel libro di casa.",
        ),
        (
            [
                "정원에서 꽃이 피었습",
                "니다. 물을",
                "주세요. 콩은 봄에 뿌린",
                "다. 나무",
                "를 심고 정원",
                "에서 쉽니다.",
            ],
            "정원에서 꽃이 피었습니다. 물을 주세요. 콩은 봄에 뿌린다. 나무를 심고 정원에서 쉽니다.",
        ),
    ],
    ids=["Russian", "Dutch", "Italian", "Korean"],
)
def test_words_broken_at_a_line_end_are_whole_again_in_other_languages(lines: list[str], text: str) -> None:
    assert blocks(Sheet(media=(0, 0, 900, 600)).tell(40, 500, lines, font="any")) == [text]


def test_what_only_tells_how_to_set_letters_is_no_letter() -> None:
    said = "The gar\u2060dener \u200ewaters \ufeffthe beds of the house in the early morning of a day."

    document = read(Sheet(media=(0, 0, 900, 600)).say(40, 500, said, font="any"))

    assert "\ufffd" not in document.pages[0].text
    assert document.notes == []


def test_ligatures_are_spelled_out_and_accents_put_on_their_letters() -> None:
    said = [
        "The ﬁrst eﬀort of a ﬂower is diﬃcult, and the oﬃce of the caf´e",
        "of B¨ arbel Dvoˇ rák has seen it waﬄe in the beﬆ spring of",
        "the ﬅrange ¨uber year.",
    ]

    assert blocks(Sheet(media=(0, 0, 800, 600)).tell(40, 500, said, font="any")) == [
        (
            "The first effort of a flower is difficult, and the office of the café of Bärbel Dvořák has seen it"
            " waffle in the best spring of the strange über year."
        )
    ]


@pytest.mark.parametrize(
    ("lines", "text", "language", "words"),
    [
        (
            ["土が冷たく葉が乾く朝のうちに、花壇に水をやりまし", "ょう。豆は春にまきます。"],
            "土が冷たく葉が乾く朝のうちに、花壇に水をやりましょう。豆は春にまきます。",
            "ja",
            17,
        ),
        (
            ["早上土壤凉爽的时候给花坛", "浇水，用PDF", "记录，每天3次。"],
            "早上土壤凉爽的时候给花坛浇水，用PDF记录，每天3次。",
            "zh",
            13,
        ),
        (
            ["รดน้ำแปลงในตอนเช้า เมื่อดินยังเย็นและใบไม้", "แห้งได้"],
            "รดน้ำแปลงในตอนเช้า เมื่อดินยังเย็นและใบไม้แห้งได้",
            "th",
            10,
        ),
        (
            ["흙이 시원한 아침에 물을", "주세요. 콩은 봄에 뿌립", "니다. 씨앗은 봄에 뿌립니다."],
            "흙이 시원한 아침에 물을 주세요. 콩은 봄에 뿌립니다. 씨앗은 봄에 뿌립니다.",
            "ko",
            11,
        ),
        (
            ["क्यारी को सुबह पानी दें, जब मिट्टी ठंडी हो", "और पत्ते सूखें। क्‍ष र‌क"],
            "क्यारी को सुबह पानी दें, जब मिट्टी ठंडी हो और पत्ते सूखें। क्‍ष र‌क",
            "hi",
            14,
        ),
    ],
    ids=["Japanese", "Chinese", "Thai", "Korean", "Hindi, with joiners"],
)
def test_lines_are_joined_and_words_counted_as_the_script_wants_it(
    lines: list[str], text: str, language: str, words: int
) -> None:
    document = read(Sheet(media=(0, 0, 600, 600)).tell(40, 500, lines, font="any"))

    assert (document.pages[0].text, document.language, document.words) == (text, language, words)


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        (["השקו את הערוגה בבוקר, כשהאדמה קרירה", "והעלים יכולים להתייבש, בערך 25 מעלות."], "he"),
        (["اسق الحوض في الصباح حين تكون التربة", "باردة ويمكن للأوراق أن تجف، نحو 25 درجة."], "ar"),
    ],
    ids=["Hebrew", "Arabic"],
)
def test_what_runs_from_right_to_left_is_read_in_the_order_it_is_written(
    lines: list[str], language: str
) -> None:
    sheet = Sheet(media=(0, 0, 500, 600))
    for row, text in enumerate(lines):
        looks = text[::-1].replace("52", "25")
        sheet.say(480 - 10 * len(text), 500 - 14 * row, looks, font="any")
    document = read(sheet)

    assert (document.pages[0].text, document.language) == (" ".join(lines), language)


def test_latin_words_and_brackets_in_a_hebrew_line_stand_where_they_are_read() -> None:
    looks = ".(ךרעב) םויה Berlin-ב תולעמ 25 שי"

    assert blocks(Sheet(media=(0, 0, 500, 600)).say(50, 500, looks, font="any")) == [
        "יש 25 מעלות ב-Berlin היום (בערך)."
    ]


def test_the_shapes_that_arabic_letters_take_are_letters() -> None:
    assert blocks(Sheet().say(100, 500, "ﺐﺘﻛ ﺪﻟﻮﻟﺍ", font="any")) == ["الولد كتب"]
