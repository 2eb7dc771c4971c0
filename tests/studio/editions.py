"""A handbook on bees in two editions: the second has another number, a denial, less, more, and another order."""

from tests.providers.prose import CHAPTERS

REPLACED = {
    "A forager in high summer lives for about six weeks": "A forager in high summer lives for about five weeks",
    "the queen may lay two thousand eggs": "the queen may lay two thousand eggs",
}
NUMBER_BEFORE = "A forager in high summer lives for about six weeks and wears out her wings."
NUMBER_AFTER = "A forager in high summer lives for about five weeks and wears out her wings."
LOST = "Paving slabs under the stand cost little and keep the floor level for years."
ADDED = (
    "Oxalic acid is trickled on the cluster in December, when the colony has no brood. One treatment is enough for a "
    "small colony, and a second one harms the bees."
)
NEW_HEADING = "Winter Treatment"


def first() -> bytes:
    """The handbook as a course is written from it."""
    return _markdown(CHAPTERS)


def second() -> bytes:
    """Another edition: a number changed, a sentence gone, a chapter more at the end, the second chapter moved last."""
    chapters = {
        name: [text.replace(NUMBER_BEFORE, NUMBER_AFTER).replace(f" {LOST}", "") for text in paragraphs]
        for name, paragraphs in CHAPTERS.items()
    }
    return _markdown({**chapters, NEW_HEADING: [ADDED]})


def _markdown(chapters: dict[str, list[str]]) -> bytes:
    parts = ["# A Handbook of Bees", "A short guide for those who keep bees for the first time."]
    for name, paragraphs in chapters.items():
        parts += [f"## {name}", *paragraphs]
    return "\n\n".join(parts).encode()
