"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import OWNER, Table

PERSONAL: dict[str, Table] = {
    "analytics.Visitor": Table(owners=OWNER, mine="user id first_on"),
    "analytics.VisitDay": Table(owners=("visitor__user",), mine="visitor day", plain="id"),
}  # fmt: skip
