"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import Table

PERSONAL: dict[str, Table] = {
    "recommendation.Recommendation": Table(
        owners=("learner",), mine="learner course place reason because", plain="id"
    ),
    "recommendation.Likeness": Table(plain="id course other together words"),
    "recommendation.Favourite": Table(plain="id category course new place weight"),
}  # fmt: skip
