"""Granian, with one queue of connections for all its processes."""

import _thread
import socket
import sys
from typing import Any

from granian import Granian
from granian._granian import SocketHolder


class Server(Granian):  # type: ignore[valid-type, misc]  # which server it is depends on Python
    """Granian whose processes take connections from one queue.

    On Linux, Granian has each process listen by itself, and the kernel deals connections out to them: those that fall
    to a process that is stopped wait for it, and are lost with it.
    """

    def __init__(self, target: str, *, address: str, port: int, backlog: int, **options: Any) -> None:  # noqa: ANN401 - Granian's
        """Take the port at once.

        Raises:
            OSError: where it can't be had.
        """
        super().__init__(target, address=address, port=port, backlog=backlog, **options)
        self._own = _bound(address, port) if sys.platform == "linux" else None

    def signal_handler_interrupt(self, *args: object) -> None:
        """Stop. Not here but in a thread, since two signals at once would wait for each other's lock without end."""
        self.interrupt_signal = True
        _thread.start_new_thread(self.main_loop_interrupt.set, ())

    # A hangup comes from the kernel, too, when whoever started us dies while one of us is stopped.
    signal_handler_reload = signal_handler_interrupt

    def _init_shared_socket(self) -> None:
        if self._own is None:
            super()._init_shared_socket()
            return
        self._ssp, self._sso = None, self._own
        self._shd = SocketHolder(self._own.fileno(), False, self.backlog)  # type: ignore[call-arg]


def _bound(address: str, port: int) -> socket.socket:
    """Return a socket that has the port; the processes listen on it when they are ready."""
    bound = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bound.bind((address, port))
    except BaseException:
        bound.close()
        raise
    bound.set_inheritable(True)
    return bound
