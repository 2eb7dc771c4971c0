"""What a provider sent, without what is personal in it."""

import re
from collections.abc import Mapping

HIDDEN = "…"


# Words and ids of the provider's: no spaces, no @, no address of a page.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,119}")


_PERSONAL = re.compile(
    r"name|mail|phone|address|customer_|details|shipping|owner|card|iban|last4|fingerprint|secret|url|ip$|"
    r"postal|line[12]|city|birth|tax_id|description"
)


# Facts about the sale under names that sound personal.
_NEEDED = {"subscription_details"}


def without_persons(payload: object) -> object:
    """Return what a provider sent with ids, amounts and states alone: no names, addresses, links or secrets."""
    if isinstance(payload, Mapping):
        return {
            key: HIDDEN
            if value and key not in _NEEDED and _PERSONAL.search(str(key))
            else without_persons(value)
            for key, value in payload.items()
        }
    if isinstance(payload, list):
        return [without_persons(one) for one in payload]
    if isinstance(payload, str) and payload and ("_secret_" in payload or not _PLAIN.fullmatch(payload)):
        return HIDDEN
    return payload
