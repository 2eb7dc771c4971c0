"""Days as the built-in writer's questions are made from them."""

from momentum.providers.writer import Question
from momentum.providers.writer.extractive import checks, languages
from momentum.providers.writer.extractive.units import ItemKind, Piece

TERMS = [
    "A smoker is a small bellows with a fire pot that calms the bees.",
    "A hive tool is a flat steel lever for parting boxes that stick together.",
    "A clearer board is a one-way door that lets workers leave the honey box.",
    "An artificial swarm is a division made by the beekeeper in early summer.",
]


def day(
    *texts: str, elsewhere: list[str] | None = None, lists: list[list[Piece]] | None = None, code: str = "en"
) -> checks.Day:
    language = languages.find(code)
    assert language is not None
    pieces = [Piece(text, page=1, whole=True, order=order) for order, text in enumerate(texts)]
    others = [Piece(text, page=9, whole=True, order=100 + at) for at, text in enumerate(elsewhere or [])]
    return checks.Day(
        language=language,
        title="Bees",
        said=pieces,
        lists=lists or [],
        elsewhere=others,
        page=lambda piece: (piece.page, f"p{piece.page}"),
        place=lambda piece: f"page {piece.page}",
    )


def right(question: Question) -> list[str]:
    return [question.choices[place] for place in question.answer]


def items(kind: ItemKind, *texts: str, lead: str = "", page: int = 1, order: int = 50) -> list[Piece]:
    found = [
        Piece(text, page, whole=True, leans=True, item=kind, order=order + at)
        for at, text in enumerate(texts, 1)
    ]
    return [Piece(lead, page, whole=True, order=order), *found] if lead else found
