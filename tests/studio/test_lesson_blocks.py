"""Blocks of a lesson on their way from a draft to the page and back to the review."""

from momentum.catalog.domain import rich_text
from momentum.providers.writer import LessonBlock, LessonDraft, LessonPicture, Passage, Section, Sentence
from momentum.studio.domain.citations import read_against
from momentum.studio.domain.markup import lesson_html, picture_name, pictures_in

PICTURE = LessonPicture(document=1, name="page-4-figure-1.png")
MARK = '<sup class="cite"><a href="#source-1" rel="noopener">1</a></sup>'


def said(*texts: str) -> list[Sentence]:
    return [Sentence(text=text, passage=1, support="supported") for text in texts]


def draft(*blocks: LessonBlock) -> LessonDraft:
    passage = Passage(number=1, document="Tides", page=3, text="Springs and neaps.")
    return LessonDraft(
        title="Tides", sections=[Section(heading="The sea", blocks=list(blocks))], passages=[passage]
    )


EVERY_KIND = draft(
    LessonBlock(kind="paragraph", sentences=said("The moon pulls the sea.", "So does the sun & all.")),
    LessonBlock(kind="bullets", sentences=said("Springs.", "At new moon.", "Neaps."), depths=[0, 1, 0]),
    LessonBlock(kind="steps", sentences=said("Find a table.", "Read a row.")),
    LessonBlock(
        kind="table",
        sentences=said("Heights at the pier."),
        rows=[["Day", "Height"], ["Monday", "2 < 3 m"]],
        head_rows=1,
        passage=1,
    ),
    LessonBlock(kind="table", rows=[["a", "b"], ["c", "d"]], passage=1),
    LessonBlock(kind="figure", sentences=said("The moon above."), picture=PICTURE, passage=1),
    LessonBlock(kind="code", text="if tide > 2:\n    wait()", passage=1),
    LessonBlock(kind="quotation", sentences=said("Time and tide wait for no man.")),
    LessonBlock(kind="note", sentences=said("Mind the mud.")),
    LessonBlock(kind="note", sentences=said("Warning", "The water is cold.")),
    LessonBlock(kind="formula", text="F = m a", passage=1),
)


def test_every_kind_of_block_is_html_that_the_catalogue_keeps_and_writes_as_markdown() -> None:
    html = lesson_html(EVERY_KIND, {picture_name(PICTURE)})

    kept = rich_text.clean(html, in_files=True)

    assert rich_text.from_markdown(rich_text.to_markdown(kept)) == kept
    for part in (
        f"<p>The moon pulls the sea. So does the sun &amp; all.{MARK}</p>",
        f"<ul><li>Springs.{MARK}<ul><li>At new moon.{MARK}</li></ul></li><li>Neaps.{MARK}</li></ul>",
        f"<ol><li>Find a table.{MARK}</li><li>Read a row.{MARK}</li></ol>",
        (
            f"<table><caption>Heights at the pier.{MARK}</caption><thead><tr>"
            '<th scope="col">Day</th><th scope="col">Height</th></tr></thead>'
            "<tbody><tr><td>Monday</td><td>2 &lt; 3 m</td></tr></tbody></table>"
        ),
        f"<tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d{MARK}</td></tr></tbody>",
        (
            '<figure><img src="pictures/source-2-page-4-figure-1.png" alt="The moon above.">'
            f"<figcaption>The moon above.{MARK}</figcaption></figure>"
        ),
        "<pre><code>if tide &gt; 2:\n    wait()</code></pre>",
        f"<blockquote><p>Time and tide wait for no man.{MARK}</p></blockquote>",
        f"<aside><p>Mind the mud.{MARK}</p></aside>",
        f"<aside><p><strong>Warning</strong></p><p>The water is cold.{MARK}</p></aside>",
        f"<p>F = m a{MARK}</p>",
    ):
        assert part in kept
    assert pictures_in(EVERY_KIND) == [PICTURE]


def test_a_figure_whose_picture_is_not_there_keeps_its_caption() -> None:
    html = rich_text.clean(lesson_html(EVERY_KIND))

    assert "<img" not in html
    assert f"<p>The moon above.{MARK}</p>" in html


def test_the_review_finds_every_block_of_the_draft_in_the_text_that_was_saved() -> None:
    saved = rich_text.clean(lesson_html(EVERY_KIND, {picture_name(PICTURE)}), in_files=True)

    review = read_against(EVERY_KIND, saved)

    assert review.counts["changed"] == 0
    assert review.counts["supported"] == review.sentences
    assert [(block.kind, block.text) for block in review.blocks][3:9] == [
        ("bullet", "At new moon."),
        ("bullet", "Neaps."),
        ("step", "Find a table."),
        ("step", "Read a row."),
        ("caption", "Heights at the pier."),
        ("row", "Day · Height"),
    ]


def test_a_cell_and_a_line_of_code_that_were_edited_are_changed() -> None:
    saved = rich_text.clean(lesson_html(EVERY_KIND)).replace("Monday", "Tuesday").replace("wait()", "go()")

    review = read_against(EVERY_KIND, saved)

    changed = [block.text for block in review.blocks if any(one.mark == "changed" for one in block.pieces)]
    assert changed == ["Tuesday · 2 < 3 m", "if tide > 2:\n    go()"]


def test_sentences_without_spaces_between_them_get_none() -> None:
    html = lesson_html(draft(LessonBlock(kind="paragraph", sentences=said("月が海を引く。", "太陽も引く。"))))

    assert "<p>月が海を引く。太陽も引く。<sup" in html


def test_a_lesson_counts_the_words_of_its_tables_and_not_those_of_its_code() -> None:
    table = LessonBlock(kind="table", rows=[["High tide", "noon"]])
    code = LessonBlock(kind="code", sentences=said("How to wait."), text="wait(a, b, c)")

    assert draft(LessonBlock(kind="paragraph", sentences=said("One two.")), table, code).words == 8


def test_a_draft_that_was_stored_as_paragraphs_of_sentences_still_loads() -> None:
    stored = {
        "title": "Tides",
        "sections": [
            {
                "heading": "The sea",
                "paragraphs": [
                    [
                        {"text": "It moves:", "passage": 1, "support": "supported", "item": None},
                        {"text": "up", "passage": 1, "support": "supported", "item": "bullet"},
                        {"text": "down", "passage": 1, "support": "supported", "item": "bullet"},
                    ],
                    [{"text": "Read a row.", "passage": None, "support": "none", "item": "step"}],
                ],
            }
        ],
    }

    [section] = LessonDraft.model_validate(stored).sections

    assert [(block.kind, [one.text for one in block.sentences]) for block in section.blocks] == [
        ("paragraph", ["It moves:"]),
        ("bullets", ["up", "down"]),
        ("steps", ["Read a row."]),
    ]


def test_what_a_teacher_adds_stands_around_the_text_and_is_known_in_the_review() -> None:
    leads = [Sentence(text=text, support="linking") for text in ("You can:", "Explain the tides")]
    taught = draft(LessonBlock(kind="paragraph", sentences=said("Springs and neaps."))).model_copy(
        update={
            "opening": [
                LessonBlock(kind="paragraph", sentences=leads[:1]),
                LessonBlock(kind="bullets", sentences=leads[1:]),
            ],
            "closing": [
                Section(
                    heading="Glossary",
                    blocks=[LessonBlock(kind="bullets", sentences=said("Neap: a low tide."))],
                )
            ],
        }
    )

    html = lesson_html(taught)
    review = read_against(taught, html)

    assert html.startswith("<p>You can:</p><ul><li>Explain the tides</li></ul><h2>The sea</h2>")
    assert html.endswith(
        '<h2>Glossary</h2><ul><li>Neap: a low tide.<sup class="cite"><a href="#source-1">1</a></sup></li></ul>'
    )
    assert (review.counts["linking"], review.counts["supported"], review.counts["changed"]) == (2, 2, 0)
