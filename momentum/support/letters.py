"""The mails of support: somebody waits for a person, and what that person answers."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from momentum.accounts.models import User
from momentum.core.errors import NotFoundError
from momentum.mail.domain.blocks import Excerpt, Quotation
from momentum.mail.domain.kinds import EmailContent, EmailKind, Purpose
from momentum.mail.domain.subjects import fitting, shortened
from momentum.mail.models import Keeps
from momentum.support.models import Conversation, Message
from momentum.support.models.message import Author
from momentum.support.queries.links import GOOD_FOR
from momentum.ui.formats import date_words, moment

FIRST_LINES = 400
QUOTED = 1200


def _escalation(*, conversation: Conversation, question: Message, spell: int, hours: int = 0) -> EmailContent:
    """Write to an administrator; `hours` is how long an answer has been due, where it is late."""
    if not conversation.is_waiting or conversation.spell != spell:
        raise NotFoundError  # somebody has answered meanwhile
    who = conversation.user.display_name if conversation.user else _("A visitor")
    facts = []
    if conversation.page:
        facts.append((_("Page"), conversation.page))
    if conversation.waiting_since:
        facts.append((_("Waiting since"), moment(conversation.waiting_since)))
    first = _("%(who)s has asked a person for help.")
    late = ngettext(
        "%(who)s has waited for an answer for more than %(hours)d hour.",
        "%(who)s has waited for an answer for more than %(hours)d hours.",
        hours,
    )
    about = _("Still waiting: %(subject)s") if hours else _("Waiting for an answer: %(subject)s")
    return EmailContent(
        fitting(about, subject=conversation.subject),
        [(late if hours else first) % {"who": who, "hours": hours}],
        facts,
        (_("Open conversation"), _address("panel:support:conversation", conversation)),
        titles=[(conversation.subject, conversation.language)],
        heading=conversation.subject,
        kicker=_("Still waiting for an answer") if hours else _("Waiting for an answer"),
        blocks=[Quotation(_lines(shortened(question.text, FIRST_LINES)), language=conversation.language)],
        values={"name": who, "subject": conversation.subject},
    )


def _answered(*, answer: Message, question: str) -> EmailContent:
    conversation = answer.conversation
    name = conversation.user.display_name if conversation.user else ""
    return _answer(
        answer,
        question,
        greeting=_("Hello %(name)s,") % {"name": name},
        button=(_("View conversation"), _address("support:conversation", conversation)),
        values={"name": name, "subject": conversation.subject},
    )


def _reply(*, answer: Message, question: str, link: str) -> EmailContent:
    until = date_words(timezone.now() + GOOD_FOR)
    return _answer(
        answer,
        question,
        button=(_("Read and reply"), link),
        spells_link=True,
        values={"subject": answer.conversation.subject},
        fine=[
            _("You get this email because this address was given when someone wrote to us."),
            _(
                "The link opens the conversation without signing in, until %(day)s. Forward this email only to people "
                "who may read it."
            )
            % {"day": until},
        ],
    )


def _answer(answer: Message, question: str, **more: object) -> EmailContent:
    conversation = answer.conversation
    return EmailContent(
        fitting(_("Our answer: %(subject)s"), subject=conversation.subject),
        [_("You asked us, and here is our answer.")],
        titles=[(conversation.subject, conversation.language)],
        heading=conversation.subject,
        kicker=_("Our answer"),
        preheader=shortened(" ".join(answer.text.split()), 120),
        blocks=[Excerpt(_lines(answer.text), language=conversation.language)],
        below=[
            Quotation(
                _lines(shortened(question, QUOTED)), kicker=_("You wrote"), language=conversation.language
            )
        ],
        **more,  # type: ignore[arg-type]
    )


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _address(route: str, conversation: Conversation) -> str:
    return settings.BASE_URL + reverse(route, args=[conversation.id])


def _sample_conversation(**fields: object) -> Conversation:
    return Conversation(
        subject="My certificate has the wrong name",
        page="/courses/tides/",
        spell=1,
        waiting_since=timezone.now(),
        last_at=timezone.now(),
        **fields,
    )


def _sample_escalation() -> dict[str, object]:
    conversation = _sample_conversation(user=_LEA)
    question = Message(conversation=conversation, author=Author.PERSON, text=_QUESTION)
    return {"conversation": conversation, "question": question, "spell": 1}


def _sample_answer(conversation: Conversation) -> Message:
    text = "You can change it yourself: open the certificate and choose “Change name”.\nThe old link keeps working."
    return Message(conversation=conversation, author=Author.ADMINISTRATOR, text=text)


_LEA = User(email="lea@example.com", name="Lea Learner")
_QUESTION = "It says “Lee Learner”, but I’m called Lea.\nCan you change it?"

ESCALATION = EmailKind(
    "support.escalation",
    gettext_lazy("Someone waits for a person"),
    gettext_lazy(
        "A conversation begins to wait for an answer, or has waited too long. Goes to all administrators."
    ),
    _escalation,
    _sample_escalation,
    purpose=Purpose.OPTIONAL,
)
ANSWERED = EmailKind(
    "support.answered",
    gettext_lazy("Answer from support"),
    gettext_lazy("An administrator answers somebody who has an account."),
    _answered,
    lambda: {"answer": _sample_answer(_sample_conversation(user=_LEA)), "question": _QUESTION},
)
REPLY = EmailKind(
    "support.reply",
    gettext_lazy("Answer from support to a visitor"),
    gettext_lazy("An administrator answers somebody without an account. The private link lets them reply."),
    _reply,
    lambda: {
        "answer": _sample_answer(_sample_conversation(address="lea@example.com")),
        "question": _QUESTION,
        "link": f"{settings.BASE_URL}/help/visitor/example/",
    },
    Keeps.NO_BODY,
)
LETTERS = (ESCALATION, ANSWERED, REPLY)
