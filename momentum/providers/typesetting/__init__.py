"""What is printed: certificates as PDF, and pictures of a course for other sites and for mail programs.

Set with typst, in our own fonts (`fonts/`: static cuts of those that the pages use, which typst can read). The same
input gives the same bytes.
"""

from momentum.providers.typesetting.certificate import Certificate, certificate_pdf
from momentum.providers.typesetting.picture import picture_png
from momentum.providers.typesetting.poster import Poster, poster_png

__all__ = ["Certificate", "Poster", "certificate_pdf", "picture_png", "poster_png"]
