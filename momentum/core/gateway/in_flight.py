"""Who has asked for something and waits for it, so that nobody takes them for idle."""


class Underway:
    """The clients, as `address:port`, whose request is here whole, and those who were answered a moment ago.

    What was handed to Granian may not be in the kernel yet; so who was answered stays for one to two turns.

    Written in the event loop and asked in another thread: each step is one that Python makes at one stroke.
    """

    def __init__(self) -> None:
        self._working: set[str] = set()
        self._just: set[str] = set()
        self._before: set[str] = set()

    def __contains__(self, client: str) -> bool:
        return client in self._working or client in self._just or client in self._before

    def begin(self, client: str) -> None:
        """Note that the request of this client is here whole."""
        self._working.add(client)

    def end(self, client: str) -> None:
        """Note that it is answered, or never will be."""
        self._just.add(client)
        self._working.discard(client)

    def turn(self) -> None:
        """Forget those who were answered before the last turn."""
        self._before, self._just = self._just, set()
