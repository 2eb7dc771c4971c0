"""A provider that never finishes its answer: a page is told in time, durable work goes on waiting."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from momentum.providers.payments import PaymentError, patience
from momentum.providers.payments.stripe import StripePayments
from tests.providers.fake_stripe import KEY, SECRET


@contextmanager
def _dripping() -> Iterator[tuple[str, threading.Event]]:
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


def test_a_page_is_told_while_the_answer_still_drips() -> None:
    with _dripping() as (base, enough):
        provider = StripePayments(KEY, SECRET, base=base)

        with patience.at_most(0.3), pytest.raises(PaymentError) as refused:
            provider.checkout("cs_1")

        assert not enough.is_set()
        assert not refused.value.permanent


def test_what_a_page_asks_one_after_the_other_shares_its_time() -> None:
    with _dripping() as (base, _enough):
        provider = StripePayments(KEY, SECRET, base=base)
        with patience.at_most(0.3):
            for _question in range(3):
                with pytest.raises(PaymentError):
                    provider.intent("pi_1")

            assert patience.seconds_left() <= 0


def test_durable_work_is_patient() -> None:
    assert patience.seconds_left() == patience.PAGE_SECONDS
    with patience.at_most(0.01):
        assert patience.patiently(patience.seconds_left)() == patience.WORKER_SECONDS
    assert not patience.is_patient()
