"""Requests, as a WSGI server makes them without the server, and as text for a socket."""

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
        from django.test import RequestFactory

        made = RequestFactory().get(self.path, headers={"host": "localhost", **self.headers}).environ
        made.pop("HTTP_COOKIE", None)
        if self.post is not None:
            body = self._body().encode()
            made |= {
                "REQUEST_METHOD": "POST",
                "CONTENT_TYPE": "application/x-www-form-urlencoded",
                "CONTENT_LENGTH": str(len(body)),
                "wsgi.input": io.BytesIO(body),
            }
        cookie = self._cookie()
        return made | ({"HTTP_COOKIE": cookie} if cookie else {})

    def text(self) -> str:
        """Return it as HTTP/1.1."""
        heads = {"Host": "localhost", **self.headers}
        if cookie := self._cookie():
            heads["Cookie"] = cookie
        body = ""
        if self.post is not None:
            body = self._body()
            heads |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        method = "GET" if self.post is None else "POST"
        lines = [f"{method} {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in heads.items())]
        return "\r\n".join([*lines, "", body])

    def _body(self) -> str:
        return f"csrfmiddlewaretoken={_SECRET}&{self.post}"

    def _cookie(self) -> str:
        from django.conf import settings

        cookies = [f"{settings.SESSION_COOKIE_NAME}={self.session}"] if self.session else []
        if cookies or self.post is not None:
            # A browser has one from the page on which somebody signed in.
            cookies.append(f"{settings.CSRF_COOKIE_NAME}={_SECRET}")
        return "; ".join(cookies)


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
