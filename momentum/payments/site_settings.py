"""What an administrator may change about payments."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from momentum.site.domain.sections import Section, Setting


class PaymentSettings(Section):
    """How things are sold."""

    name = "payments"
    title = _("Payments")

    promotion_codes: Annotated[
        bool,
        Setting(_("Take promotion codes of the payment provider"), variable="MOMENTUM_PROMOTION_CODES"),
    ] = True
    premium_grace_days: Annotated[
        int,
        Field(ge=0, le=60),
        Setting(_("Days of premium while a bill can’t be collected"), variable="MOMENTUM_PREMIUM_GRACE_DAYS"),
    ] = 7
    events_kept_days: Annotated[
        int,
        Field(ge=7, le=3650),
        Setting(_("Days that events of the payment provider are kept in full, once they are settled")),
    ] = 90


SECTIONS = (PaymentSettings,)
