"""A letter as mail programs want it: MJML made into their HTML, and plain text, from one source."""

from dataclasses import dataclass

import mrml
from django.template.loader import render_to_string
from django.utils import translation

from momentum.mail.domain.kinds import Letter

# A template can't fetch what somebody else wrote: includes are read from an empty memory.
_OPTIONS = mrml.ParserOptions(include_loader=mrml.memory_loader({}))


@dataclass(frozen=True)
class Parts:
    """What goes into the mail."""

    subject: str
    text: str
    html: str


def render(letter: Letter) -> Parts:
    """Return a letter's subject on one line, its plain part and its formatted part, in the language in force."""
    subject = " ".join(letter.subject.split())
    context = {
        "letter": letter,
        "subject": subject,
        "preheader": letter.preheader or next(iter(letter.paragraphs), ""),
        "language": translation.get_language() or "en",
    }
    text = render_to_string("mail/letter.txt", context).strip() + "\n"
    source = render_to_string("mail/letter.mjml", context)
    return Parts(subject, text, mrml.to_html(source, _OPTIONS).content)
