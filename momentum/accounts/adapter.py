"""Where allauth asks how Momentum does things."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Sign-up, mail and limits as Momentum wants them."""
