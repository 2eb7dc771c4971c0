"""What a provider of payments says is read where it is spoken to, and nowhere else."""

import re

from tests.test_architecture import PACKAGE

OWN = PACKAGE / "providers" / "payments"
# Which provider is used, with which keys, and whether it answers.
CONFIGURATION = {PACKAGE / "settings.py", PACKAGE / "cli" / "doctor" / "providers.py"}
WORDS = re.compile(
    r"stripe|checkout\.session\.|customer\.subscription\.|[\"'](?:invoice|charge)\.|CHECKOUT_SESSION_ID|whsec_",
    re.IGNORECASE,
)


def test_no_words_of_a_provider_stand_outside_of_it() -> None:
    files = [path for path in PACKAGE.rglob("*.py") if OWN not in path.parents and path not in CONFIGURATION]

    assert len(files) > 500
    found = {str(path.relative_to(PACKAGE)): WORDS.findall(path.read_text()) for path in files}
    assert {name: words for name, words in found.items() if words} == {}
