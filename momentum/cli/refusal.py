"""An error as one plain sentence."""

import sys

from momentum.core.environment import BadSettingError

PLAIN_SPOKEN = (
    ("momentum.core.postgres", "PostgresError"),
    ("momentum.core.errors", "DomainError"),
    ("momentum.providers.writer", "WriterError"),
    ("momentum.providers.documents", "DocumentError"),
    ("momentum.providers.video", "VideoError"),
    ("django.core.management", "CommandError"),
)


class RefusedError(Exception):
    """A command says no; the message is for the person at the keyboard."""


def sentence(error: Exception) -> str:
    """Return what to tell a person about this error; what is missing, one a line. Nothing heavy is imported."""
    if isinstance(error, RefusedError | BadSettingError):
        return str(error)
    if any(_is_a(module, name, error) for module, name in PLAIN_SPOKEN):
        return " ".join([str(error), *_details(error)]).replace(" \n", "\n")
    if _is_a("psycopg", "OperationalError", error) or _is_a("django.db", "OperationalError", error):
        first = (str(error).strip() or "no reason given").splitlines()[0]
        return f"The database is not responding: {first}. Check MOMENTUM_DATABASE_URL, and run `momentum doctor`."
    if _is_a("django.db", "ProgrammingError", error) and "does not exist" in str(error):
        return "The database tables are missing or out of date. Run `momentum migrate`, then try again."
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'A file'} cannot be used: {error.strerror}."
    name = type(error).__name__
    return f"Unexpected error: {name}: {error}. Set MOMENTUM_DEBUG=1 for details."


def _details(error: Exception) -> list[str]:
    """Return what an error says of each field, and what is missing of which course, one a line."""
    data = getattr(error, "data", {})
    fields = [
        f"{name}: {' '.join(map(str, sentences))}" for name, sentences in data.get("fields", {}).items()
    ]
    return fields + [f"\n  {problem}" for problem in data.get("problems", [])]


def _is_a(module: str, name: str, error: Exception) -> bool:
    loaded = sys.modules.get(module)
    kind = getattr(loaded, name, None)
    return isinstance(kind, type) and isinstance(error, kind)
