"""Asks the model whether quotes bear out claims that can't be compared word by word, such as translations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from momentum.providers.writer import WriterError
from momentum.providers.writer.model import data
from momentum.providers.writer.model.schema import ClaimsAnswer
from momentum.providers.writer.model.task import HOPELESS, make_task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from momentum.providers.writer.model.drafting import Written
    from momentum.providers.writer.model.session import Session
    from momentum.providers.writer.model.support import Claim
    from momentum.providers.writer.model.task import Task

type Verdicts = Mapping[int, Literal["yes", "partly", "no"]]


async def judged(session: Session, lesson: Written) -> Written:
    """Let the cheap model judge the open claims of a lesson, where that is configured.

    It can't overrule what was found out word by word: a changed number stays wrong whatever it says.
    """
    open_claims = {at: claim for at, claim in enumerate(lesson.claims) if claim.is_open}
    if not session.config.judges or not open_claims:
        return lesson
    from momentum.providers.writer.model.conversation import Conversation

    claims = list(open_claims.values())
    try:
        verdicts = await Conversation(session, task(claims), tier="cheap").answer()
    except WriterError as error:
        if error.code not in HOPELESS:
            raise
        return lesson
    for number, at in enumerate(open_claims, 1):
        lesson.claims[at] = lesson.claims[at].judged(verdicts[number])
    return lesson


def task(claims: Sequence[Claim]) -> Task[ClaimsAnswer, Verdicts]:
    """Judge these claims, numbered from 1."""
    values = {
        "claims": data.lines(
            {"claim": number, "says": claim.text, "quote": claim.quote}
            for number, claim in enumerate(claims, 1)
        ),
        "marker": data.marker(),
    }

    def accept(answer: ClaimsAnswer) -> Verdicts:
        verdicts = {verdict.claim: verdict.verdict for verdict in answer.verdicts}
        if verdicts.keys() != set(range(1, len(claims) + 1)):
            raise ValueError(f"There must be one verdict for each of the claims 1 to {len(claims)}.")
        return verdicts

    return make_task("claim-check", values, ClaimsAnswer, accept)
