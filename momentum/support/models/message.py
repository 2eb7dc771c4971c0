"""What is said in a conversation."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from momentum.accounts.models import User
from momentum.core.models import Row
from momentum.support.models.conversation import Conversation

TEXT_AT_MOST = 5000


class Author(models.TextChoices):
    """Who said it: whoever asks, or one of us."""

    PERSON = "person", _("Person")
    ADMINISTRATOR = "administrator", _("Administrator")


class Message(Row):
    """One thing that was said. `key` is the form's: sent twice, it is said once."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages", db_index=False)
    author = models.CharField(max_length=15, choices=Author)
    # Which administrator; nobody once their account is gone.
    administrator = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(max_length=TEXT_AT_MOST)
    key = models.UUIDField(unique=True)

    Author = Author

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
            models.CheckConstraint(condition=Q(author__in=Author.values), name="message_author_known"),
            models.CheckConstraint(
                condition=Q(author=Author.ADMINISTRATOR) | Q(administrator__isnull=True),
                name="message_administrator_agrees",
            ),
        )
        indexes = (models.Index(fields=["conversation", "id"], name="message_of_conversation"),)

    def __str__(self) -> str:
        return f"{self.author} in {self.conversation_id}"

    @property
    def is_ours(self) -> bool:
        return self.author != Author.PERSON
