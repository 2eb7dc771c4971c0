"""What a failed request means: a plain sentence, and whether trying again can help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError
from pydantic_ai import exceptions as ai

from momentum.providers.writer import WriterError

if TYPE_CHECKING:
    from momentum.providers.writer.model.config import ModelConfig, ModelName

_BRIEFLY = 300
_TRANSIENT_STATUSES = frozenset({408, 409, 424, 425})


def writer_error(error: Exception, name: ModelName, config: ModelConfig) -> WriterError:
    """Translate what a client raised. Keys never get into the sentence."""
    model = str(name)
    if isinstance(error, ai.ModelAPIError) and (transient := _transient(error, model, config)):
        return transient
    if isinstance(error, ai.UnexpectedModelBehavior):
        return WriterError(
            "unavailable",
            f"The server of {model} answered with something that isn't a model's answer. "
            "Check MOMENTUM_WRITER_BASE_URL if it goes on.",
            permanent=False,
        )
    return _permanent(error, model, config)


def _transient(error: ai.ModelAPIError, model: str, config: ModelConfig) -> WriterError | None:
    wait = error.retry_after
    if isinstance(error, ai.ModelRateLimitError):
        sentence = f"{model} takes no more requests for the moment."
        return WriterError("throttled", sentence, permanent=False, retry_after=wait)
    if isinstance(error, (ai.ModelTimeoutError, ai.ModelRequestTimeout)):
        sentence = f"{model} gave no answer within {config.timeout:g} seconds."
        return WriterError("timeout", sentence, permanent=False, retry_after=wait)
    if isinstance(error, ai.ModelConnectionError):
        sentence = f"The server of {model} can't be reached. Check MOMENTUM_WRITER_BASE_URL and the network."
        return WriterError("unreachable", sentence, permanent=False, retry_after=wait)
    status = error.status_code if isinstance(error, ai.ModelHTTPError) else 0
    if isinstance(error, (ai.ModelUnavailableError, ai.ModelServerError)) or status in _TRANSIENT_STATUSES:
        sentence = f"{model} is not available for the moment."
        return WriterError("unavailable", sentence, permanent=False, retry_after=wait)
    return None


def _permanent(error: Exception, model: str, config: ModelConfig) -> WriterError:
    if isinstance(error, ai.ModelQuotaExceededError):
        return WriterError(
            "quota", f"The account for {model} is used up. Raise its limit, or pay what is owed."
        )
    if isinstance(error, ai.ModelAuthenticationError):
        return WriterError(
            "not_authorised",
            f"{model} refused our key. Check MOMENTUM_WRITER_API_KEY, or the provider's own variable, and that the "
            "account may use this model.",
        )
    if isinstance(error, ai.ModelNotFoundError):
        return WriterError(
            "model_not_found",
            f"There is no model {model} there: it may have been retired, or belong to another region. Set "
            "MOMENTUM_WRITER to a current one.",
        )
    if isinstance(error, ai.ModelContextWindowExceededError):
        return WriterError(
            "too_long", f"The pages of this step are more than {model} can read. Give the step fewer pages."
        )
    if isinstance(error, BotoCoreError):
        return WriterError(
            "not_authorised",
            f"AWS can't be used: {_said(str(error), config)} Set MOMENTUM_WRITER_API_KEY, or give AWS credentials and "
            "MOMENTUM_WRITER_REGION.",
        )
    said = _said(_body_message(error) or str(error), config)
    return WriterError("rejected", f"{model} rejected the request: {said} Check MOMENTUM_WRITER.")


def _body_message(error: Exception) -> str:
    """What the provider said, out of the shapes in which the three protocols say it."""
    body = getattr(error, "body", None)
    for key in ("error", "Error"):
        if isinstance(body, dict) and isinstance(body.get(key), dict):
            body = body[key]
    if isinstance(body, dict):
        return str(body.get("message") or body.get("Message") or "")
    return ""


def _said(text: str, config: ModelConfig) -> str:
    if config.api_key:
        text = text.replace(config.api_key, "(key)")
    text = " ".join(text.split())[:_BRIEFLY].rstrip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
