"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import OWNER, Table

PERSONAL: dict[str, Table] = {
    "accounts.User": Table(
        owners=("pk",),
        mine="id email name role time_zone time_zones_declined language bio celebrates public_address is_active "
        "date_joined last_login signed_out_at",
        hidden="password avatar",
    ),
    "accounts.Session": Table(
        owners=OWNER,
        mine="user created_at last_seen_at expires_at user_agent",
        hidden="key_hash data",
        plain="id updated_at",
    ),
    "accounts.Browser": Table(
        owners=OWNER, mine="user created_at user_agent last_seen_at", hidden="key_hash", plain="id updated_at"
    ),
    "accounts.AddressChange": Table(
        owners=OWNER, mine="user created_at email old_confirmed_at new_confirmed_at", plain="id updated_at"
    ),
    "accounts.Grant": Table(
        owners=OWNER, mine="user created_at user_agent expires_at", hidden="auth_hash", plain="id updated_at rotation"
    ),
    # Of the libraries behind sign-in, and of Django.
    "mfa.Authenticator": Table(owners=OWNER, mine="user type created_at last_used_at", hidden="data", plain="id"),
    "socialaccount.SocialApp": Table(plain="id provider provider_id name client_id secret key settings"),
    "socialaccount.SocialAccount": Table(
        owners=OWNER, mine="user provider uid last_login date_joined extra_data", plain="id"
    ),
    "socialaccount.SocialToken": Table(
        owners=("account__user",), mine="expires_at", hidden="token token_secret", plain="id app account"
    ),
    "account.EmailAddress": Table(owners=OWNER, mine="user email verified primary", plain="id"),
    "account.EmailConfirmation": Table(
        owners=("email_address__user",), mine="created sent", hidden="key", plain="id email_address"
    ),
    "auth.Permission": Table(plain="id name content_type codename"),
    "auth.Group": Table(plain="id name"),
    "auth.Group_permissions": Table(plain="id group permission"),
    "contenttypes.ContentType": Table(plain="id app_label model"),
}  # fmt: skip
