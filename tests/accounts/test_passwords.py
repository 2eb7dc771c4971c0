"""What a password must hold, as a newcomer meets it."""

import html
import re
from typing import Any

import pytest

from momentum.accounts.models import User

SHORT = "This password is too short. It must contain at least 8 characters."
UPPER = "Add an uppercase letter."
LOWER = "Add a lowercase letter."
DIGIT = "Add a number."
SYMBOL = "Add a symbol, such as ! or -."
COMMON = "This password is too common."
ALIKE = "The password is too similar to the email address."


def complaints(page: str) -> list[str]:
    found = re.search(r'id="id_password1_error"(.*?)</ul>', page, re.DOTALL)
    items = re.findall(r"<li[^>]*>(.*?)</li>", found[1], re.DOTALL) if found else []
    return [html.unescape(re.sub(r"<[^>]+>", "", item)).strip() for item in items]


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("zq", [SHORT, UPPER, DIGIT, SYMBOL]),
        ("Aa1-", [SHORT]),
        ("Aa1-567", [SHORT]),
        ("correct-horse-7", [UPPER]),
        ("CORRECT-HORSE-7", [LOWER]),
        ("Correct-horse", [DIGIT]),
        ("Correcthorse7", [SYMBOL]),
        ("Correct horse 7", [SYMBOL]),
        ("12345678", [COMMON, UPPER, LOWER, SYMBOL]),
        ("P@ssw0rd", [COMMON]),
        ("Nora@example.com1", [ALIKE]),
    ],
)
def test_a_weak_password_is_refused_with_all_that_is_missing(
    client: Any, db: None, sign_up: Any, password: Any, expected: Any
) -> None:
    response = sign_up(client, password1=password)

    assert complaints(response.text) == expected
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "password", ["Aa1-5678", "Größer-als-8", "Zażółć gęślą 7!", "Correct-horse-7", "Aa1-" * 50]
)
def test_a_good_password_is_taken(client: Any, db: None, sign_up: Any, password: Any) -> None:
    sign_up(client, password1=password)

    assert User.objects.get().check_password(password)


def test_the_rules_stand_beside_the_field(client: Any, db: None) -> None:
    assert "At least 8 characters" in client.get("/account/signup/").text
