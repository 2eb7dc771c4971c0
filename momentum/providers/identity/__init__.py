"""Who people are, as others say: identity providers as they are configured, and what their signed tokens prove."""

from momentum.providers.identity.tokens import BadTokenError, KeySet, proven_claims

__all__ = ["BadTokenError", "KeySet", "proven_claims"]
