"""`make bench`: what a page costs, beside the same SQL behind a bare WSGI handler, in one process and one run.

The figures are of this machine at this moment; quote the ratio. It runs on a database of its own.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

type Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Figures:
    """What a number of requests took: latencies in milliseconds, CPU in milliseconds a request."""

    per_second: float
    p50: float
    p95: float
    p99: float
    cpu: float


def environ(path: str, cookie: str) -> dict[str, Any]:
    """Return the WSGI environment of a GET."""
    from django.test import RequestFactory

    made = RequestFactory().get(path, headers={"host": "localhost"}).environ
    return made | ({"HTTP_COOKIE": cookie} if cookie else {})


def ask(application: Application, path: str, cookie: str) -> str:
    """Make one request to its end and return the status line."""
    status: list[str] = []
    answer = application(environ(path, cookie), lambda line, headers, info=None: status.append(line))
    for _chunk in answer:
        pass
    close = getattr(answer, "close", None)
    if close:
        close()
    return status[0]


def measure(application: Application, path: str, cookie: str, requests: int) -> Figures:
    """Make `requests` requests one after the other, after a tenth as many to warm up."""
    for _ in range(max(5, requests // 10)):
        ask(application, path, cookie)
    latencies: list[float] = []
    started, cpu = time.perf_counter(), time.process_time()
    for _ in range(requests):
        before = time.perf_counter()
        ask(application, path, cookie)
        latencies.append((time.perf_counter() - before) * 1000)
    wall, cpu = time.perf_counter() - started, time.process_time() - cpu
    cuts = statistics.quantiles(latencies, n=100)
    return Figures(requests / wall, cuts[49], cuts[94], cuts[98], cpu / requests * 1000)


def bare(statements: list[str]) -> Application:
    """Return a handler that runs the same statements on psycopg and answers with their rows' count."""
    from django.db import connection

    def application(_environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        rows = 0
        for statement in statements:
            with connection.connection.cursor() as cursor:
                cursor.execute(statement)
                rows += len(cursor.fetchall()) if cursor.description else 0
        body = str(rows).encode()
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]

    return application


def statements_of(application: Application, path: str, cookie: str) -> list[str]:
    """Return the reading SQL of one request, values filled in."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        ask(application, path, cookie)
    return [query["sql"] for query in captured.captured_queries if query["sql"].startswith("SELECT")]


def pages(cookie: str) -> list[tuple[str, str, str]]:
    """Return name, path and cookie of each page that is measured."""
    from momentum.catalog.models import Lesson
    from momentum.learning.models import Enrolment

    enrolment = (
        Enrolment.objects.select_related("course")
        .filter(status="active", user__role="free")
        .latest("enrolled_at")
    )
    course = enrolment.course
    lesson = Lesson.objects.filter(course=course).order_by("day")[0]
    from django.urls import reverse

    course_path = reverse("learning:course", args=[course.slug])
    lesson_path = reverse("learning:lesson", args=[course.slug, lesson.day])
    return [
        ("home, anonymous", "/", ""),
        ("catalogue, anonymous", reverse("catalog:catalogue"), ""),
        ("course, anonymous", course_path, ""),
        ("catalogue, signed in", reverse("catalog:catalogue"), cookie),
        ("course, signed in", course_path, cookie),
        ("lesson, signed in", lesson_path, cookie),
        ("dashboard, signed in", reverse("engagement:dashboard"), cookie),
    ]


def run(requests: int) -> None:
    """Load the demo, then measure and print every page."""
    import django
    from django.core.management import call_command

    django.setup()
    from django.conf import settings
    from django.test import Client

    from momentum import demo
    from momentum.accounts.models import User
    from momentum.wsgi import application

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    people = {
        name: {"email": f"{name}@example.com", "password": "Bench-only-1"} for name in ("admin", "learner")
    }
    demo.load(people)
    client = Client()
    client.force_login(User.objects.get(email=people["learner"]["email"]))
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    heading = ("page", "SQL", "req/s", "p50 ms", "p95 ms", "p99 ms", "CPU ms", "of bare")
    layout = "{:<22}{:>5}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}\n"
    sys.stdout.write(layout.format(*heading))
    for name, path, with_cookie in pages(cookie):
        status = ask(application, path, with_cookie)
        if not status.startswith("200"):
            raise SystemExit(f"{path} answered {status}, so it can't be measured.")
        statements = statements_of(application, path, with_cookie)
        ours = measure(application, path, with_cookie, requests)
        floor = measure(bare(statements), path, with_cookie, requests)
        figures = [f"{value:.1f}" for value in (ours.per_second, ours.p50, ours.p95, ours.p99, ours.cpu)]
        sys.stdout.write(
            layout.format(name, len(statements), *figures, f"{ours.per_second / floor.per_second:.2f}")
        )


def main() -> None:
    """Start a throw-away database, measure, stop it."""
    from momentum.core import postgres

    parser = argparse.ArgumentParser(description="Measure what pages cost.")
    parser.add_argument("--requests", type=int, default=300, help="requests per page")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="momentum-bench-", ignore_cleanup_errors=True) as folder:
        server = postgres.start(Path(folder) / "postgres", durable=False)
        os.environ |= {
            "MOMENTUM_DATABASE_URL": server.url,
            "MOMENTUM_HOME": folder,
            "MOMENTUM_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "momentum.settings",
        }
        try:
            run(options.requests)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
