"""The gateway before a small site, spoken to byte by byte."""

import json
import socket
import threading
import time
from pathlib import Path

import pytest

from momentum.core.gateway.limits import BODIES_OF_ADDRESS
from tests.core.gateway.served import MB, Site, answer_on
from tests.core.gateway.site import FILM

pytestmark = pytest.mark.processes


def chunked(*chunks: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in (*chunks, b""))


def test_the_application_is_told_what_wsgi_says_it_is(site: Site) -> None:
    said = site.echo("GET /caf%C3%A9/a%20b?q=%C3%A9&x=1", headers="Accept: text/html\r\nAccept: */*\r\n")

    assert said["REQUEST_METHOD"] == "GET"
    assert said["PATH_INFO"].encode("latin-1").decode() == "/café/a b"
    assert said["QUERY_STRING"] == "q=%C3%A9&x=1"
    assert said["SERVER_PROTOCOL"] == "HTTP/1.1"
    assert said["SERVER_PORT"] == str(site.port)
    assert said["REMOTE_ADDR"] == "127.0.0.1"
    assert said["wsgi.url_scheme"] == "http"
    assert said["HTTP_HOST"] == "site"
    assert said["HTTP_ACCEPT"] == "text/html,*/*"
    assert "PATH" not in said


def test_cookies_of_several_headers_are_one_and_both_set_cookies_arrive(site: Site) -> None:
    assert site.echo("GET /", headers="Cookie: a=1\r\nCookie: b=2\r\n")["HTTP_COOKIE"] == "a=1; b=2"
    with site.connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: site\r\nConnection: close\r\n\r\n")
        assert connection.recv(MB).count(b"set-cookie: ") == 2


def test_headers_with_underscores_and_those_of_a_proxy_are_left_out_where_there_is_none(site: Site) -> None:
    said = site.echo(
        "GET /",
        headers="X_Forwarded_For: 1.1.1.1\r\nX-Forwarded-For: 2.2.2.2\r\nForwarded: for=3.3.3.3\r\nX-A_B: c\r\n",
    )

    assert not [name for name in said if "FORWARDED" in name or "A_B" in name]


@pytest.mark.parametrize(
    "twice", ["Host: other", "Content-Type: a/b\r\nContent-Type: c/d", "Authorization: a\r\nAuthorization: b"]
)
def test_a_header_that_may_be_there_once_is_not_there_twice(site: Site, twice: str) -> None:
    assert site.ask("GET /", headers=f"{twice}\r\n")[0] == 400


def test_a_body_arrives_whole_and_its_length_is_what_came(site: Site) -> None:
    plain = site.echo("POST /", b"a" * 300_000 + b"the end", headers="Content-Length: 300007\r\n")
    chunks = site.echo("POST /", chunked(b"one ", b"two"), headers="Transfer-Encoding: chunked\r\n")
    none = site.echo("POST /", headers="Content-Length: 0\r\n")

    assert (plain["body"], plain["CONTENT_LENGTH"], plain["end"]) == (300_007, "300007", "aaathe end")
    assert (chunks["body"], chunks["CONTENT_LENGTH"], chunks["end"]) == (7, "7", "one two")
    assert "HTTP_TRANSFER_ENCODING" not in chunks
    assert none["body"] == 0


def test_who_asks_whether_to_go_on_is_told_to(site: Site) -> None:
    with site.connect() as connection:
        connection.sendall(
            b"POST / HTTP/1.1\r\nHost: site\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
        )
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"hi")
        assert json.loads(answer_on(connection)[2])["body"] == 2


@pytest.mark.parametrize(
    ("head", "headers", "most"),
    [
        ("POST /", "", 1),
        ("POST /nowhere", "Cookie: a=1\r\n", 1),
        ("POST /upload", "Cookie: a=1\r\n", 3),
        ("POST /upload", "", 1),
        ("POST /api/references", "Authorization: Bearer a\r\n", 4),
        ("PUT /api/references", "Authorization: Bearer a\r\n", 1),
    ],
)
def test_each_address_takes_as_much_as_its_view_says(site: Site, head: str, headers: str, most: int) -> None:
    path = head.split()[1]
    fits, over = most * MB, most * MB + 1

    taken = site.ask(head, b"x" * fits, headers=f"{headers}Content-Length: {fits}\r\n")
    declared = site.ask(head, headers=f"{headers}Content-Length: {over}\r\n")
    counted = site.ask(
        head, chunked(*[b"x" * MB] * most, b"x"), headers=f"{headers}Transfer-Encoding: chunked\r\n"
    )

    assert (taken[0], json.loads(taken[2])["body"]) == (200, fits), path
    for status, told, body in (declared, counted):
        assert status == 413
        assert body.decode() == f"You can send at most {most} MB here.\n"
        assert told["content-type"] == "text/plain; charset=utf-8"
        assert told["x-request-id"]


def test_a_browser_is_refused_with_a_page(site: Site) -> None:
    headers = f"Content-Length: {MB + 1}\r\nAccept: text/html,*/*;q=0.8\r\n"

    status, told, body = site.ask("POST /", headers=headers)

    assert (status, told["content-type"]) == (413, "text/html; charset=utf-8")
    assert body == b"<h1>413</h1><p>You can send at most 1 MB here.</p>"


def test_who_sends_too_much_can_read_why_after_sending_it_all(site: Site) -> None:
    status, _headers, _body = site.ask("POST /", b"x" * 20 * MB, headers=f"Content-Length: {20 * MB}\r\n")

    assert status == 413


@pytest.mark.parametrize(
    ("headers", "part"),
    [("Content-Length: 10\r\n", b"abc"), ("Transfer-Encoding: chunked\r\n", b"3\r\nabc\r\n")],
)
def test_a_body_that_is_cut_off_reaches_nobody(site: Site, headers: str, part: bytes) -> None:
    with site.connect() as connection:
        connection.sendall(f"POST / HTTP/1.1\r\nHost: site\r\n{headers}\r\n".encode() + part)
        connection.shutdown(socket.SHUT_WR)
        status, told, _body = answer_on(connection)

    assert status == 400
    assert told["connection"] == "close"


def test_files_are_sent_from_where_they_are_read_and_heads_without_them(site: Site) -> None:
    status, headers, body = site.ask("GET /film")
    head = site.ask("HEAD /film")

    assert (status, body) == (200, FILM[256:])
    assert (head[0], head[1]["content-length"], head[2]) == (200, headers["content-length"], b"")
    assert site.ask("GET /nameless")[2] == FILM


@pytest.mark.parametrize("rows", [10, 400_000])
def test_what_is_made_bit_by_bit_is_sent_whole(site: Site, rows: int) -> None:
    status, headers, body = site.ask(f"GET /table/{rows}")

    assert (status, headers["content-type"]) == (200, "text/csv")
    assert body == b"".join(b"%07d\n" % number for number in range(rows))


def test_a_page_that_waits_holds_up_no_other(site: Site) -> None:
    with site.connect() as slow:
        slow.sendall(b"GET /sleep/6 HTTP/1.1\r\nHost: site\r\nConnection: close\r\n\r\n")
        asked = [site.ask("GET /")[0] for _ in range(5)]
        slow.setblocking(False)
        with pytest.raises(BlockingIOError):  # the slow one isn't answered yet
            slow.recv(1)

    assert asked == [200] * 5


def test_the_health_of_the_process_is_told_without_a_page_worker(site: Site) -> None:
    busy = [site.connect() for _ in range(20)]
    for connection in busy:
        connection.sendall(b"GET /sleep/3 HTTP/1.1\r\nHost: site\r\n\r\n")
    time.sleep(0.2)

    status, _headers, body = site.ask("GET /healthz")

    assert (status, body) == (200, b'{"status": "ok"}')
    for connection in busy:
        connection.setblocking(False)
        with pytest.raises(BlockingIOError):
            connection.recv(1)
        connection.close()


def test_whoever_asks_for_too_much_at_once_is_told_to_wait(tmp_path: Path) -> None:
    site = Site(tmp_path, SITE_BEHIND_PROXY="1")
    crowd = [site.connect() for _ in range(110)]
    for connection in crowd:
        connection.sendall(
            b"GET /sleep/1 HTTP/1.1\r\nHost: site\r\nX-Forwarded-For: 9.9.9.9, 1.1.1.1\r\n\r\n"
        )
    time.sleep(0.3)

    same = site.ask("GET /", headers="X-Forwarded-For: 2.2.2.2, 1.1.1.1\r\n")
    other = site.echo("GET /", headers="X-Forwarded-For: 1.1.1.1, 2.2.2.2\r\n")
    for connection in crowd:
        connection.close()
    site.stop()

    assert same[0] == 429
    assert same[1]["retry-after"] == "5"
    assert other["HTTP_X_FORWARDED_FOR"] == "1.1.1.1, 2.2.2.2"


def test_a_form_that_comes_in_two_parts_is_taken_whatever_the_same_address_has_begun(site: Site) -> None:
    head = b"POST / HTTP/1.1\r\nHost: site\r\nConnection: close\r\nContent-Length: 2\r\n\r\n"
    with site.connect() as form:
        form.sendall(head)
        crowd = [site.connect() for _ in range(2 * BODIES_OF_ADDRESS)]
        for connection in crowd:
            connection.sendall(head)
        assert site.ask("GET /healthz")[0] == 200  # all of them have been looked at
        form.sendall(b"hi")
        status = answer_on(form)[0]
    for connection in crowd:
        connection.close()

    assert status == 200


ASKED = "5f0c2b9e-44a1-4d78-b6b1-e0f9d2c7a8e6"


def test_a_broken_application_says_nothing_of_itself(site: Site) -> None:
    status, headers, body = site.ask("GET /broken", headers=f"X-Request-ID: {ASKED}\r\n")

    assert (status, body) == (500, b"Something went wrong on our side.\n")
    assert headers["x-request-id"] == ASKED


def test_told_to_stop_it_answers_what_was_asked_before(tmp_path: Path) -> None:
    site = Site(tmp_path)
    answers: list[int] = []
    asking = [
        threading.Thread(target=lambda: answers.append(site.ask("GET /sleep/0.2")[0])) for _ in range(12)
    ]
    for one in asking:
        one.start()
    time.sleep(0.5)

    site.stop()
    for one in asking:
        one.join()

    assert answers == [200] * 12
