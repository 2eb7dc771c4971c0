"""A server whose answers never end."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def dripping() -> Iterator[tuple[str, threading.Event]]:
    """Answer each request with a byte at a time, until the event is set."""
    enough = threading.Event()
    server = socket.create_server(("127.0.0.1", 0))

    def drip(client: socket.socket) -> None:
        with client:
            client.recv(65_536)
            client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while not enough.wait(0.05):
                client.sendall(b" ")

    def serve() -> None:
        while not enough.is_set():
            try:
                client, _address = server.accept()
            except OSError:
                return
            threading.Thread(target=drip, args=(client,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}", enough
    finally:
        enough.set()
        server.close()
