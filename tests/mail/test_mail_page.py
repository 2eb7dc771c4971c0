"""The page in the panel where a development Momentum's mail is read."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

LIST = "/panel/mail/"
UNKNOWN = "/panel/mail/00000000-0000-7000-8000-000000000000/"


@pytest.fixture(autouse=True)
def mail_goes_to_files(settings: Any, tmp_path: Path) -> None:
    settings.MAIL_DIRECTORY = tmp_path / "mail"
    options = {"file_path": str(settings.MAIL_DIRECTORY)}
    settings.MAILERS = {"default": {"BACKEND": settings.MAIL_AS_FILES, "OPTIONS": options}}


def send(subject: Any = "Hello", text: Any = "Text", html: Any = "<p>Page</p>") -> Any:
    message = EmailMultiAlternatives(subject, text, None, ["nora@example.com"])
    message.attach_alternative(html, "text/html")
    message.send()


def first_letter(client: Any) -> str:
    found = re.search(r'href="(/panel/mail/[0-9a-f-]{36}/)"', client.get(LIST).text)
    assert found is not None
    return found[1]


def test_without_mail_the_page_says_how_some_comes(as_admin: Any) -> None:
    assert "No mail yet" in as_admin.get(LIST).text


def test_a_newcomers_link_can_be_followed_from_the_page(as_admin: Any, db: None) -> None:
    newcomer = Client()
    newcomer.post("/account/signup/", {"email": "nora@example.com", "password1": "Correct-horse-7"})

    assert "Confirm your address" in as_admin.get(LIST).text
    page = as_admin.get(first_letter(as_admin)).text
    (link,) = set(re.findall(r'href="http://testserver(/account/confirm-email/[^"]+)"', page))

    assert newcomer.post(link).headers["Location"] == "/account/landing/"


def test_what_a_mail_says_is_shown_and_never_run(as_admin: Any) -> None:
    send(
        "<script>s</script>",
        "A <script>t</script> and http://x.example/?a=1&b=2",
        "<script>alert(1)</script>",
    )

    address = first_letter(as_admin)
    page = as_admin.get(address).text
    formatted = as_admin.get(f"{address}page/")

    assert "<script>s" not in page + as_admin.get(LIST).text
    assert "<script>t" not in page
    assert "alert(1)" not in page
    assert re.search(r'<iframe[^>]* sandbox(=""|\s)[^>]*src="' + re.escape(address) + 'page/"', page)
    assert 'href="http://x.example/?a=1&amp;b=2"' in page
    assert formatted.text.strip() == "<script>alert(1)</script>"
    policy = formatted.headers["Content-Security-Policy"].split("; ")
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert not [directive for directive in policy if directive.startswith("script-src")]
    assert formatted.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert formatted.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", [LIST, UNKNOWN, f"{UNKNOWN}page/"])
def test_only_administrators_read_mail(client: Any, as_learner: Any, db: None, address: Any) -> None:
    send()

    assert client.get(address).headers["Location"] == f"/account/login/?next={address}"
    refused = as_learner.get(address)
    assert refused.status_code == 403
    assert "Hello" not in refused.text


@pytest.mark.parametrize("address", [UNKNOWN, f"{UNKNOWN}page/"])
def test_what_is_not_there_is_not_found(as_admin: Any, address: Any) -> None:
    assert as_admin.get(address).status_code == 404


@pytest.mark.parametrize("name", ["..", "../../credentials.json", "%2e%2e%2fcredentials", "secret"])
def test_no_path_leads_out_of_the_folder(as_admin: Any, name: Any) -> None:
    assert as_admin.get(f"/panel/mail/{name}/").status_code == 404


@pytest.mark.parametrize("address", [LIST, "letter", "page"])
def test_in_production_or_with_a_mail_server_there_is_no_such_page(
    as_admin: Any, settings: Any, address: Any
) -> None:
    send()
    letter = first_letter(as_admin)
    where = {"letter": letter, "page": f"{letter}page/"}.get(address, address)
    assert as_admin.get(where).status_code == 200

    settings.DEVELOPMENT = False
    assert as_admin.get(where).status_code == 404
    settings.DEVELOPMENT = True
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}}
    assert as_admin.get(where).status_code == 404


def test_reading_changes_nothing(as_admin: Any) -> None:
    send()

    for method in (as_admin.post, as_admin.put, as_admin.delete):
        assert method(LIST).status_code == 405
        assert method(first_letter(as_admin)).status_code == 405
