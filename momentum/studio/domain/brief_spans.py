"""Which part of a document a day covers, in the old version and in the new one. Pure."""

from collections.abc import Sequence

from momentum.providers.writer import LessonBrief, SourceSpan
from momentum.providers.writer.paragraphs import Paragraph, Paragraphs
from momentum.studio.domain.document_versions import Comparison


def stretch_of(spans: Sequence[SourceSpan], position: int, before: Paragraphs) -> set[int]:
    """Return the paragraphs of the document at this position among the references that these spans hold."""
    found: set[int] = set()
    for span in spans:
        if span.document != position:
            continue
        if span.start is not None and span.end is not None and before.first is not None:
            found.update(
                range(max(0, span.start - before.first), min(span.end - before.first, len(before.each)))
            )
            continue
        found.update(
            number
            for number, paragraph in enumerate(before.each)
            if any(span.first_page <= one.page <= span.last_page for one in paragraph.statements)
        )
    return found


def carried(
    brief: LessonBrief, position: int, comparison: Comparison, before: Paragraphs, after: Paragraphs
) -> LessonBrief:
    """Return the brief with its spans, and those of the day before, where they are in the new version."""

    def moved(spans: Sequence[SourceSpan]) -> list[SourceSpan]:
        stretch, made, done = stretch_of(spans, position, before), list[SourceSpan](), False
        for span in spans:
            if span.document != position:
                made.append(_shifted(span, position, before, after))
            elif not done:
                made += _spans(stretch, position, comparison, after, exact=span.start is not None)
                done = True
        return made

    return brief.model_copy(update={"source": moved(brief.source), "yesterday": moved(brief.yesterday)})


def _shifted(span: SourceSpan, position: int, before: Paragraphs, after: Paragraphs) -> SourceSpan:
    """A span of another document, which stands behind more or fewer paragraphs now."""
    if span.document < position or span.start is None or span.end is None:
        return span
    more = len(after.each) - len(before.each)
    return span.model_copy(update={"start": span.start + more, "end": span.end + more})


def _spans(
    stretch: set[int], position: int, comparison: Comparison, after: Paragraphs, *, exact: bool
) -> list[SourceSpan]:
    runs: list[list[int]] = []
    for number, owner in enumerate(comparison.owner):
        if owner not in stretch:
            continue
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [_span(run, position, after, exact=exact) for run in runs if _pages(run, after.each)]


def _span(run: Sequence[int], position: int, after: Paragraphs, *, exact: bool) -> SourceSpan:
    pages = _pages(run, after.each)
    known = exact and after.first is not None
    return SourceSpan(
        document=position,
        first_page=min(pages),
        last_page=max(pages),
        headings=list(dict.fromkeys(heading for number in run if (heading := after.each[number].heading))),
        start=run[0] + (after.first or 0) if known else None,
        end=run[-1] + 1 + (after.first or 0) if known else None,
    )


def _pages(run: Sequence[int], paragraphs: Sequence[Paragraph]) -> list[int]:
    return [statement.page for number in run for statement in paragraphs[number].statements]
