"""One's own data: what is kept of it, taking it along, and going."""

from momentum.privacy.actions.requests import deletion_token
from tests.routes.route import ALL, OWN, OWN_POST, SIGN_IN, Route, in_state, of

ROUTES: dict[str, Route] = {
    "privacy:privacy": Route(get=ALL),
    "privacy:terms": Route(get=ALL),
    "privacy:own": Route(get=OWN),
    "privacy:export": Route(post=OWN_POST),
    "privacy:export-file": Route(get=(SIGN_IN, 200, 404, 404), kwargs=of("export_id", "export.id")),
    "privacy:deletion": Route(post=OWN_POST, data=in_state("kept")),
    "privacy:deletion-confirmation": Route(
        get=OWN, post=(SIGN_IN, 302, 403, 403), kwargs=lambda world: {"token": deletion_token(world.export.user)}
    ),
}  # fmt: skip
