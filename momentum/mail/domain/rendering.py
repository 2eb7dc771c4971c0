"""An email as mail programs want it: MJML compiled to their HTML, and plain text, from one source."""

from dataclasses import dataclass

import mrml
from django.template.loader import render_to_string
from django.utils import translation

from momentum.mail.domain.kinds import EmailContent
from momentum.ui.languages import direction

_PREVIEWED = 120
# Mailboxes show a line of that length; what would fill it up is otherwise the beginning of the mail.
_FILLER = "\N{NO-BREAK SPACE}\N{ZERO WIDTH NON-JOINER}" * _PREVIEWED
# A template can't fetch what somebody else wrote: includes are read from an empty memory.
_OPTIONS = mrml.ParserOptions(include_loader=mrml.memory_loader({}))


@dataclass(frozen=True)
class Parts:
    """What goes into the mail. `preheader`: what mailboxes show beside the subject; it stands in `html`, too."""

    subject: str
    text: str
    html: str
    preheader: str


def render(content: EmailContent, *, unsubscribe_url: str = "") -> Parts:
    """Return an email's subject on one line, its plain part and its formatted part, in the language in force.

    Args:
        content: what it says.
        unsubscribe_url: where its reader ends mails of its kind, for those they may do without.
    """
    subject = " ".join(content.subject.split())
    language = translation.get_language() or "en"
    preheader = content.preheader or next(iter(content.paragraphs), "")
    context = {
        "content": content,
        "subject": subject,
        "preheader": preheader + _FILLER[: 2 * max(0, _PREVIEWED - len(preheader))],
        "language": language,
        "direction": direction(language),
        "unsubscribe_url": unsubscribe_url,
    }
    text = render_to_string("mail/email.txt", context).strip() + "\n"
    source = render_to_string("mail/email.mjml", context)
    return Parts(subject, text, mrml.to_html(source, _OPTIONS).content, preheader)
