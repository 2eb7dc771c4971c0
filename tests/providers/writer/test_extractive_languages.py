"""A course is in the language of its source, throughout; or it is refused in a sentence."""

import re
import string
from dataclasses import fields

import pytest

from momentum.providers.documents import Document, Page
from momentum.providers.writer import CourseRequest, LessonDraft, Outline, WriterError, get_writer
from momentum.providers.writer.extractive import languages
from momentum.providers.writer.extractive import sentences as cut
from momentum.providers.writer.extractive.cleaning import clean
from momentum.providers.writer.extractive.languages.language import Phrases

WRITER = get_writer("extractive")
CODES = ("de", "es", "fr", "pt", "it", "nl", "ja", "zh", "ar")
# The commonest English words that are no words of the others.
ENGLISH = re.compile(r"(?i)\b(?:the|of|this|which|your|today|read|write|from|with|these|says?)\b")

KITCHEN = {
    "de": (
        "Das Brot", "Ein guter Teig ruht über Nacht im kühlen Keller des Hauses.",
        "Der Ofen", "Ein heißer Stein gibt dem Brot von unten eine kräftige Kruste.",
    ),
    "es": (
        "El pan", "Una buena masa descansa toda la noche en un cuarto fresco de la casa.",
        "El horno", "Una piedra caliente da al pan una corteza fuerte por debajo.",
    ),
    "fr": (
        "Le pain", "Une bonne pâte repose toute la nuit dans une cave fraîche de la maison.",
        "Le four", "Une pierre chaude donne au pain une croûte solide par le dessous.",
    ),
    "pt": (
        "O pão", "Uma boa massa descansa toda a noite em um quarto fresco da casa.",
        "O forno", "Uma pedra quente dá ao pão uma crosta forte por baixo.",
    ),
    "it": (
        "Il pane", "Un buon impasto riposa tutta la notte in una cantina fresca della casa.",
        "Il forno", "Una pietra calda dà al pane una crosta robusta dal basso.",
    ),
    "nl": (
        "Het brood", "Een goed deeg rust de hele nacht in een koele kelder van het huis.",
        "De oven", "Een hete steen geeft het brood van onderen een stevige korst.",
    ),
    "ja": (
        "パンの生地", "よい生地は家の涼しい部屋で一晩ゆっくりと休ませてから焼きます。",
        "石のかまど", "熱い石はパンの底をしっかりと焼いて香ばしい皮を作ります。",
    ),
    "zh": (
        "面包的面团", "好的面团要在家里凉爽的房间里静静地休息整整一个晚上才可以放进烤炉。",
        "石头烤炉", "滚烫的石头会从下面给面包烤出一层结实而香脆并且颜色漂亮的外皮。",
    ),
    "ar": (
        "العجين", "العجين الجيد يرتاح طوال الليل في غرفة باردة من غرف البيت.",
        "الفرن", "الحجر الساخن يعطي الخبز من الأسفل قشرة قوية ومقرمشة.",
    ),
}  # fmt: skip
# A fact for each of the two, of which a question can be made.
FACTS = {
    "de": (
        "Ein Laib Brot wiegt nach dem Backen 750 Gramm.",
        "Ein Ofen aus Lehm braucht am Morgen 90 Minuten.",
    ),
    "es": ("Una barra de pan pesa al final 750 gramos.", "Un horno de barro necesita cada tarde 90 minutos."),
    "fr": (
        "Une miche de pain pèse à la fin 750 grammes.",
        "Un four de terre demande chaque matin 90 minutes.",
    ),
    "pt": ("Uma broa de pão pesa no fim 750 gramas.", "Um forno de barro precisa por dia de 90 minutos."),
    "it": (
        "Una pagnotta di pane pesa alla fine 750 grammi.",
        "Un forno di terra richiede ogni mattina 90 minuti.",
    ),
    "nl": (
        "Een brood van tarwe weegt aan het eind 750 gram.",
        "Een oven van klei vraagt elke ochtend 90 minuten.",
    ),
    "ja": (
        "石のかまどで焼き上がった大きな食パンの重さは750グラムです。",
        "土のかまどを火で十分に温めるには毎朝90分ほどかかります。",
    ),
    "zh": ("一个在石头烤炉里烤好的大面包最后的重量是750克。", "土做的大烤炉在每天的早上都需要预热90分钟。"),
    "ar": ("يزن رغيف الخبز في النهاية 750 غرامًا.", "يحتاج فرن الطين كل صباح إلى 90 دقيقة."),
}


def _document(code: str) -> Document:
    """Two headed pages, printed as xii and xiii, each with a dozen sentences of their own and a fact."""
    first, bread, second, oven = KITCHEN[code]
    numbers = range(100, 112)

    def page(heading: str, sentence: str, fact: str) -> str:
        told = [f"{sentence[:-1]} ({number}){sentence[-1]}" for number in numbers]
        between = "" if sentence.endswith("。") else " "
        return "\n\n".join([heading, between.join(told[:6]), fact, between.join(told[6:])])

    return Document(
        title="Pane",
        name="Pane",
        language=code,
        pages=[
            Page(number=1, label="xii", text=page(first, bread, FACTS[code][0])),
            Page(number=2, label="xiii", text=page(second, oven, FACTS[code][1])),
        ],
        outline=[
            {"level": 0, "title": first, "page": 1},  # type: ignore[list-item]
            {"level": 0, "title": second, "page": 2},  # type: ignore[list-item]
        ],
        words=400,
    )


def _course(document: Document, days: int = 2) -> tuple[Outline, list[LessonDraft]]:
    request = CourseRequest(days=days)
    outline = WRITER.outline(request, [document]).value
    briefs = WRITER.briefs(request, outline, [document]).value
    return outline, [WRITER.lesson(request, brief, [document]).value for brief in briefs]


def _shown(outline: Outline, lessons: list[LessonDraft]) -> list[str]:
    """All that a learner reads."""
    told = [outline.title, outline.summary, outline.description, *outline.outcomes]
    told += [text for day in outline.lessons for text in (day.title, day.summary)]
    for lesson in lessons:
        told += [lesson.title, lesson.summary, *(point.text for point in lesson.key_points)]
        parts = [*lesson.sections, *lesson.closing]
        told += [one.text for block in lesson.opening for one in block.sentences]
        told += [one.text for part in parts for one in part.sentences]
        told += [part.heading for part in parts]
        told += [text for item in lesson.action_items for text in (item.text, item.note)]
        told += [text for one in lesson.questions for text in (one.prompt, one.explanation, *one.choices)]
        told += [one.title for one in lesson.resources]
    return told


@pytest.mark.parametrize("code", CODES)
def test_everything_a_learner_reads_is_in_the_language_of_the_source(code: str) -> None:
    outline, lessons = _course(_document(code))

    shown = _shown(outline, lessons)
    assert outline.language == code
    assert [text for text in shown if ENGLISH.search(text)] == []
    assert all(lesson.questions for lesson in lessons)
    assert not any(re.search(r"[{}]", text) for text in shown)


@pytest.mark.parametrize("code", CODES)
def test_printed_page_labels_are_named_everywhere_and_numbers_of_sheets_nowhere(code: str) -> None:
    outline, lessons = _course(_document(code))

    page = languages.find(code)
    assert page is not None
    first, second = (page.place(label, label) for label in ("xii", "xiii"))
    for lesson, place, label in zip(lessons, (first, second), ("xii", "xiii"), strict=True):
        assert {passage.label for passage in lesson.passages} == {label}
        assert [one.title for one in lesson.resources] == [f"Pane, {place}"]
        own = [one for one in lesson.questions if one.page == lesson.passages[0].page]
        assert own
        assert all(one.label == label and place in one.explanation for one in own)
    assert outline.lessons[0].summary.startswith(first[:1].upper() + first[1:])
    assert not any(
        re.search(r"(?i)(?:seite|p[aá]gin\w|pages?) [12]\b", text) for text in _shown(outline, lessons)
    )


def test_each_language_has_all_phrases_with_the_same_blanks() -> None:
    def blanks(value: str | tuple[str, ...] | dict[str, tuple[str, str]]) -> set[frozenset[str]]:
        listed = [text for pair in value.values() for text in pair] if isinstance(value, dict) else value
        texts = [listed] if isinstance(listed, str) else listed
        return {frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name) for text in texts}

    english = languages.find("en")
    assert english is not None
    for code in CODES:
        other = languages.find(code)
        assert other is not None
        for field in fields(Phrases):
            said, meant = getattr(other.phrases, field.name), getattr(english.phrases, field.name)
            assert blanks(said) == blanks(meant), (code, field.name)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("ko", "좋은 반죽은 서늘한 방에서 하룻밤 쉬게 합니다. 뜨거운 돌은 빵의 바닥을 잘 굽습니다. " * 20, "Korean"),
        ("", "Хорошее тесто отдыхает всю ночь в прохладном погребе дома. Камень печёт хлеб снизу. " * 20, "Russian"),
        ("pl", "Dobre ciasto odpoczywa całą noc w chłodnej piwnicy domu. " * 30, "Polish"),
    ],
)  # fmt: skip
def test_a_language_that_the_writer_does_not_know_is_refused_by_its_name(
    language: str, text: str, name: str
) -> None:
    document = Document(title="Brot", language=language, pages=[Page(number=1, text=text)], words=300)

    with pytest.raises(WriterError) as caught:
        WRITER.outline(CourseRequest(days=1), [document])

    assert (caught.value.code, caught.value.permanent) == ("language_unsupported", True)
    assert caught.value.message.startswith(
        f"The built-in writer can't write in {name} yet, and that is the language of “Brot”."
    )


def test_a_half_translated_source_gives_no_course_of_its_scraps() -> None:
    document = _document("de")
    scraps = (
        "Good dough rests all night in the cool cellar of the house. A hot stone is what the bread needs."
    )
    second = Page(number=2, text=document.pages[1].text + "\n\n" + scraps)
    mixed = Document.model_validate(
        document.model_dump(exclude={"blocks"}) | {"pages": [document.pages[0], second]}
    )

    written = WRITER.outline(CourseRequest(days=2), [mixed])
    shown = _shown(*_course(mixed))

    assert not any("cellar" in text or "stone" in text for text in shown)
    assert "One paragraph in another language than German was left out." in written.notes


def test_a_name_that_begins_with_a_vowel_changes_what_joins_it() -> None:
    spanish, italian = languages.find("es"), languages.find("it")
    assert spanish is not None
    assert italian is not None

    assert spanish.listed(["Agua", "Higos"]) == "Agua e Higos"
    assert spanish.listed(["Agua", "Hielo"]) == "Agua y Hielo"
    assert italian.listed(["Pane", "Erbe"]) == "Pane ed Erbe"


def test_slides_become_a_course_of_their_bullets() -> None:
    pages = [
        Page(
            number=number,
            text=f"Bread {name}\n\n"
            + "\n\n".join(
                f"• Let the {name} dough number {item} rest before you bake it" for item in range(4)
            ),
        )
        for number, name in enumerate(("rye", "wheat", "spelt", "oat", "maize", "barley"), 1)
    ]
    document = Document(title="Breads", language="en", pages=pages, words=240)

    outline, [lesson] = _course(document, days=1)

    items = [
        one
        for part in lesson.sections
        for block in part.blocks
        if block.kind == "bullets"
        for one in block.sentences
    ]
    assert len(items) >= 16
    assert all(one.support == "supported" for one in items)
    assert "Bread rye" in [part.heading for part in lesson.sections]
    assert outline.lessons[0].source[0].last_page == 6


def test_lessons_under_one_heading_have_titles_of_their_own_and_questions_one_right_answer() -> None:
    names = ("crust", "crumb", "yeast", "salt", "water", "steam")
    paragraphs = [
        " ".join(
            f"The {name} of bread number {line} is the part that a baker of the village looks at for a long time."
            for line in range(9)
        )
        for name in names
    ]
    document = Document(
        title="Bread",
        language="en",
        pages=[Page(number=1, text="\n\n".join(["Parts", *paragraphs]))],
        outline=[{"level": 0, "title": "Parts", "page": 1}],  # type: ignore[list-item]
        words=1000,
    )

    outline, lessons = _course(document, days=4)

    assert len({lesson.title for lesson in outline.lessons}) == 4
    for question in (one for lesson in lessons for one in lesson.questions):
        assert "under “Parts”" not in question.prompt  # all sentences of the document stand under it


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        ("ja", ["生地を「よく休ませる。」という人もいます。", "なぜでしょうか？", "熱が通るからです。"]),
        ("zh", ["他说：“面团要休息。”", "为什么？", "因为它需要时间。"]),
        ("ar", ["يرتاح العجين طوال الليل.", "لماذا؟", "لأن الخبز يحتاج إلى 2.5 ساعة."]),
    ],
)
def test_sentences_are_cut_as_the_language_ends_them(code: str, sentences: list[str]) -> None:
    language = languages.find(code)
    assert language is not None

    assert cut.split(("" if not language.has_spaces else " ").join(sentences), language) == sentences


@pytest.mark.parametrize(
    ("code", "printed", "shown"),
    [
        ("ja", "生地を休ませます（第3章を参照）。そして焼きます。", "生地を休ませます。そして焼きます。"),
        ("zh", "让面团休息（参见第3章）。然后再烤。", "让面团休息。然后再烤。"),
        ("ar", "اترك العجين يرتاح (انظر الفصل 3) طوال الليل.", "اترك العجين يرتاح طوال الليل."),
    ],
)
def test_asides_go_where_there_are_no_spaces_or_other_letters(code: str, printed: str, shown: str) -> None:
    language = languages.find(code)
    assert language is not None

    assert clean(printed, language) == shown
