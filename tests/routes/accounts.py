"""Signing up and in, the account itself, its second step, and accounts elsewhere that open it."""

from momentum.core.ids import uuid7
from tests.routes.route import ALL, GUESTS, NOBODY, OWN, OWN_NONE, OWN_POST, PROVEN, SIGN_IN, Route

ROUTES: dict[str, Route] = {
    "landing": Route(get=OWN_POST),
    "account_settings": Route(get=OWN),
    "account_appearance": Route(get=OWN),
    "account_time_zone": Route(
        post=(SIGN_IN, 204, 204, 204), data=lambda world: {"zone": "Asia/Tokyo", "answer": "seen"}
    ),
    "account_resend_verification": Route(post=(SIGN_IN, SIGN_IN, SIGN_IN, SIGN_IN)),
    "account_login": Route(get=GUESTS, post=GUESTS),
    "account_signup": Route(get=GUESTS, post=GUESTS),
    "account_logout": Route(get=(302, 200, 200, 200), post=(302, 302, 302, 302)),
    "account_inactive": Route(get=ALL),
    "account_reauthenticate": Route(get=OWN, post=OWN),
    "account_email": Route(get=OWN, post=PROVEN, data=lambda world: {"email": "new@example.com"}),
    "account_email_removal": Route(post=OWN_POST),
    "account_email_confirmation": Route(get=NOBODY, post=NOBODY, kwargs=lambda world: {"key": "no-such-key"}),
    "account_email_verification_sent": Route(get=ALL),
    "account_sign_in_link": Route(get=ALL, post=(422, 422, 422, 422)),
    "account_sign_in_link_opened": Route(get=NOBODY, post=NOBODY, kwargs=lambda world: {"key": "no-such-key"}),
    "account_confirm_email": Route(get=ALL, post=NOBODY, kwargs=lambda world: {"key": "no-such-key"}),
    "account_change_password": Route(get=OWN, post=OWN),
    "account_set_password": Route(get=OWN_POST, post=OWN_POST),
    "account_reset_password": Route(get=ALL, post=ALL),
    "account_reset_password_done": Route(get=ALL),
    "account_reset_password_from_key": Route(
        get=ALL, post=ALL, kwargs=lambda world: {"uidb36": "1", "key": "no-such-key"}
    ),
    "account_reset_password_from_key_done": Route(get=ALL),
    "account_confirm_login_code": Route(
        get=(SIGN_IN, 302, 302, 302), post=(SIGN_IN, 302, 302, 302)
    ),
    "account_sessions": Route(get=OWN),
    "account_sessions_removal": Route(post=OWN_POST, data=lambda world: {"but": "this"}),
    "account_session_removal": Route(post=(SIGN_IN, 404, 404, 404), kwargs=lambda world: {"session_id": uuid7()}),
    # Providers that aren't configured are as addresses that never were; tests/accounts/test_identities.py has the rest.
    "socialaccount_connections": Route(get=OWN, post=OWN),
    "account_identity_link": Route(get=OWN_NONE, post=OWN_NONE),
    "socialaccount_login_cancelled": Route(get=ALL),
    "facebook_login": Route(get=NOBODY, post=NOBODY),
    "facebook_callback": Route(get=NOBODY),
    "apple_login": Route(get=NOBODY, post=NOBODY),
    "apple_callback": Route(post=NOBODY),
    "apple_finish_callback": Route(get=NOBODY),
    "openid_connect_login": Route(get=NOBODY, post=NOBODY, kwargs=lambda world: {"provider_id": "google"}),
    "openid_connect_callback": Route(get=NOBODY, kwargs=lambda world: {"provider_id": "google"}),
    "account_grant_removal": Route(post=(SIGN_IN, 404, 404, 404), kwargs=lambda world: {"grant_id": uuid7()}),
    "mfa_index": Route(get=OWN),
    "mfa_authenticate": Route(get=(SIGN_IN, 302, 302, 302), post=(SIGN_IN, 302, 302, 302)),
    "account_lost_codes": Route(post=(SIGN_IN, SIGN_IN, SIGN_IN, SIGN_IN)),
    "account_lost_codes_opened": Route(get=NOBODY, post=NOBODY, kwargs=lambda world: {"key": "no-such-key"}),
    "mfa_reauthenticate": Route(get=OWN_POST, post=OWN_POST),
    "mfa_activate_totp": Route(get=PROVEN, post=PROVEN),
    "mfa_deactivate_totp": Route(get=OWN_NONE, post=OWN_NONE),
    "mfa_view_recovery_codes": Route(get=OWN_NONE),
    "mfa_generate_recovery_codes": Route(get=PROVEN, post=PROVEN),
    "mfa_download_recovery_codes": Route(get=OWN_NONE),
    "mfa_list_webauthn": Route(get=OWN),
    "mfa_add_webauthn": Route(get=PROVEN, post=PROVEN),
    "mfa_reauthenticate_webauthn": Route(get=OWN_POST, post=OWN_POST),
    "mfa_remove_webauthn": Route(get=PROVEN, post=PROVEN, kwargs=lambda world: {"pk": 1}),
    "mfa_edit_webauthn": Route(get=PROVEN, post=PROVEN, kwargs=lambda world: {"pk": 1}),
    "mfa_login_webauthn": Route(get=(SIGN_IN, 302, 302, 302), post=(422, 302, 302, 302)),
}  # fmt: skip
