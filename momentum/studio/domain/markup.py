"""From a draft, sentence by sentence, to what the catalogue stores. Pure: nothing is saved here."""

from collections.abc import Container, Sequence
from html import escape

from django.utils.text import slugify

from momentum.catalog.actions import LessonFields
from momentum.catalog.models import LessonStatus, QuestionKind
from momentum.catalog.schemas import (
    ActionItemEntry,
    LessonFile,
    QuestionEntry,
    ResourceEntry,
    SourceEntry,
)
from momentum.providers.language.writing import space_after
from momentum.providers.writer import (
    ActionItem,
    LessonBlock,
    LessonDraft,
    LessonPicture,
    Passage,
    Question,
    Sentence,
)


def lesson_html(draft: LessonDraft, pictures: Container[str] = ()) -> str:
    """Return the lesson's text as HTML, with a superscript number where it rests on a passage.

    A number stands once at the end of a run of sentences that rest on the same passage.

    Args:
        draft: the lesson.
        pictures: names (see `picture_name`) of the pictures that there are; a figure without one keeps its words.
    """
    known = {passage.number for passage in draft.passages}
    parts = [_block(block, known, pictures) for block in draft.opening]
    for place, section in enumerate([*draft.sections, *draft.closing]):
        if place or section.heading != draft.title:  # which stands above it already
            parts.append(heading_html(section.heading))
        parts += [_block(block, known, pictures) for block in section.blocks]
    return "".join(parts)


def heading_html(heading: str) -> str:
    """Return the heading of a section."""
    return f"<h2>{escape(heading, quote=False)}</h2>"


def block_html(block: LessonBlock, draft: LessonDraft, pictures: Container[str] = ()) -> str:
    """Return one block of a lesson as `lesson_html` does."""
    return _block(block, {passage.number for passage in draft.passages}, pictures)


def picture_name(picture: LessonPicture) -> str:
    """Return the name under which a course's files hold a picture of a reference."""
    stem, _, kind = picture.name.rpartition("/")[2].rpartition(".")
    kind = kind if kind in {"png", "jpg", "jpeg", "webp", "avif"} else "png"
    return f"pictures/source-{picture.document + 1}-{slugify(stem) or 'figure'}.{kind}"


def pictures_in(draft: LessonDraft) -> list[LessonPicture]:
    """Return the pictures that a lesson shows, each once."""
    shown = (block.picture for section in draft.sections for block in section.blocks if block.picture)
    return list(dict.fromkeys(shown))


def _block(block: LessonBlock, known: set[int], pictures: Container[str]) -> str:
    said = _run(block.sentences, known)
    mark = _mark(block.passage, known)
    match block.kind:
        case "bullets" | "steps":
            html = _list(block, known)
        case "table":
            html = _table(block, said, mark)
        case "figure" | "formula":
            html = _figure(block, said, mark, pictures)
        case "code":
            code = f"<pre><code>{escape(block.text, quote=False)}</code></pre>"
            html = f"<figure>{code}<figcaption>{said}</figcaption></figure>" if said else code
        case "quotation":
            html = f"<blockquote><p>{said}</p></blockquote>"
        case "note":
            html = _note(block, known)
        case _:
            html = f"<p>{said}</p>"
    return html


def _note(block: LessonBlock, known: set[int]) -> str:
    """A note; a word such as "Warning" that stands above it in the source stands above it here."""
    label, *rest = block.sentences
    if not rest or not label.text[-1].isalpha():
        return f"<aside><p>{_run(block.sentences, known)}</p></aside>"
    head = escape(label.text, quote=False)
    return f"<aside><p><strong>{head}</strong></p><p>{_run(rest, known)}</p></aside>"


def _list(block: LessonBlock, known: set[int]) -> str:
    tag = "ol" if block.kind == "steps" else "ul"
    depths = block.depths or [0] * len(block.sentences)
    first = f' start="{block.start}"' if tag == "ol" and block.start != 1 else ""
    out, here = [f"<{tag}{first}>"], 0
    for place, (sentence, depth) in enumerate(zip(block.sentences, depths, strict=True)):
        deeper = place > 0 and depth > here  # one level at a time, whatever the source has skipped
        if deeper:
            out.append(f"<{tag}>")
            here += 1
        elif place > 0:
            out.append("</li>")
            while here > depth:
                out.append(f"</{tag}></li>")
                here -= 1
        out.append(f"<li>{_run([sentence], known)}")
    return "".join(out) + "</li>" + f"</{tag}></li>" * here + f"</{tag}>"


def _table(block: LessonBlock, caption: str, mark: str) -> str:
    rows = [
        [f'<th scope="col">{escape(cell, quote=False)}</th>' for cell in row]
        if place < block.head_rows
        else [f"<td>{escape(cell, quote=False)}</td>" for cell in row]
        for place, row in enumerate(block.rows)
    ]
    if not caption:
        rows[-1][-1] = f"{rows[-1][-1][:-5]}{mark}{rows[-1][-1][-5:]}"
    lines = [f"<tr>{''.join(row)}</tr>" for row in rows]
    head, body = "".join(lines[: block.head_rows]), "".join(lines[block.head_rows :])
    return (
        "<table>"
        + (f"<caption>{caption}</caption>" if caption else "")
        + (f"<thead>{head}</thead>" if head else "")
        + (f"<tbody>{body}</tbody>" if body else "")
        + "</table>"
    )


def _figure(block: LessonBlock, caption: str, mark: str, pictures: Container[str]) -> str:
    """A picture with its caption; what it says in words where there is none."""
    words = " ".join(block.text.split())
    alone = caption or (f"{escape(words, quote=False)}{mark}" if words else "")
    name = picture_name(block.picture) if block.picture else ""
    if not name or name not in pictures:
        return f"<p>{alone}</p>" if alone else ""
    shows = words or " ".join(sentence.text for sentence in block.sentences)
    picture = f'<img src="{escape(name)}" alt="{escape(clip(shows, 300))}">'
    below = caption or mark
    return f"<figure>{picture}{f'<figcaption>{below}</figcaption>' if below else ''}</figure>"


def _run(sentences: Sequence[Sentence], known: set[int]) -> str:
    out = ""
    for place, sentence in enumerate(sentences):
        last = place + 1 == len(sentences)
        out += escape(sentence.text, quote=False)
        if last or sentence.passage != sentences[place + 1].passage:
            out += _mark(sentence.passage, known)
        out += "" if last else space_after(sentence.text)
    return out


def _mark(number: int | None, known: set[int]) -> str:
    if number is None or number not in known:
        return ""
    return f'<sup class="cite"><a href="#source-{number}">{number}</a></sup>'


def lesson_file(draft: LessonDraft, *, preview: bool = False, pictures: Container[str] = ()) -> LessonFile:
    """Return the draft as the catalogue takes a lesson: a draft there too, until a person has read it.

    `pictures` are as for `lesson_html`.
    """
    return LessonFile(
        title=clip(draft.title, 160),
        summary=clip(draft.summary, 400),
        minutes=min(max(draft.minutes, 1), 240),
        preview=preview,
        status=LessonStatus.DRAFT,
        key_points=[point.text for point in draft.key_points],
        action_items=[action_entry(item) for item in draft.action_items],
        resources=[
            ResourceEntry(title=clip(item.title, 200), url=_url(item.url)) for item in draft.resources
        ],
        questions=[question_entry(question) for question in draft.questions],
        sources=[source_entry(passage) for passage in draft.passages],
        content=lesson_html(draft, pictures),
    )


def lesson_fields(draft: LessonDraft, pictures: Container[str] = ()) -> LessonFields:
    """Return the same as what `catalog.actions.edit_lesson` takes."""
    entry = lesson_file(draft, pictures=pictures)
    return LessonFields(
        title=entry.title,
        summary=entry.summary,
        content=entry.content,
        key_points=list(entry.key_points),
        minutes=entry.minutes,
        action_items=entry.action_items,
        resources=entry.resources,
        questions=entry.questions,
        sources=entry.sources,
    )


def paragraphs_html(text: str) -> str:
    """Return plain text, its paragraphs separated by blank lines, as HTML."""
    paragraphs = (" ".join(block.split()) for block in text.split("\n\n"))
    return "".join(f"<p>{escape(block, quote=False)}</p>" for block in paragraphs if block)


def clip(text: str, limit: int) -> str:
    """Return the text on one line, cut after a whole word where it is too long."""
    line = " ".join(text.replace("\0", "").split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"


def action_entry(item: ActionItem) -> ActionItemEntry:
    """Return something to do as the catalogue takes it."""
    return ActionItemEntry(text=clip(item.text, 400), note=clip(item.note, 400))


def source_entry(passage: Passage) -> SourceEntry:
    """Return a passage as the catalogue takes it."""
    return SourceEntry(
        number=passage.number,
        title=clip(passage.document, 300),
        page=passage.page,
        page_label=_label(passage),
        page_unit=passage.unit,
        quote=passage.text,
    )


def question_entry(question: Question) -> QuestionEntry:
    """Return a self-check as the catalogue takes it."""
    kind = QuestionKind(question.kind)
    return QuestionEntry(
        kind=kind,
        prompt=clip(question.prompt, 500),
        choices=list(question.choices),
        answer=list(question.accepted) if kind == QuestionKind.SHORT else list(question.answer),
        explanation=clip(question.explanation, 1000),
        page=question.page,
        page_label=_label(question),
    )


def _label(part: Passage | Question) -> str:
    """Return what is printed on the page, where that isn't its number."""
    return "" if part.label == str(part.page) else clip(part.label, 60)


def _url(url: str) -> str:
    """Return the address if a browser may follow it, else nothing: the title stays."""
    fits = url.startswith(("http://", "https://")) and len(url) <= 500
    return url if fits and not any(sign in url for sign in ' <>"\n\t\r') else ""
