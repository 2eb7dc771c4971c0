"""What people ask before they go premium, and the answers."""

from django.utils.translation import gettext_lazy as _

QUESTIONS = (
    (
        _("Can I cancel anytime?"),
        _(
            "Yes, under Billing in your settings. Premium stays on until the end of the time you’ve paid for, and "
            "nothing more is charged."
        ),
    ),
    (
        _("Can I get my money back?"),
        _(
            "Yes, within 14 days of buying, without giving a reason. You get everything back the way you paid."
        ),
    ),
    (
        _("What happens to my progress when premium ends?"),
        _("It’s kept. Premium courses close until you come back; your certificates stay valid."),
    ),
    (
        _("Does the price change later?"),
        _("Not for you. As long as your subscription runs, you keep the price you started with."),
    ),
    (
        _("What if a payment fails?"),
        _("We email you, and premium goes on for a few days while you choose another card."),
    ),
    (
        _("How can I pay?"),
        _(
            "On the page of our payment provider, with the methods it offers where you live. We never see your card "
            "details."
        ),
    ),
)
