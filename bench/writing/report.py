"""Sets down what was measured: a table, and days to read, in docs/writing.md."""

from collections.abc import Mapping
from pathlib import Path

from bench.writing.corpus import Source
from bench.writing.course import Course
from bench.writing.measures import Measured
from bench.writing.results import Result
from momentum.providers.writer import LessonBlock, LessonDraft, Question

PAGE = Path(__file__).resolve().parents[2] / "docs" / "writing.md"
_BEGIN, _END = "<!-- made by `python -m bench.writing --keep` -->\n", "<!-- until here -->\n"
_HEAD = (
    "document", "kind", "of it", "days", "words a day", "kept", "headings", "found", "page right", "key points",
    "one answer", "answerable", "questions", "points away", "repeated", "words a sentence", "titles", "doable",
    "tables, figures", "s", "MB", "commit",
)  # fmt: skip


def table(results: Mapping[Source, Result]) -> str:
    """Return the figures as a table in Markdown."""
    lines = [_row(_HEAD), _row(["---"] * len(_HEAD))]
    for source, result in results.items():
        named = [source.name, f"{source.kind} ({source.language})", source.extent]
        found = result.figures
        cells = [found, *[""] * (len(_HEAD) - 5)] if isinstance(found, str) else _cells(found)
        lines.append(_row([*named, *cells, result.commit]))
    return "\n".join(lines) + "\n"


def keep(results: Mapping[Source, Result]) -> None:
    """Put the table and three sample days in the place of those that docs/writing.md shows."""
    days = [result.day for result in results.values() if result.day]
    before, _, rest = PAGE.read_text().partition(_BEGIN)
    made = "\n".join([table(results), *days])
    PAGE.write_text(before + _BEGIN + made + _END + rest.partition(_END)[2])


def course_text(course: Course) -> str:
    """Return a whole course as a learner reads it, in Markdown."""
    outline = course.outline
    parts = [
        f"# {outline.title}",
        outline.summary,
        outline.description,
        *(f"- {one}" for one in outline.outcomes),
    ]
    parts += [f"## Day {day}: {lesson_text(lesson)}" for day, lesson in enumerate(course.lessons, 1)]
    return "\n\n".join(part for part in parts if part)


def lesson_text(lesson: LessonDraft) -> str:
    """Return a lesson as a learner reads it, and what the reviewer is told, in Markdown."""
    parts = [lesson.title, f"*{lesson.summary}*"]
    parts += [f"- **{point.text}**" for point in lesson.key_points]
    for section in lesson.sections:
        parts += [f"#### {section.heading}", *map(_block, section.blocks)]
    parts += [f"Do: {item.text} {item.note}".strip() for item in lesson.action_items]
    parts += [_question(one) for one in lesson.questions]
    parts += [f"Reviewer: {note}" for note in lesson.notes]
    return "\n\n".join(parts)


def _block(block: LessonBlock) -> str:
    said = " ".join(one.text for one in block.sentences)
    if block.kind == "table":
        head, *rest = block.rows
        rows = "\n".join([_row(head), _row(["---"] * len(head)), *map(_row, rest)])
        return f"{rows}\n\n{said}".strip()
    depths = block.depths or [0] * len(block.sentences)
    items = [("   " * depth, one.text) for depth, one in zip(depths, block.sentences, strict=True)]
    shown = {
        "bullets": "\n".join(f"{indent}- {text}" for indent, text in items),
        "steps": "\n".join(f"{indent}{at}. {text}" for at, (indent, text) in enumerate(items, block.start)),
        "code": f"```\n{block.text}\n```",
        "quotation": f"> {said}",
        "note": f"> {said}",
        "figure": f"[figure: {said or block.text}]",
        "formula": f"[formula: {said or block.text}]",
    }
    return shown.get(block.kind, said)


def _question(question: Question) -> str:
    marks = [f"({'x' if at in question.answer else ' '}) {one}" for at, one in enumerate(question.choices)]
    if question.kind == "order":
        marks = [question.choices[at] for at in question.answer]
    answers = marks or [f"= {' / '.join(question.accepted)}"]
    return "\n".join(
        [f"? {question.prompt}", *(f"   {one}" for one in answers), f"   → {question.explanation}"]
    )


def _cells(found: Measured) -> list[str]:
    shares = (
        found.kept, found.headings, found.found, found.pages, found.key_points, found.one_answer, found.answerable,
    )  # fmt: skip
    return [
        str(found.days),
        " – ".join(map(str, found.words)),
        *map(_percent, shares),
        str(found.questions),
        str(found.dangling),
        str(found.repeated),
        f"{found.sentence_words:.0f}",
        _percent(found.titles),
        _percent(found.doable),
        f"{found.tables}, {found.figures}",
        f"{found.seconds:.0f}",
        f"{found.megabytes:.0f}",
    ]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def _row(cells: "list[str] | tuple[str, ...]") -> str:
    return f"| {' | '.join(cell.replace('|', r'\|').replace(chr(10), ' ') for cell in cells)} |"
