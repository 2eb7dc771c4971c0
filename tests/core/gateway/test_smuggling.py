"""Requests that a proxy could read otherwise than we do, written byte by byte."""

import json
import socket

import pytest

from tests.core.gateway.served import Site, all_on, answer_on

pytestmark = pytest.mark.processes

FORM = "POST / HTTP/1.1\r\nHost: site\r\n"


@pytest.mark.parametrize(
    "asked",
    [
        f"{FORM}Content-Length: 5\r\nContent-Length: 40\r\n\r\nhello",
        f"{FORM}Content-Length: 5, 40\r\n\r\nhello",
        f"{FORM}Content-Length: +5\r\n\r\nhello",
        f"{FORM}Content-Length: 0x5\r\n\r\nhello",
        f"{FORM}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        f"{FORM}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        f"{FORM}Transfer-Encoding: chunked\r\n\r\nZ\r\n\r\n",
        f"{FORM}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        f"{FORM}Content-Length : 5\r\n\r\nhello",
        f"{FORM}X-Two Words: a\r\n\r\n",
        f"{FORM} Folded: a\r\n\r\n",
        f"{FORM}No colon\r\n\r\n",
        f"{FORM}X-Null: a\0b\r\n\r\n",
        f"{FORM}X-Return: a\rb\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: site\r\nHost: other\r\n\r\n",
    ],
)
def test_what_two_programs_could_read_in_two_ways_is_refused_and_nothing_after_it_is_read(
    site: Site, behind_proxy: Site, asked: str
) -> None:
    for one in (site, behind_proxy):
        with one.connect() as connection:
            connection.sendall(asked.encode() + b"GET /smuggled HTTP/1.1\r\nHost: site\r\n\r\n")
            connection.shutdown(socket.SHUT_WR)
            raw = all_on(connection)

        assert raw.startswith(b"HTTP/1.1 400 ")
        assert raw.count(b"HTTP/1.1 ") == 1
        assert b"smuggled" not in raw


@pytest.mark.parametrize("reverse", [False, True])
def test_of_chunks_and_a_length_together_the_chunks_count_and_nothing_after_them_is_read(
    site: Site,
    behind_proxy: Site,
    reverse: bool,  # noqa: FBT001
) -> None:
    said = ["Content-Length: 4", "Transfer-Encoding: chunked"]
    both = "\r\n".join(reversed(said) if reverse else said)

    for one in (site, behind_proxy):
        with one.connect() as connection:
            connection.sendall(
                f"{FORM}{both}\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: site\r\n\r\n".encode()
            )
            status, headers, body = answer_on(connection)

        # RFC 9112, section 6.3: chunks win, and the connection ends
        assert (status, headers["connection"]) == (200, "close")
        assert json.loads(body)["body"] == 0


@pytest.mark.parametrize("target", ["http://other/where?a=b", "http://other", "//other/where"])
def test_the_host_is_what_the_host_header_says_whatever_the_target(
    site: Site, behind_proxy: Site, target: str
) -> None:
    for one in (site, behind_proxy):
        said = one.echo(f"GET {target}")

        assert said["HTTP_HOST"] == "site"
        assert said["PATH_INFO"].startswith("/")


@pytest.mark.parametrize("target", ["other:443", "*"])
def test_a_target_that_is_no_path_is_refused(site: Site, behind_proxy: Site, target: str) -> None:
    for one in (site, behind_proxy):
        status, _headers, body = one.ask(f"GET {target}")

        assert (status, body) == (400, b"The address isn't a path.\n")


@pytest.mark.parametrize(
    "long",
    [
        f"X-Long: {'a' * 200_000}",
        "\r\n".join(f"X-{n}: {'a' * 300}" for n in range(130)),
        "X-Many: a\r\n" * 200,
    ],
)
def test_headers_that_never_end_are_refused(site: Site, behind_proxy: Site, long: str) -> None:
    for one in (site, behind_proxy):
        assert one.ask("GET /", headers=f"{long}\r\n")[0] in {400, 431}
        assert one.ask(f"GET /{'a' * 70_000}")[0] in {400, 414, 431}
