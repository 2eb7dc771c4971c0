"""What a mail says, in the language in force: as its app writes it, with what administrators edited."""

import logging
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils import translation

from momentum.mail.domain.edited_text import EditedText, with_edits
from momentum.mail.domain.kinds import EmailKind
from momentum.mail.domain.rendering import Parts, render
from momentum.mail.queries.edits import edited_text

logger = logging.getLogger(__name__)


class Written(NamedTuple):
    """A mail, and why it says what we say ourselves where that was edited (`text_templates.fault_words`)."""

    parts: Parts
    language: str
    fault: str


def write(
    kind: EmailKind, about: Mapping[str, Any], edited: EditedText | None = None, *, unsubscribe_url: str = ""
) -> Written:
    """Write a mail.

    An edited text that can't be used for this mail is replaced by ours: what somebody has to know doesn't wait for an
    administrator.

    Args:
        kind: which mail.
        about: what its `write` is told, by name.
        edited: the text that is tried instead of the one in force.
        unsubscribe_url: where its reader ends mails of its kind, for those they may do without.
    """
    language = translation.get_language() or "en"
    asked = edited_text(kind, language) if edited is None else edited
    content, fault = with_edits(kind.write(**about), asked)
    if fault and edited is None:
        logger.error("The edited text of %s (%s) can't be used, ours is sent: %s", kind.name, language, fault)
    return Written(render(content, unsubscribe_url=unsubscribe_url), language, fault)
