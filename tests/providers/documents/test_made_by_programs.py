"""Pages that a program set in real fonts, where a letter may be several shapes, or several letters one."""

import unicodedata
from functools import cache

import pytest
import typst

from momentum.providers.documents.document import read_document
from momentum.providers.typesetting.typesetter import FOLDER

PAGES = {
    "ja": "朝のうちに花壇へ水をやりましょう。PDFをWindowsで開いて、毎日3回記録します。種は湿った布の上で試します。",
    "zh": "早上土壤凉爽的时候给花坛浇水，用PDF记录，每天3次。番茄要种在阳光充足的地方。",
    "ko": "흙이 시원한 아침에 물을 주세요. 오래된 씨앗은 따뜻한 방에서 시험할 수 있습니다.",
    "ar": "اسقِ الحوض في الصباح، نحو 25 درجة. السعر 12.50 دولارًا في عام 2024-2025 لكل PDF في Berlin (تقريبًا).",
    "he": "השקו את הערוגה בבוקר, בערך 25 מעלות ב-Berlin (בערך). השנה היא 2024-2025 והמחיר 3.50 שקלים.",
    "hi": "क्यारी को सुबह पानी दें। कृष्णा शर्मा के टमाटर धूप वाली जगह पर लगाएँ ताकि फल अच्छे आएँ।",
    "bn": "সকালে মাটি ঠান্ডা থাকলে জল দিন। কৃষ্ণ শর্মা বাগানে কাজ করেন।",
    "ta": "காலையில் மண் குளிர்ச்சியாக இருக்கும்போது தண்ணீர் ஊற்றவும். தக்காளி வெயில் படும் இடத்தில் நடவும்.",
    "th": "รดน้ำแปลงในตอนเช้า เมื่อดินยังเย็นและใบไม้แห้งได้ มะเขือเทศควรปลูกในที่ที่มีแดดจัด",
    "km": "ស្រោចទឹកនៅពេលព្រឹក ពេលដីនៅត្រជាក់ និងស្លឹកអាចស្ងួត។",
    "vi": "Tưới nước cho luống hoa vào buổi sáng, khi đất còn mát và lá có thể khô.",
}


FONTS = (
    "Noto Serif", "Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Serif CJK JP", "Noto Serif Devanagari",
    "Noto Serif Bengali", "Noto Serif Tamil", "Noto Serif Thai", "Noto Serif Khmer",
)  # fmt: skip


@cache
def fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[FOLDER / "fonts"])


def printed(body: str, language: str) -> str:
    """The text of a page that Typst made of this."""
    direction = "rtl" if language in {"ar", "he"} else "ltr"
    families = ", ".join(f'"{name}"' for name in FONTS)
    source = (
        f"#set page(width: 300pt, height: 300pt, margin: 20pt)\n#set text(font: ({families}), size: 11pt,"
        f' lang: "{language}", dir: {direction}, hyphenate: false)\n{body}'
    )
    made = typst.Compiler(source.encode(), font_paths=fonts()).compile(format="pdf")
    assert isinstance(made, bytes)
    text = read_document(made, name="page.pdf", max_pages=1, seconds=1e6).document.pages[0].text
    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("language", PAGES)
def test_text_of_every_script_reads_as_it_was_typed(language: str) -> None:
    assert printed(PAGES[language], language) == unicodedata.normalize("NFC", PAGES[language])


def test_lines_that_run_down_the_page_are_read_from_the_right() -> None:
    columns = ("朝のうちに花壇へ水をやりましょう。土は雨", "のあとで掘ります。豆は春にまきます。")
    letters = [
        f"#place(dx: {200 - 20 * at}pt, dy: {11 * row}pt)[{letter}]"
        for at, column in enumerate(columns)
        for row, letter in enumerate(column)
    ]

    assert printed("\n".join(letters), "ja") == "".join(columns)
