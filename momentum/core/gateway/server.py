"""Granian, whose listening sockets outlive its processes, and are passed over while their process hangs."""

import _thread
import ctypes
import errno
import logging
import os
import socket
import struct
import sys
from collections.abc import Collection
from typing import Any

from granian import Granian
from granian._granian import SocketHolder

logger = logging.getLogger(__name__)

# <asm-generic/socket.h>, <linux/filter.h>
_SO_ATTACH_REUSEPORT_CBPF, _SO_DETACH_REUSEPORT_BPF = 51, 68
_LOAD, _MODULO, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x94, 0x15, 0x06
_RANDOM = 0xFFFFF000 + 56
_STEP = struct.Struct("HBBI")  # struct sock_filter


class Server(Granian):  # type: ignore[valid-type, misc]  # which server it is depends on Python
    """Granian, which on Linux can be told which of its processes are to get new connections.

    There each process has a listening socket, and the kernel deals connections out to them by lot (one queue for all
    would be drained by whoever is woken first, mostly the same one). Granian has each process make its own: what was
    dealt to one that hangs is lost with it. Ours are made here, and the next process in its place goes on with them.
    """

    def __init__(self, target: str, *, address: str, port: int, workers: int, **options: Any) -> None:  # noqa: ANN401 - Granian's
        """Take the arguments of Granian."""
        super().__init__(target, address=address, port=port, workers=workers, **options)
        self._listening: list[socket.socket] = []
        self._dealt_to: list[int] = []
        self._sso: socket.socket | None = None
        self._shd: SocketHolder | None = None

    def serving(self) -> list[int]:
        """Return the processes that serve."""
        return [pid for _place, pid in self._places()]

    def deal_to(self, pids: Collection[int]) -> None:
        """Give new connections to these processes only; to all, where there are none of these."""
        places = [place for place, pid in self._places() if pid in pids]
        if not self._listening or places == self._dealt_to:
            return
        if self._dealt_to and places:
            logger.info("New connections go to %s of %s processes", len(places), self.workers)
        self._dealt_to = places
        try:
            if 0 < len(places) < self.workers:
                program = ctypes.create_string_buffer(_by_lot(places))
                length = ctypes.sizeof(program) // _STEP.size
                pointer = struct.pack("@HP", length, ctypes.addressof(program))  # struct sock_fprog
                self._listening[0].setsockopt(socket.SOL_SOCKET, _SO_ATTACH_REUSEPORT_CBPF, pointer)
            else:
                self._listening[0].setsockopt(socket.SOL_SOCKET, _SO_DETACH_REUSEPORT_BPF, 0)
        except OSError as error:
            if error.errno != errno.ENOENT:  # none was attached
                logger.warning("Connections go on being dealt to a process that hangs: %s", error)

    def _places(self) -> list[tuple[int, int]]:
        places = ((worker.idx, worker._id()) for worker in list(self.wrks))  # noqa: SLF001 - it has no other name
        return sorted((place, pid) for place, pid in places if pid)

    def signal_handler_interrupt(self, *args: object) -> None:
        """Stop. Not here but in a thread, since two signals at once would wait for each other's lock without end."""
        self.interrupt_signal = True
        _thread.start_new_thread(self.main_loop_interrupt.set, ())

    # A hangup comes from the kernel, too, when whoever started us dies while one of us is stopped.
    signal_handler_reload = signal_handler_interrupt

    def _init_shared_socket(self) -> None:
        if sys.platform != "linux":
            super()._init_shared_socket()
            return
        self._ssp = self._shd = self._sso = None
        for _place in range(self.workers):
            self._listening.append(_bound(self.bind_addr, self.bind_port))
        for one in self._listening:  # their order from now on is that of the places
            one.listen(self.backlog)
        os.register_at_fork(after_in_child=self._keep_own)

    def _spawn_worker(self, idx: int, **options: Any) -> Any:  # noqa: ANN401 - Granian's
        if self._listening:
            self._sso = own = self._listening[idx]
            self._shd = SocketHolder(own.fileno(), False, self.backlog)  # type: ignore[call-arg]
        return super()._spawn_worker(idx=idx, **options)

    def _keep_own(self) -> None:
        """Close, in a process that was just made, what belongs to the others, so that these can stop listening."""
        for one in self._listening:
            if one is not self._sso:
                one.close()

    def _drop_shared_socket(self) -> None:
        super()._drop_shared_socket()
        for one in self._listening:
            one.close()


def _bound(address: str, port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    bound.bind((address, port))
    bound.set_inheritable(True)
    return bound


def _by_lot(places: list[int]) -> bytes:
    """Return a program for the kernel that chooses one of these places (socket(7), SO_ATTACH_REUSEPORT_CBPF)."""
    steps = [(_LOAD, 0, 0, _RANDOM), (_MODULO, 0, 0, len(places))]
    for number, place in enumerate(places[:-1]):
        steps += [(_JUMP_IF_EQUAL, 0, 1, number), (_RETURN, 0, 0, place)]
    steps.append((_RETURN, 0, 0, places[-1]))
    return b"".join(_STEP.pack(*step) for step in steps)
