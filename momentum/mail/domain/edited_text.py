"""What administrators have a mail say in place of our own subject and introduction."""

import re
from dataclasses import replace
from typing import NamedTuple

from momentum.mail.domain.kinds import EmailContent
from momentum.mail.domain.text_templates import TextFaultError, one_line, rendered

_BLANK_LINE = re.compile(r"\n\s*\n")


class EditedText(NamedTuple):
    """Templates (`text_templates`) of a subject and an introduction; empty for what we say ourselves."""

    subject: str = ""
    introduction: str = ""


def with_edits(content: EmailContent, edited: EditedText) -> tuple[EmailContent, str]:
    """Return a mail's content with the edited subject and introduction, and nothing; or ours, and why that is.

    Of what was edited all is used or nothing: a subject and an introduction that belong together stay so.
    """
    subject, paragraphs = content.subject, content.paragraphs
    try:
        if edited.subject:
            subject = rendered(edited.subject, content.values)
        if edited.introduction:
            made = _BLANK_LINE.split(rendered(edited.introduction, content.values))
            paragraphs = [*map(one_line, made), *content.paragraphs[1:]]
    except TextFaultError as fault:
        return content, fault.code
    return replace(content, subject=subject, paragraphs=paragraphs), ""
