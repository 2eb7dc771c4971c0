"""What HeyGen refuses, in plain sentences: codes of https://developers.heygen.com (v3)."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from momentum.core.parsing import plain_text
from momentum.providers.video import VideoError

if TYPE_CHECKING:
    from collections.abc import Mapping

IN_PROGRESS, NOT_FOUND = "request_in_progress", "not_found"
DEFAULT_WAIT, LONGEST_WAIT = 60.0, 3600.0
_IN_PROGRESS_WAIT = 5.0
_LONGEST_SAID = 300


def refused(
    status: int, headers: Mapping[str, str], said: object, *, makes: bool, hidden: str = ""
) -> VideoError:
    """Return what an answer that isn't a success means.

    Args:
        status: of HTTP.
        headers: with `Retry-After`, where the answer has one.
        said: the JSON of the answer, whatever it is.
        makes: whether the request could have made something.
        hidden: what must not be repeated from the answer: the key.
    """
    code, message = _said(said, hidden)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = retry_after(headers.get("Retry-After", ""))
        return VideoError(
            code or "rate_limit_exceeded",
            _("HeyGen is making as many videos as your plan allows. This one is tried again in a moment."),
            permanent=False,
            retry_after=wait,
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return VideoError(
            code or "server_error",
            _("HeyGen has a fault of its own just now. It is asked again in a moment."),
            permanent=False,
            unknown=makes,
        )
    if status == HTTPStatus.CONFLICT and code == IN_PROGRESS:
        return VideoError(
            code,
            _("HeyGen is still taking this order. It is looked up in a moment."),
            permanent=False,
            retry_after=_IN_PROGRESS_WAIT,
            unknown=True,
        )
    if status == HTTPStatus.NOT_FOUND:
        # HeyGen has several codes for it, and a gateway has none.
        code = NOT_FOUND
    return VideoError(code or f"http_{status}", _sentence(status, message))


def unreachable(*, sent: bool) -> VideoError:
    """Return what it means that no answer came. `sent`: it may have taken an order nevertheless."""
    return VideoError(
        "unreachable",
        _("HeyGen didn’t answer. It is asked again in a moment."),
        permanent=False,
        unknown=sent,
    )


def unreadable(*, makes: bool) -> VideoError:
    """Return what it means that an answer isn't what the interface says."""
    return VideoError(
        "unreadable",
        _("HeyGen answered something that can’t be read. It is asked again in a moment."),
        permanent=False,
        unknown=makes,
    )


def failure_sentence(code: str, message: str) -> str:
    """Return what a failed video says of itself, as a sentence with what to do next."""
    message = shown(message)
    if not message:
        return _(
            "HeyGen couldn’t make this video ({code}). Start it again, or choose another avatar or voice."
        ).format(code=code or _("no reason given"))
    return _("HeyGen couldn’t make this video: {reason} Correct that, then start it again.").format(
        reason=message if message.endswith((".", "!", "?")) else f"{message}."
    )


def shown(message: object, hidden: str = "") -> str:
    """Return a vendor's sentence as it may be shown: one line, short, without our key."""
    text = " ".join(plain_text(message if isinstance(message, str) else "").split())
    if hidden:
        text = text.replace(hidden, "…")
    return text if len(text) <= _LONGEST_SAID else f"{text[: _LONGEST_SAID - 1]}…"


def retry_after(header: str) -> float:
    """Return how long to wait, in seconds: RFC 9110 knows seconds and a date."""
    header = header.strip()
    if header.isascii() and header.isdecimal():
        return min(float(header[:9]), LONGEST_WAIT)
    try:
        at = parsedate_to_datetime(header)
    except ValueError:
        return DEFAULT_WAIT
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max((at - datetime.now(UTC)).total_seconds(), 0.0), LONGEST_WAIT)


def _said(said: object, hidden: str) -> tuple[str, str]:
    error: Any = said.get("error") if isinstance(said, dict) else None
    if not isinstance(error, dict):
        return "", ""
    code = error.get("code")
    return (code[:100] if isinstance(code, str) else ""), shown(error.get("message"), hidden)


def _sentence(status: int, message: str) -> str:
    known = {
        HTTPStatus.UNAUTHORIZED: _(
            "HeyGen doesn’t know this API key. Set HEYGEN_API_KEY to a key of your account."
        ),
        HTTPStatus.PAYMENT_REQUIRED: _(
            "Your HeyGen account has too few credits. Add credits there, then start the video again."
        ),
        HTTPStatus.FORBIDDEN: _(
            "Your HeyGen plan doesn’t allow this. Choose another avatar or voice, or change the plan."
        ),
        HTTPStatus.NOT_FOUND: _(
            "HeyGen doesn’t have this any more. Update the avatars and voices, and choose again."
        ),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _(
            "This is more than HeyGen takes at once. Shorten the script, then start the video again."
        ),
    }
    if status in known:
        return known[HTTPStatus(status)]
    if not message:
        return _("HeyGen refused this order. Look at its avatar, voice and script, then start it again.")
    return _("HeyGen refused this: {reason}").format(reason=message)
