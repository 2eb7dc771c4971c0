"""A world in which every address leads to something: courses, orders, jobs, mail, and people who may and may not."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password as unusable
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.utils import timezone

from momentum.catalog.models import Video
from momentum.core.ids import uuid7
from momentum.learning.actions.reviews import write_review
from momentum.learning.models import Certificate
from momentum.mail.models import Email, EmailText, Suppression
from momentum.payments.actions import open_portal, order_course, reconcile, save_coupon
from momentum.payments.models import Plan, WebhookEvent
from momentum.privacy.models import Export
from momentum.providers.documents import Document, Page
from momentum.providers.writer import CourseRequest
from momentum.studio import actions as studio
from momentum.studio.actions import writers
from momentum.studio.models import LessonChange, ReferenceText, Revision
from momentum.support.actions.asking import ask
from tests.factories import make_category, make_course, make_enrolment, make_question, make_user
from tests.payments.till import buy, make_paid_course, subscribe
from tests.studio.scribe.writer import NAME, Scribe
from tests.studio.working import work, work_on

type World = SimpleNamespace

LOCAL_MAIL = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@contextmanager
def making_world() -> Iterator[World]:
    """Make it, for as many tests as there are inside; it is rolled back after the last one."""
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "MAILERS", LOCAL_MAIL)
        patch.setattr(writers, "writer_named", lambda name: Scribe())
        yield _make_world()
        transaction.set_rollback(True)


def lay_out_files(world: World) -> None:
    """Put in this test's own folder the files that the world's rows name."""
    default_storage.save(f"covers/{world.uploaded}", ContentFile(b"a picture"))
    default_storage.save(f"pictures/{world.illustration}", ContentFile(b"a picture"))
    for kind in ("webm", "vtt", "webp"):
        default_storage.save(f"videos/tides.{kind}", ContentFile(b"a video, or what it says"))
    default_storage.save(f"avatars/{world.picture}-96.webp", ContentFile(b"a picture"))
    default_storage.save(f"{world.reference.page_pictures}/1-small-plain.jpg", ContentFile(b"a picture"))
    default_storage.save(world.export.file, ContentFile(b"a zip"))


def client_of(world: World, actor: str, **options: Any) -> Client:
    client = Client(raise_request_exception=True, **options)
    if actor != "anonymous":
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[actor]
    return client


def _session_of(person: Any) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _make_world() -> World:
    learner, other = make_user(name="Lea", public_address="lea", avatar="lea"), make_user(name="Otto")
    admin = make_user(name="Ada", role="admin")
    category = make_category()
    course = make_course(days=2, category=category)
    draft = make_course(days=2, category=category, published=False)
    make_enrolment(learner, course)
    finished = make_course(days=2, category=category)
    make_enrolment(learner, finished, done=2)
    review = write_review(user=learner, course=finished, stars=4, text="Clear and short.")
    certificate = Certificate.objects.get(enrolment__course=finished)
    unnamed = _unnamed(learner, category)
    lesson, draft_lesson = course.lessons.get(day=1), draft.lessons.get(day=1)
    Video.objects.create(
        lesson=lesson,
        file="videos/tides.webm",
        media_type="video/webm",
        captions="videos/tides.vtt",
        poster="videos/tides.webp",
    )
    lesson.sources.create(number=1, title="Winds", page=1, quote="Winds blow.")
    draft_lesson.sources.create(number=1, title="Winds", page=1, quote="Winds blow.")
    course.open_sources = ["Winds"]
    course.save()
    job, queued, failed = (_make_job(admin, category, topic) for topic in ("Tides", "Waves", "Wind"))
    failed.fail(code="broken", error="It broke.")
    failed.lessons.create(day=1, title="Gusts", brief={}, status="failed", error="It broke.")
    outlined = studio.start_generation(
        actor=admin,
        request=CourseRequest(topic="Rain", days=2),
        category=category,
        writer=NAME,
        outline_first=True,
    ).job
    work(outlined)
    reference = failed.references.create(
        title="winds.pdf", file="references/winds.pdf", sha256="0" * 64, bytes=9, pages=1, words=2
    )
    read = Document(title="Winds", pages=[Page(number=1, label="1", text="Winds blow.")], words=2)
    ReferenceText.objects.create(reference=reference, document=read.model_dump(mode="json"))
    written = work(job).course.lessons.get(day=1)
    other_written = job.course.lessons.get(day=2)
    proposal = work_on(studio.regenerate_lesson(actor=admin, lesson=other_written, note="Shorter."))
    for seen in job.lessons.all():
        studio.note_reading(actor=admin, lesson=seen, at=timezone.now(), longest=60)
    for draft_of_job in job.course.lessons.all():
        studio.approve_lesson(actor=admin, lesson=draft_of_job)
    change = _make_change(job, read)
    coupon = save_coupon(actor=admin, code="WELCOME", percent=20)
    people = {"learner": learner, "other learner": other, "admin": admin}
    bought = buy(learner, make_paid_course(category=category), code=coupon.code)
    subscriber = make_user(name="Sue")
    subscribed = subscribe(subscriber)
    waiting = order_course(user=other, course=make_paid_course(category=category))
    return SimpleNamespace(
        export=_make_export(learner),
        invited=make_user(name="Ines", password=unusable(None), verified=False),
        paid=make_paid_course(category=category),
        plan=Plan.objects.get(interval="month"),
        order=bought,
        payment=bought.payments.get(),
        coupon=coupon,
        subscription=subscribed.subscription,
        event=WebhookEvent.objects.filter(type="checkout.session.completed").latest("created_at"),
        report=reconcile(since=timezone.now() - timedelta(days=1)),
        session=waiting.session_id,
        portal=open_portal(user=learner).rstrip("/").rpartition("/")[2],
        job=job,
        queued=queued,
        failed=failed,
        reference=reference,
        outlined=outlined,
        written=written,
        proposal=proposal,
        change=change,
        revision=change.revision,
        course=course,
        finished=finished,
        certificate=certificate,
        unnamed=unnamed,
        review=review,
        lesson=lesson,
        item=lesson.action_items.first(),
        question=make_question(lesson),
        draft_question=make_question(draft_lesson),
        draft=draft,
        draft_lesson=draft_lesson,
        draft_item=draft_lesson.action_items.first(),
        conversation=ask(user=learner, subject="A wrong name", text="It says Lee.", key=uuid7()),
        visit=ask(user=None, address="nora@example.com", subject="Prices", text="What is it?", key=uuid7()),
        mail=_make_failed_mail(bought),
        notification=learner.notifications.earliest("created_at"),
        text=EmailText.objects.create(kind="accounts.welcome", language="en", version=1, subject="Welcome"),
        suppression=Suppression.objects.create(
            address="gone@example.com", reason=Suppression.Reason.BOUNCE, at=timezone.now()
        ),
        public=learner.public_address,
        picture=learner.avatar,
        uploaded="tides.webp",
        illustration="low-tide.webp",
        people=people,
        sessions={actor: _session_of(person) for actor, person in people.items()},
    )


def _make_export(user: Any) -> Export:
    export = Export.objects.create(user=user, file="exports/everything.zip")
    export.finish()
    return export


def _unnamed(learner: Any, category: Any) -> Certificate:
    """Return a certificate that bears no name yet."""
    make_enrolment(learner, make_course(days=1, category=category), done=1)
    found = Certificate.objects.get(enrolment__user=learner, days=1)
    Certificate.objects.filter(pk=found.pk).update(learner_name="")
    return found


def _make_change(job: Any, read: Document) -> LessonChange:
    """A new version of a document, of which a sentence of the first day is no longer part."""
    file: dict[str, Any] = {"title": "tides.pdf", "bytes": 9, "pages": 1, "words": 2}
    old, new = (
        job.references.create(
            **file,
            file=f"references/tides-{version}.pdf",
            sha256=str(version) * 64,
            version=version,
            current=version == 2,
        )
        for version in (1, 2)
    )
    for reference in (old, new):
        ReferenceText.objects.create(reference=reference, document=read.model_dump(mode="json"))
    revision = Revision.objects.create(reference=new, replaces=old)
    revision.finish(pages=[], lessons=[{"day": 1, "said": 4, "moved": 0, "changed": 0, "lost": 1}])
    change: LessonChange = revision.changes.create(
        job_lesson=job.lessons.get(day=1),
        position=0,
        kind="sentence",
        old={"text": "The moon pulls the sea."},
    )
    return change


def _make_job(admin: Any, category: Any, topic: str) -> Any:
    request = CourseRequest(topic=topic, days=2)
    return studio.start_generation(actor=admin, request=request, category=category, writer=NAME).job


def _make_failed_mail(order: Any) -> Email:
    message = Email.objects.get(kind="payments.receipt", user=order.user)
    Email.objects.filter(pk=message.pk).update(state="failed", sent_at=None, error="SMTPDataError 554")
    return message
