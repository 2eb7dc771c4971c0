import pytest

from momentum.providers.documents import Note
from momentum.providers.documents.document import RefusedError
from momentum.providers.documents.notes import sentence
from tests.providers.documents.reading import SEEDS, SOIL, blocks, read
from tests.providers.sheets import Sheet

TEXT = " ".join(SOIL)


def shifted(by: int) -> list[str]:
    """What a file holds that knows its letters by their number in the font alone."""
    return ["".join("\x03" if c == " " else chr(ord(c) + by) for c in text) for text in (*SOIL, *SEEDS)]


def mute(by: int) -> Sheet:
    return Sheet(media=(0, 0, 700, 600)).tell(40, 500, shifted(by), font="any")


@pytest.mark.parametrize("by", [-29, -31, 1, 5, 13, 0xE000])
def test_a_page_whose_letters_mean_nothing_is_left_out_and_named(by: int) -> None:
    document = read(Sheet().tell(50, 500, SOIL), mute(by), labels="0<</S/D/St 7>>")

    assert [page.text for page in document.pages] == [TEXT, ""]
    assert document.notes == [Note(code="meaningless", pages=[2], labels=["8"])]
    assert document.language == "en"
    assert sentence(document.notes[0]) == (
        "The letters on page 8 can't be read, because the file doesn't say what they mean. The page was left out; "
        "run the file through text recognition (OCR) to include it."
    )


def test_a_file_of_such_letters_is_refused_and_not_called_a_scan() -> None:
    with pytest.raises(RefusedError) as refused:
        read(mute(-29))

    assert refused.value.code == "unreadable"


def test_what_can_be_read_of_a_page_is_read() -> None:
    document = read(mute(-29).tell(40, 300, SOIL))

    assert document.pages[0].text == TEXT
    assert [note.code for note in document.notes] == ["meaningless"]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "x = 1; y = f(x) + g[2]; for i in range(10): print(i)",
            "struct node *next; return x ? a[i] : b[i] * c;",
        ],
        [
            "AB-1234 M6x20 DIN 933 A2; AB-1235 M6 DIN 934; XC-77",
            "TR-1 Tr20x4; RTX 4090; SKU 998-AA-12; ISO 4762",
        ],
        [
            "Anna Schmidt, Peter Kovacs, Nguyen Van An, Li Wei,",
            "Pedro Gonzalez, Fatima Zahra, Ivan Petrov, Kim Min",
        ],
        [
            "Quercus robur, Fagus sylvatica, Betula pendula, Acer",
            "campestre, Tilia cordata, Ulmus minor, Carpinus",
        ],
        [
            "12.5 13.7 99.1 100.2 45 12 7.8 Mean 12.5 SD 3.3 n 45",
            "p 0.01 t 3.4 df 44 A 12 B 14 C 15 D 17 E 19 F 23",
        ],
        [
            "GOOD SOIL HOLDS WATER AND LETS THE REST RUN AWAY.",
            "CLAY KEEPS WATER FOR A LONG TIME AND WARMS UP.",
        ],
    ],
    ids=["code", "part numbers", "names", "Latin", "figures", "capitals"],
)
def test_code_names_and_numbers_are_legible(lines: list[str]) -> None:
    document = read(Sheet().tell(40, 500, lines))

    assert (document.pages[0].text, document.notes) == (" ".join(lines), [])


def test_a_page_with_one_word_is_not_called_one_without_text() -> None:
    sheets = [Sheet().tell(50, 500, SOIL), Sheet().say(50, 500, "Harvest", 20, "bold"), Sheet()]

    document = read(*sheets)

    assert document.pages[1].text == "Harvest"
    assert document.notes == [Note(code="no_text", pages=[3], labels=["3"])]


def test_a_letter_without_meaning_leaves_a_mark_in_its_word() -> None:
    assert blocks(
        Sheet(media=(0, 0, 600, 600)).say(40, 500, "An e\ue000cient gardener", font="any").tell(40, 400, SOIL)
    ) == [
        "An e\ufffdcient gardener",
        TEXT,
    ]
