"""What the columns of these tables say of people. `momentum.core.personal_data` explains the kinds."""

from momentum.core.personal_data import OWNER, Table

PERSONAL: dict[str, Table] = {
    "search.Search": Table(owners=OWNER, mine="user at text corrected filters found", plain="id"),
    "search.Click": Table(owners=("search__user",), mine="course position at", plain="id search"),
    "search.FacetGroup": Table(plain="id category days offer level language"),
    "search.Document": Table(plain="course kind learners config title head words text spelling"),
    "search.Passage": Table(plain="lesson course words text"),
    "search.Word": Table(plain="word courses"),
    # What several people asked for in the same words, and nobody's alone.
    "search.Phrase": Table(plain="text searches"),
}  # fmt: skip
