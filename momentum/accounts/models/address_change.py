"""Another email address that somebody asked for."""

from django.db import models
from django.utils import timezone

from momentum.accounts.models.user import User
from momentum.core.models import Row


class AddressChange(Row):
    """Another e-mail address that somebody asked for: theirs once they have confirmed it at both."""

    user = models.OneToOneField(User, models.CASCADE, related_name="address_change")
    email = models.EmailField(max_length=254)
    old_confirmed_at = models.DateTimeField(null=True, blank=True)
    new_confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} to {self.email}"

    def confirm(self, side: str) -> bool:
        """Note that the link sent to one side, "old" or "new", was followed; say whether both were by now."""
        setattr(self, f"{side}_confirmed_at", timezone.now())
        self.save(update_fields=[f"{side}_confirmed_at", "updated_at"])
        return bool(self.old_confirmed_at and self.new_confirmed_at)
