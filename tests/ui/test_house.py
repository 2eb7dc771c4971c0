"""House rules of templates, styles and scripts."""

import ast
import re
from pathlib import Path

import pytest
from django.template import engines
from jinja2 import nodes

import momentum
from momentum.ui import styles

PACKAGE = Path(momentum.__file__).parent
# Mail programs know no style sheets, so a letter's style stands in its markup.
PAGES = sorted(path for path in PACKAGE.glob("*/templates/**/*.html") if "email" not in path.parts)
STYLES = sorted(PACKAGE.glob("*/static/*/css/**/*.css"))
JS = PACKAGE / "ui" / "static" / "ui" / "js"


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(PACKAGE)) for path in paths]


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_no_template_has_inline_style_or_script(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)

    assert not re.search(r"<style\b", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">)", text)
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert not re.search(r"\bhx-on\b|javascript:", text)


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_every_template_says_what_it_is_given_and_compiles(path: Path) -> None:
    within = path.relative_to(next(parent for parent in path.parents if parent.name == "templates"))

    engines["jinja2"].get_template(str(within))

    if "components" in path.parts:
        assert path.read_text().startswith("{#"), "a component begins with a comment that names its inputs"


def test_python_renders_whole_pages_and_fragments_of_the_two_kinds() -> None:
    environment = engines["jinja2"].env
    named = {
        text.value
        for path in PACKAGE.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value.endswith(".html")
    } & set(environment.list_templates())

    neither = {name for name in named if not is_page(name) and not holds_only_macros(name)}

    assert len(named) > 80
    # Columns name them, and the page of the list includes them.
    assert neither == {"learning/panel/certificate_status.html", "learning/panel/review.html"}


def is_page(name: str) -> bool:
    parsed = parsed_template(name)
    return name in {"layouts/base.html", "layouts/bare.html"} or any(
        is_page(above.template.value)
        for above in parsed.find_all(nodes.Extends)
        if isinstance(above.template, nodes.Const)
    )


def holds_only_macros(name: str) -> bool:
    says_nothing = (nodes.Macro, nodes.FromImport, nodes.Import, nodes.Assign)
    return all(
        isinstance(part, says_nothing) or (isinstance(part, nodes.Output) and not words_in(part))
        for part in parsed_template(name).body
    )


def words_in(output: nodes.Output) -> str:
    return "".join(
        part.data if isinstance(part, nodes.TemplateData) else "…" for part in output.nodes
    ).strip()


def parsed_template(name: str) -> nodes.Template:
    environment = engines["jinja2"].env
    source, _, _ = environment.loader.get_source(environment, name)
    return environment.parse(source)


def test_every_part_of_the_style_sheet_is_sent_once() -> None:
    sent = styles.parts()

    assert sorted(sent) == STYLES
    assert [path.name for path in sent[:3]] == ["tokens.css", "base.css", "layout.css"]
    assert [path.name for path in sent[-3:]] == ["targets.css", "utilities.css", "print.css"]


@pytest.mark.parametrize("path", STYLES, ids=names(STYLES))
def test_what_an_app_has_of_its_own_stands_in_the_app(path: Path) -> None:
    app = path.relative_to(PACKAGE).parts[0]

    assert path.relative_to(PACKAGE).parts[:4] == (app, "static", app, "css")
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    if path.name not in {"tokens.css", "base.css", "layout.css", "utilities.css", "print.css"}:
        assert text.lstrip().startswith("@layer components {")


def test_each_state_of_a_lesson_that_is_marked_has_its_look() -> None:
    # Their classes are put together in components/syllabus.html, so that looking for the names finds no use.
    sheet = styles.sheet().text.decode()

    assert [name for name in ("dot--done", "dot--today") if f".{name} " not in sheet] == []


def test_the_style_sheet_stays_under_25_kilobytes() -> None:
    assert len(styles.sheet().gzipped) < 25_000


def test_variants_set_properties_and_leave_what_is_inside_them_alone() -> None:
    # On a phone a table is laid out anew: its rows become cards, and its head is for screen readers alone.
    free = {"table--cards"}

    reaching = {
        (path.name, selector): variants
        for path in STYLES
        for selector in selectors(path.read_text())
        if (variants := set(re.findall(r"\.([\w-]+--[\w-]+)", " ".join(above_the_last(selector)))) - free)
    }

    assert reaching == {}


def test_that_rule_sees_variants_wherever_they_stand() -> None:
    sheet = """
        @layer components {
          .list--wide, .list .list--wide:is(.a, .b) > li::before, :root:has(.list--wide p) .x { gap: 0 }
        }
    """

    found = selectors(sheet)

    assert found == [
        ".list--wide",
        ".list .list--wide:is(.a, .b) > li::before",
        ":root:has(.list--wide p) .x",
    ]
    assert [above_the_last(selector) for selector in found] == [
        [],
        [".list", ".list--wide:is(.a, .b)"],
        [":root:has(.list--wide p)"],
    ]


def selectors(sheet: str) -> list[str]:
    """Return each selector of the rules in a style sheet; not those of @layer, @media and the like."""
    rules = re.findall(r"([^{};]+)\{", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
    lists = [rule.strip() for rule in rules if not rule.strip().startswith("@")]
    return [selector.strip() for one in lists for selector in outside_brackets(r",", one)]


def above_the_last(selector: str) -> list[str]:
    """Return what stands before the last space or combinator: what the rule's element is in, or comes after."""
    return outside_brackets(r"\s*[>+~]\s*|\s+", selector)[:-1]


def outside_brackets(separator: str, text: str) -> list[str]:
    parts = [""]
    for piece in re.split(rf"({separator})", text):
        inside = parts[-1].count("(") > parts[-1].count(")")
        if inside or not re.fullmatch(separator, piece):
            parts[-1] += piece
        else:
            parts.append("")
    return parts


def test_components_use_tokens_for_colour() -> None:
    # A backdrop lies on pages, whatever their theme; a supported sentence is marked more softly than --good.
    free = {"dialog.css", "sent.css", "tokens.css"}

    colours = re.compile(r"#[0-9a-f]{3,8}\b|oklch\(|rgb")
    coloured = {path.name for path in STYLES if colours.search(path.read_text())}

    assert coloured == free


def test_there_is_an_icon_for_every_name_that_a_template_uses() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (PACKAGE / "ui/static/ui/icons.svg").read_text()))
    used = {
        name for path in PAGES for name in re.findall(r'\bicon(?:_name)?(?:\(|=)"([\w-]+)"', path.read_text())
    }

    assert used - drawn == set()
