"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import ROW, Table

PERSONAL: dict[str, Table] = {
    "site.StoredSection": Table(plain=f"{ROW} name values"),
}
