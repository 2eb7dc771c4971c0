"""The key pair by which push services know this installation."""

from django.db import models
from django.db.models import Q


class PushKey(models.Model):
    """The one key pair, made when it is first needed; all machines have it, and so does every copy of the database."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    sealed_private = models.TextField(editable=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="push_key_once"),)

    def __str__(self) -> str:
        return "the key pair of Web Push"
