"""What people ask a person for, and what is said about it."""

from momentum.support.models.conversation import Conversation
from momentum.support.models.message import Message

__all__ = ["Conversation", "Message"]
