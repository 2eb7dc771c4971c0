"""Somebody who has left traces everywhere, and whose every word can be recognised."""

import uuid

from allauth.account.models import EmailConfirmation
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from momentum.accounts.actions.accounts import edit_profile
from momentum.accounts.models import User
from momentum.learning.actions.answers import answer
from momentum.learning.actions.progress import Beat, record_heartbeat, tick
from momentum.learning.actions.reviews import write_review
from momentum.learning.models import IdempotencyKey
from momentum.mail.models import Email, EmailEvent, EventType, State, Suppression
from momentum.recommendation.models import Recommendation
from momentum.search.models import Click, Search
from momentum.support.actions.answering import answer as answer_conversation
from momentum.support.actions.asking import ask
from tests.factories import make_course, make_enrolment, make_picture, make_question, make_user

CANARY = "quetzalcoatlus"


def leave_traces(word: str) -> User:
    """Somebody with a row in every table about people, and `word` in whatever they wrote."""
    user = make_user(
        email=f"lea@{word}.example",
        name=f"Lea {word}",
        bio=f"I like the {word}.",
        public_address=f"lea-{word}",
    )
    edit_profile(user=user, fields={"picture": ContentFile(make_picture(), "lea.png")})
    course, other = make_course(days=2, title="Tides"), make_course(days=2, title="Waves")
    make_enrolment(user, course, done=2)
    make_enrolment(user, other)
    write_review(user=user, course=course, stars=4, text=f"As good as a {word}.")
    lesson = other.lessons.get(day=1)
    record_heartbeat(user=user, lesson=lesson, beat=Beat.START)
    tick(user=user, item=lesson.action_items.first())
    answer(user=user, question=make_question(lesson), given=[word])
    IdempotencyKey.objects.create(user=user, key=uuid.uuid4(), digest="0" * 64)
    search = Search.objects.create(
        id=uuid.uuid4(), user=user, text=f"where is the {word}", filters="", found=0
    )
    Click.objects.create(search=search, course=course, position=1)
    Recommendation.objects.create(learner=user, course=other, place=1, reason="new")
    EmailConfirmation.objects.create(
        email_address=user.emailaddress_set.get(), sent=timezone.now(), key=f"{user.id}"
    )
    email = Email.objects.create(
        cause=f"trace/{user.id}",
        kind="accounts.welcome",
        user=user,
        address=user.email,
        language="en",
        state=State.SENT,
        sent_at=timezone.now(),
    )
    EmailEvent.objects.create(email=email, provider_id="1", type=EventType.BOUNCED, at=timezone.now())
    talk = ask(user=user, subject=f"About the {word}", text=f"Where is my {word}?", key=uuid.uuid4())
    answer_conversation(
        actor=make_user(role="admin"), conversation=talk, text="Here.", version=talk.version, key=uuid.uuid4()
    )
    # Revoked, or the mails that tests wait for would never go out.
    Suppression.objects.create(
        address=user.email, reason=Suppression.Reason.BOUNCE, at=timezone.now(), revoked_at=timezone.now()
    )
    Client(headers={"User-Agent": f"Browser of {word}"}).force_login(user)
    return User.objects.get(pk=user.pk)
