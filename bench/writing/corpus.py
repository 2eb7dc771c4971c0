"""The documents that courses are written from: a few of our own, the others from Debian's documentation packages.

Those of Debian are fetched by `apt-get download` and unpacked below the bench's folder, never installed. They are not
in the repository, as their licences differ.
"""

import gzip
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

    `path` is below `documents` for our own, else below /usr/share in the package of that name.
    """

    name: str
    kind: str
    language: str
    path: str
    package: str = ""
    days: int = 0
    scanned: bool = False


SMALL = (
    Source("remote work", "policy, table, procedure", "en", "remote-work-policy.typ"),
    Source("bread", "recipes", "fr", "recettes.typ"),
    Source("first aid", "slides", "es", "diapositivas.typ"),
)
SOURCES = (
    *SMALL,
    Source("remote work, scanned", "scan", "en", "remote-work-policy.typ", scanned=True),
    Source(
        "Debian reference",
        "handbook",
        "en",
        "debian-reference/debian-reference.en.pdf",
        "debian-reference-en",
        14,
    ),
    Source(
        "Debian-Referenz",
        "handbook",
        "de",
        "debian-reference/debian-reference.de.pdf",
        "debian-reference-de",
        14,
    ),
    Source(
        "Référence Debian",
        "handbook",
        "fr",
        "debian-reference/debian-reference.fr.pdf",
        "debian-reference-fr",
        14,
    ),
    Source(
        "Guida Debian",
        "handbook",
        "it",
        "debian-reference/debian-reference.it.pdf",
        "debian-reference-it",
        14,
    ),
    Source(
        "Debian リファレンス",
        "handbook",
        "ja",
        "debian-reference/debian-reference.ja.pdf",
        "debian-reference-ja",
        14,
    ),
    Source(
        "Referência Debian",
        "handbook",
        "pt",
        "debian-reference/debian-reference.pt.pdf",
        "debian-reference-pt",
        14,
    ),
    Source(
        "Debian 参考手册",
        "handbook",
        "zh",
        "debian-reference/debian-reference.zh-cn.pdf",
        "debian-reference-zh-cn",
        14,
    ),
    Source("Debian policy", "policy", "en", "doc/debian-policy/policy.pdf.gz", "debian-policy", 21),
    Source("file hierarchy", "standard", "en", "doc/debian-policy/fhs/fhs-3.0.pdf.gz", "debian-policy", 7),
    Source("policy, book", "EPUB", "en", "doc/debian-policy/policy.epub", "debian-policy", 21),
    Source(
        "developers",
        "manual",
        "en",
        "developers-reference/developers-reference.pdf",
        "developers-reference",
        14,
    ),
    Source(
        "Entwickler",
        "manual",
        "de",
        "developers-reference/de/developers-reference.epub",
        "developers-reference-de",
        14,
    ),
    Source("maintainers", "tutorial", "en", "doc/maint-guide/maint-guide.en.pdf", "maint-guide", 7),
    Source("mantenedores", "tutorial", "es", "doc/maint-guide-es/maint-guide.es.pdf", "maint-guide-es", 7),
    Source(
        "installatie",
        "guide",
        "nl",
        "doc/installation-guide-amd64/nl/install.nl.pdf.gz",
        "installation-guide-amd64",
        7,
    ),
    Source("Introduction to R", "chapters, code", "en", "R/doc/manual/R-intro.pdf", "r-doc-pdf", 14),
    Source("R data", "manual, code", "en", "R/doc/manual/R-data.pdf", "r-doc-pdf", 7),
    Source("Bash", "manual, code", "en", "doc/bash/bashref.pdf", "bash-doc", 14),
    Source(
        "Maxima", "book, formulas", "en", "doc/maxima-doc/maximabook-19-Sept-2004.pdf.gz", "maxima-doc", 14
    ),
    Source("DocBook to LaTeX", "manual, figures", "en", "doc/dblatex/manual.pdf.gz", "dblatex-doc", 7),
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
        say(f"Fetching {source.package}")
        subprocess.run(
            ["apt-get", "download", "-q", source.package], cwd=_corpus(), check=True, capture_output=True
        )
        package = next(_corpus().glob(f"{source.package}_*.deb"))
        subprocess.run(["dpkg", "-x", package, unpacked], check=True)
        package.unlink()
    path = unpacked / "usr/share" / source.path
    if path.suffix != ".gz":
        return path
    plain = path.with_suffix("")
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    return plain


def _corpus() -> Path:
    made = folder() / "corpus"
    made.mkdir(parents=True, exist_ok=True)
    return made
