"""The documents that courses are written from: a few of our own, the others from Debian's documentation packages.

Those of Debian are fetched by `apt-get download` and unpacked below the bench's folder, never installed. They are not
in the repository, as their licences differ.
"""

import gzip
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import typst

from bench.database import folder, say

OWN = Path(__file__).parent / "documents"


@dataclass(frozen=True)
class Source:
    """A document: what it is like, where it is from, and the days its course is to have (0: as many as it holds).

    `path` is below `documents` for our own, else below /usr/share in the package of that name. `pages` are the first
    and the last that the course is made from: chapters, where the whole would make a course of months. `sample` is a
    day to read, which docs/writing.md shows.
    """

    name: str
    kind: str
    language: str
    path: str
    package: str = ""
    pages: tuple[int, int] | None = None
    days: int = 0
    scanned: bool = False
    sample: int = 0

    @property
    def extent(self) -> str:
        """How much of it the course is made from."""
        return f"p. {self.pages[0]}–{self.pages[1]}" if self.pages else "all"


def _handbook(name: str, language: str, pages: tuple[int, int]) -> Source:
    """The Debian reference, of which each language has other chapters here."""
    path = f"debian-reference/debian-reference.{language}.pdf"
    package = f"debian-reference-{language}"
    return Source(name, "handbook, tables", language.partition("-")[0], path, package, pages)


SMALL = (
    Source("remote work", "policy, table, procedure", "en", "remote-work-policy.typ"),
    Source("bread", "recipes", "fr", "recettes.typ"),
    Source("first aid", "slides", "es", "diapositivas.typ"),
)
SOURCES = (
    *SMALL,
    Source("remote work, scanned", "scan", "en", "remote-work-policy.typ", scanned=True),
    _handbook("Debian reference", "en", (29, 64)),
    _handbook("Debian-Referenz", "de", (68, 109)),
    _handbook("Référence Debian", "fr", (125, 147)),
    _handbook("Guida Debian", "it", (119, 151)),
    _handbook("Debian リファレンス", "ja", (130, 152)),
    _handbook("Referência Debian", "pt", (66, 105)),
    _handbook("Debian 参考手册", "zh-cn", (197, 216)),
    Source("Debian policy", "policy", "en", "doc/debian-policy/policy.pdf.gz", "debian-policy", (17, 66)),
    Source("file hierarchy", "standard", "en", "doc/debian-policy/fhs/fhs-3.0.pdf.gz", "debian-policy"),
    Source("policy, book", "EPUB", "en", "doc/debian-policy/policy.epub", "debian-policy", days=20),
    Source(
        "developers",
        "manual",
        "en",
        "developers-reference/developers-reference.pdf",
        "developers-reference",
        (37, 92),
    ),
    Source(
        "Entwickler",
        "manual, EPUB",
        "de",
        "developers-reference/de/developers-reference.epub",
        "developers-reference-de",
        days=20,
    ),
    Source("maintainers", "tutorial", "en", "doc/maint-guide/maint-guide.en.pdf", "maint-guide"),
    Source("mantenedores", "tutorial", "es", "doc/maint-guide-es/maint-guide.es.pdf", "maint-guide-es"),
    Source(
        "installatie",
        "guide",
        "nl",
        "doc/installation-guide-amd64/nl/install.nl.pdf.gz",
        "installation-guide-amd64",
        (11, 49),
    ),
    Source("Introduction to R", "chapters, code", "en", "R/doc/manual/R-intro.pdf", "r-doc-pdf", (8, 60)),
    Source("R data", "manual, code", "en", "R/doc/manual/R-data.pdf", "r-doc-pdf"),
    Source("Bash", "manual, code", "en", "doc/bash/bashref.pdf", "bash-doc", (9, 53)),
    Source(
        "Maxima",
        "book, formulas",
        "en",
        "doc/maxima-doc/maximabook-19-Sept-2004.pdf.gz",
        "maxima-doc",
        (7, 60),
    ),
    Source("DocBook to LaTeX", "manual, figures", "en", "doc/dblatex/manual.pdf.gz", "dblatex-doc", (18, 76)),
    Source("Octave", "reference, signatures", "en", "doc/octave/octave.pdf", "octave-doc", (87, 152)),
)


def files(sources: Iterable[Source]) -> dict[Source, Path]:
    """Return where each document lies, making or fetching those that aren't there yet.

    What can't be had, as Debian's where there is no `apt-get`, is said and left out.
    """
    found = {}
    for source in sources:
        try:
            found[source] = _fetched(source) if source.package else _typeset(source)
        except (OSError, subprocess.CalledProcessError) as error:
            say(f"{source.name}: can't be had here ({error})")
    return found


def _typeset(source: Source) -> Path:
    made = _corpus() / f"{Path(source.path).stem}{'-scanned' if source.scanned else ''}.pdf"
    if source.scanned:
        _scan(typst.compile(OWN / source.path, format="png", ppi=150), made)
    else:
        made.write_bytes(typst.compile(OWN / source.path))
    return made


def _scan(pages: bytes | list[bytes], made: Path) -> None:
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    for page in [pages] if isinstance(pages, bytes) else pages:
        pdf.add_page()
        pdf.image(page, x=0, y=0, w=210)
    made.write_bytes(bytes(pdf.output()))


def _fetched(source: Source) -> Path:
    unpacked = _corpus() / source.package
    if not unpacked.exists():
        subprocess.run(["dpkg", "-x", _package(source.package), unpacked], check=True)
    path = unpacked / "usr/share" / source.path
    if path.suffix != ".gz":
        return path
    plain = path.with_suffix("")
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    return plain


def _package(name: str) -> Path:
    """Return where the package's file lies: in the folder that MOMENTUM_BENCH_PACKAGES names, or fetched now."""
    given = os.environ.get("MOMENTUM_BENCH_PACKAGES")
    if given and (found := sorted(Path(given).glob(f"{name}_*.deb"))):
        return found[-1]
    say(f"Fetching {name}")
    subprocess.run(["apt-get", "download", "-q", name], cwd=_corpus(), check=True, capture_output=True)
    return next(_corpus().glob(f"{name}_*.deb"))


def _corpus() -> Path:
    made = folder() / "corpus"
    made.mkdir(parents=True, exist_ok=True)
    return made
