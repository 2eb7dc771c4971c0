"""What a learner has ticked."""

import uuid
from datetime import datetime

from django.db import connection, models

from momentum.accounts.models import User
from momentum.catalog.models import ActionItem, Lesson
from momentum.core.ids import uuid7
from momentum.core.models import Row
from momentum.learning.models.progress import BEGIN, values_of

# What was ticked before, since a statement doesn't see what it writes itself.
_TICKED = """
    array(
        select tick.action_item_id from learning_tick tick
          join catalog_actionitem item on item.id = tick.action_item_id
         where tick.user_id = %(user)s and item.lesson_id = %(lesson)s
    )
"""
_TICK = f"""
    {BEGIN}, ticked as (
        insert into learning_tick (id, created_at, updated_at, user_id, action_item_id)
        values (%(tick)s, %(now)s, %(now)s, %(user)s, %(item)s)
        on conflict (user_id, action_item_id) do nothing
    )
    select {_TICKED}, exists (select from begun)
"""  # noqa: S608 - constants only
_UNTICK = f"""
    with unticked as (delete from learning_tick where user_id = %(user)s and action_item_id = %(item)s)
    select {_TICKED}
"""  # noqa: S608 - constants only


class TickQuerySet(models.QuerySet["Tick"]):
    def tick(self, *, user: User, item: ActionItem, at: datetime) -> tuple[frozenset[uuid.UUID], bool]:
        """Note that the learner has done this; return what they ticked in its lesson, and whether that began it."""
        values = values_of(user, item.lesson, at) | {"tick": uuid7(), "item": item.pk}
        with connection.cursor() as cursor:
            cursor.execute(_TICK, values)
            ticked, begun = cursor.fetchone()
        return frozenset(ticked) | {item.pk}, begun

    def untick(self, *, user: User, item: ActionItem) -> frozenset[uuid.UUID]:
        """Take the learner's tick away; return what they have ticked in its lesson."""
        with connection.cursor() as cursor:
            cursor.execute(_UNTICK, {"user": user.pk, "lesson": item.lesson_id, "item": item.pk})
            (ticked,) = cursor.fetchone()
        return frozenset(ticked) - {item.pk}

    def ticked(self, *, user: User, lesson: Lesson) -> frozenset[uuid.UUID]:
        """Return what the learner has ticked in the lesson."""
        mine = self.filter(user=user, action_item__lesson=lesson.pk)
        return frozenset(mine.values_list("action_item", flat=True))


class Tick(Row):
    """An action item that a learner has done."""

    user = models.ForeignKey(User, models.CASCADE, related_name="ticks")
    action_item = models.ForeignKey(ActionItem, models.CASCADE, related_name="ticks")

    objects = TickQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "action_item"], name="tick_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} ticked {self.action_item_id}"
