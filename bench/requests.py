"""Requests as a WSGI server makes them, without the server."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

type Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# A CSRF secret of our own: the check compares cookie and form, and both are ours.
_SECRET = "benchbenchbenchbenchbenchbench12"


@dataclass(frozen=True)
class Request:
    """One request; `session` is the key of a session, `post` makes it a POST with this body."""

    path: str
    session: str = ""
    post: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def environ(self) -> dict[str, Any]:
        """Return its WSGI environment, fresh, since an application writes into it."""
        from django.conf import settings
        from django.test import RequestFactory

        made = RequestFactory().get(self.path, headers={"host": "localhost", **self.headers}).environ
        made.pop("HTTP_COOKIE", None)
        cookies = [f"{settings.SESSION_COOKIE_NAME}={self.session}"] if self.session else []
        if self.post is not None:
            cookies.append(f"{settings.CSRF_COOKIE_NAME}={_SECRET}")
            body = f"csrfmiddlewaretoken={_SECRET}&{self.post}".encode()
            made |= {
                "REQUEST_METHOD": "POST",
                "CONTENT_TYPE": "application/x-www-form-urlencoded",
                "CONTENT_LENGTH": str(len(body)),
                "wsgi.input": io.BytesIO(body),
            }
        return made | ({"HTTP_COOKIE": "; ".join(cookies)} if cookies else {})


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(application: Application, environ: dict[str, Any]) -> Answer:
    """Make one request to its end."""
    said: list[Any] = []
    answer = application(environ, lambda status, headers, info=None: said.extend((status, headers)))
    body = b"".join(answer)
    close = getattr(answer, "close", None)
    if close:
        close()
    return Answer(int(said[0].split()[0]), dict(said[1]), body)
