from allauth.account import views as account
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from django.urls import include, path
from django.views.decorators.http import require_safe

from momentum.accounts.permissions import entered_lately, signed_in
from momentum.accounts.views import account as views
from momentum.accounts.views import email_address, mfa, sign_in_link, time_zone
from momentum.accounts.views import social as social_views

# Allauth's own list would keep what a visitor posts until they have signed in; here they sign in first.
SECURITY = [
    path("", signed_in(mfa.Index.as_view()), name="mfa_index"),
    path("authenticate/", mfa.Authenticate.as_view(), name="mfa_authenticate"),
    path("reauthenticate/", signed_in(base.reauthenticate), name="mfa_reauthenticate"),
    path("totp/activate/", entered_lately(app.activate_totp), name="mfa_activate_totp"),
    path("totp/deactivate/", signed_in(app.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "recovery-codes/",
        signed_in(mfa.readable_codes(recovery.view_recovery_codes)),
        name="mfa_view_recovery_codes",
    ),
    path(
        "recovery-codes/generate/",
        signed_in(mfa.GenerateRecoveryCodes.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "recovery-codes/download/",
        require_safe(signed_in(mfa.readable_codes(recovery.download_recovery_codes))),
        name="mfa_download_recovery_codes",
    ),
    path("lost-codes/", mfa.lost_codes_link, name="account_lost_codes"),
    path("lost-codes/<str:key>/", mfa.lost_codes_opened, name="account_lost_codes_opened"),
    path("passkeys/", signed_in(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("passkeys/add/", entered_lately(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/sign-in/", views.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path(
        "passkeys/reauthenticate/",
        signed_in(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("passkeys/<int:pk>/remove/", signed_in(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/edit/", signed_in(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
]

IDENTITIES = [
    path("", entered_lately(social_views.Identities.as_view()), name="socialaccount_connections"),
    path("link/", social_views.identity_link, name="account_identity_link"),
    path("cancelled/", require_safe(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("facebook/login/", social_views.facebook_login, name="facebook_login"),
    path("facebook/callback/", social_views.facebook_callback, name="facebook_callback"),
    path("apple/login/", social_views.apple_login, name="apple_login"),
    path("apple/callback/", social_views.apple_callback, name="apple_callback"),
    path("apple/callback/finish/", social_views.apple_finish, name="apple_finish_callback"),
    path("<slug:provider_id>/login/", social_views.open_id_login, name="openid_connect_login"),
    path("<slug:provider_id>/callback/", social_views.open_id_callback, name="openid_connect_callback"),
]

OPEN_WHILE_IMPERSONATING = {"landing", "account_logout"}
urlpatterns = [
    path("landing/", views.landing, name="landing"),
    path("time-zone/", time_zone.time_zone, name="account_time_zone"),
    path("confirm-email/resend/", views.resend_verification, name="account_resend_verification"),
    path("password/set/", entered_lately(account.password_set), name="account_set_password"),
    # In the place of allauth's, which asks the new address alone.
    path("email/", entered_lately(email_address.address), name="account_email"),
    path("email/removal/", email_address.address_removal, name="account_email_removal"),
    path(
        "email/confirmation/<str:key>/", email_address.address_confirmation, name="account_email_confirmation"
    ),
    path("sign-in-link/", sign_in_link.sign_in_link, name="account_sign_in_link"),
    path("sign-in-link/<str:key>/", sign_in_link.sign_in_link_opened, name="account_sign_in_link_opened"),
    path("sessions/", views.sessions, name="account_sessions"),
    path("sessions/removal/", views.sessions_removal, name="account_sessions_removal"),
    path("sessions/<uuid:session_id>/removal/", views.session_removal, name="account_session_removal"),
    path("programs/<uuid:grant_id>/removal/", views.grant_removal, name="account_grant_removal"),
    path("security/", include(SECURITY)),
    path("identities/", include(IDENTITIES)),
    path("", include("allauth.account.urls")),
]
