"""A mail server that takes everything and keeps nothing: `python -m bench.mail_sink PORT`."""

import sys
import time

from aiosmtpd.controller import Controller


class Sink:
    """Takes a mail, as a server does that is never busy."""

    async def handle_DATA(self, *_asked: object) -> str:  # noqa: N802 - aiosmtpd's name
        return "250 OK"


def main() -> None:
    """Listen until the process is ended."""
    Controller(Sink(), hostname="127.0.0.1", port=int(sys.argv[1])).start()
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main()
