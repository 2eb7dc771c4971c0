"""The connection that mail leaves by."""

from typing import Self

from django.core.mail import EmailMultiAlternatives, mailers


class Mailer:
    """A connection to the mail server that several mails go by, opened for the first of them.

    Use it as a context manager; it is for one thread.
    """

    def __init__(self) -> None:
        self._backend = mailers["default"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._backend.close()

    def send(self, mail: EmailMultiAlternatives) -> None:
        self._backend.open()
        try:
            self._backend.send_messages([mail])
        except Exception:
            # Whatever state it is in, the next mail begins anew.
            self._backend.close()
            raise
