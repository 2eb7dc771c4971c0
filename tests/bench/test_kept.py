"""The figures in the documentation are those that were measured."""

from bench.kept import PAGE, read, tables


def test_the_page_shows_the_figures_that_are_kept() -> None:
    assert tables(read()) in PAGE.read_text()
