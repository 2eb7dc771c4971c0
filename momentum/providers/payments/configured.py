"""Who takes the money, as the environment says; what would sell for nothing by mistake is refused."""

from momentum.core import environment as env
from momentum.providers.payments import OFF, SANDBOX, STRIPE


def provider(*, development: bool) -> str:
    """Return the name of who takes the money: "stripe", "sandbox" or "off".

    Raises:
        BadSettingError: where what that one needs is missing, or it takes no money in production.
    """
    key = env.secret("STRIPE_SECRET_KEY")
    # In production nothing is sold by a sandbox unless somebody says so.
    assumed = STRIPE if key else SANDBOX if development else OFF
    found = env.choice("MOMENTUM_PAYMENTS", assumed, among=(STRIPE, SANDBOX, OFF))
    if found == STRIPE:
        _check_keys(key, development=development)
    if found == SANDBOX and not development and not env.flag("MOMENTUM_SANDBOX_IN_PRODUCTION", default=False):
        raise env.BadSettingError(
            "MOMENTUM_PAYMENTS",
            found,
            "stripe or off in production, since the sandbox sells for no money; MOMENTUM_SANDBOX_IN_PRODUCTION=yes "
            "allows it for a rehearsal",
        )
    return found


def _check_keys(key: str, *, development: bool) -> None:
    if not key:
        raise env.BadSettingError(
            "STRIPE_SECRET_KEY", "", "a key of your Stripe account, such as sk_live_..."
        )
    if key.lower().startswith("pk_"):
        raise env.BadSettingError(
            "STRIPE_SECRET_KEY", "(a publishable key)", "a secret or restricted one, such as sk_live_..."
        )
    if not env.secret("STRIPE_WEBHOOK_SECRET"):
        raise env.BadSettingError(
            "STRIPE_WEBHOOK_SECRET", "", "the endpoint's signing secret, such as whsec_..."
        )
    if not development and key.lower().startswith(("sk_test_", "rk_test_")):
        raise env.BadSettingError(
            "STRIPE_SECRET_KEY", "(a test key)", "a live key in production, since a test key takes no money"
        )


def pages(name: str, *, base_url: str) -> list[str]:
    """Return where the pages of this provider are, which forms may lead to."""
    if name == STRIPE:
        return ["https://checkout.stripe.com", "https://billing.stripe.com"]
    return [base_url]
