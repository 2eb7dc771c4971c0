"""What the command line says, and with which exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.db import connection
from moto import mock_aws

from momentum import cli
from momentum.accounts.models import Role, User
from momentum.cli import createadmin, credentials, doctor
from momentum.cli.refusal import sentence
from momentum.core.errors import ConflictError, InvalidError
from momentum.providers import payments
from momentum.providers.payments.stripe import StripePayments
from momentum.providers.push import sns
from momentum.site.models import StoredSection
from momentum.studio.site_settings import GenerationSettings
from tests.accounts.issuer import Issuer
from tests.factories import make_course
from tests.providers.fake_heygen import KEY as HEYGEN_KEY
from tests.providers.fake_heygen import fake_heygen
from tests.providers.fake_local_servers import Dialect
from tests.providers.fake_models import FakeModels, Reply
from tests.providers.fake_stripe import KEY, SECRET, fake_stripe


def test_help_lists_every_command_and_imports_nothing_heavy() -> None:
    code = (
        "import sys; from momentum.cli import main; main(['--help']);"
        "sys.exit(any(name in sys.modules for name in ('django', 'psycopg', 'granian', 'dbos')))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0
    for command in cli.COMMANDS:
        assert f"  {command} " in done.stdout


@pytest.mark.parametrize("command", [*cli.COMMANDS, *cli.HIDDEN])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"])

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: momentum {command}")


def test_an_unknown_command_is_a_misunderstanding(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["runn"]) == 2
    assert capsys.readouterr().err == "momentum: there is no command runn. `momentum --help` lists them.\n"


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("PORT", "eighty", "a number from 1 to 65535"),
        # What an administrator may change, where the environment doesn't say it.
        ("MOMENTUM_GENERATIONS_PER_DAY", "-1", "a number from 0 to 100000"),
        ("MOMENTUM_WRITER", "parrot", "extractive, or a model such as bedrock:ID, anthropic:ID or openai:ID"),
    ],
)
def test_a_bad_setting_is_one_sentence(tmp_path: Path, variable: str, value: str, expected: str) -> None:
    environment = {**os.environ, variable: value, "MOMENTUM_HOME": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-m", "momentum", "run"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == (
        f"momentum: {variable} is '{value}', but it must be {expected}. Correct it and start again.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_an_unreachable_database_is_one_sentence() -> None:
    environment = {**os.environ, "MOMENTUM_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}

    done = subprocess.run(
        [sys.executable, "-m", "momentum", "migrate"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    said = done.stderr.splitlines()[-1]
    assert said.startswith("momentum: The database is not responding: ")
    assert "Traceback" not in done.stderr


def test_a_domain_error_is_said_as_it_is() -> None:
    assert sentence(ConflictError("That name is taken. Choose another one.")) == (
        "That name is taken. Choose another one."
    )
    assert "KeyError" in sentence(KeyError("x"))


@pytest.mark.django_db
def test_a_course_that_is_not_complete_is_named_with_what_is_missing_one_a_line() -> None:
    course = make_course(title="Tides", days=1, summary="", published=False)
    course.duration_days = 2

    with pytest.raises(InvalidError) as refused:
        course.publish()

    assert sentence(refused.value).splitlines() == [
        "“Tides” can’t be published yet.",
        "  Add a summary.",
        "  It has 1 of 2 lessons.",
    ]


@pytest.mark.django_db
def test_the_doctor_finds_a_healthy_installation_healthy(capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.main(_options()) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line[7:22].strip() for line in lines[:-1]] == [
        "Python",
        "Home",
        "Database",
        "Tables",
        "Queue",
        "Settings",
        "Static files",
        "Uploads",
        "Mail",
        "Push",
        "Secret key",
        "Signing in",
        "Payments",
        "Course writer",
        "HeyGen",
        "Scans",
    ]
    assert {line[:6].strip() for line in lines[:-1]} == {"ok"}
    assert "no worker is running" in lines[4]
    assert lines[-1] == "Everything is OK."


@pytest.mark.django_db
def test_the_doctor_says_what_is_wrong_and_how_to_mend_it(
    capsys: pytest.CaptureFixture[str], site_settings: Any
) -> None:
    StoredSection.objects.create(name="generation", values={"writer": "parrot"})
    site_settings.ask_again()
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'learning'")
        cursor.execute("comment on schema dbos is 'dbos 0.0'")

    assert doctor.main(_options()) == 1

    said = capsys.readouterr().out
    assert "WRONG  Tables" in said
    assert "migrations have not been applied. Run `momentum migrate`." in said
    assert "WRONG  Queue" in said
    assert (
        "WRONG  Settings       generation.writer must be extractive, or a model such as bedrock:ID, anthropic:ID or "
        "openai:ID; until then it is extractive. Correct it with `momentum settings`." in said
    )
    assert "ok     Course writer  built-in writer" in said
    assert said.endswith("Problems found; see above.\n")


@pytest.mark.django_db
def test_the_doctor_signs_as_for_a_push_service_and_asks_amazon(
    capsys: pytest.CaptureFixture[str], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said() -> str:
        doctor.main(_options())
        (line,) = [line for line in capsys.readouterr().out.splitlines() if line[7:11] == "Push"]
        return line

    assert said().startswith("ok     Push           VAPID key B")
    settings.PUSH_CONTACT = "mailto:nobody"
    assert "mailto:nobody is no address that a push service could turn to." in said()
    settings.PUSH_CONTACT = ""
    settings.SNS_APPLICATIONS = {"apple": "arn:aws:sns:eu-central-1:123456789012:app/APNS/momentum"}
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    sns._client_in.cache_clear()
    with mock_aws():
        assert "Amazon SNS: NotFound. Check MOMENTUM_SNS_APPLE_ARN" in said()
        amazon = boto3.client("sns", region_name="eu-central-1")
        made = amazon.create_platform_application(Name="momentum", Platform="APNS", Attributes={})
        settings.SNS_APPLICATIONS = {"apple": made["PlatformApplicationArn"]}
        assert said().endswith("0 browsers; apple (APNS), 0 telephones")
    sns._client_in.cache_clear()
    settings.SECRET_KEY = "another" * 10
    assert "MOMENTUM_OLD_SECRET_KEYS" in said()


@pytest.mark.django_db
def test_the_doctor_asks_issuers_who_they_are(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    issuer = Issuer()
    app = {"name": "Example ID", "settings": {"server_url": issuer.url}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}, "apple": {}}

    assert doctor.main(_options()) == 0
    assert "ok     Signing in     password, passkeys, Example ID, Apple" in capsys.readouterr().out

    real, issuer.url = issuer.url, "https://elsewhere.example"
    assert doctor.main(_options()) == 1
    assert f"Example ID: {real} says that it is another issuer." in capsys.readouterr().out

    issuer.close()
    assert doctor.main(_options()) == 1
    assert "does not answer as an issuer does" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_doctor_asks_stripe_and_says_that_the_sandbox_rehearses_in_production(
    capsys: pytest.CaptureFixture[str], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SANDBOX_IN_PRODUCTION = True
    assert doctor.main(_options()) == 0
    assert "ok     Payments       the sandbox, in production, because" in capsys.readouterr().out

    settings.SANDBOX_IN_PRODUCTION = False
    settings.PAYMENTS = "off"
    assert doctor.main(_options()) == 0
    assert "ok     Payments       off: purchases are disabled" in capsys.readouterr().out

    with fake_stripe() as fake:
        for key, healthy, said in (
            (KEY, 0, "ok     Payments       Stripe answers, test mode"),
            (
                "sk_test_very_secret",
                1,
                "WRONG  Payments       Invalid API Key provided Check STRIPE_SECRET_KEY",
            ),
        ):
            provider = StripePayments(key, SECRET, base=fake.url)
            monkeypatch.setattr(payments, "_made", lambda name, provider=provider: provider)
            settings.PAYMENTS = "stripe"
            assert doctor.main(_options()) == healthy
            found = capsys.readouterr().out
            assert said in found
            assert "very_secret" not in found


@pytest.mark.django_db
def test_the_doctor_asks_heygen_how_much_is_left(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    assert doctor.main(_options()) == 0
    assert "ok     HeyGen         off: set HEYGEN_API_KEY" in capsys.readouterr().out

    with fake_heygen() as fake:
        settings.HEYGEN_API_BASE = fake.url
        settings.HEYGEN_API_KEY = HEYGEN_KEY
        assert doctor.main(_options()) == 0
        assert "ok     HeyGen         answers, 12.5 of its credit left\n" in capsys.readouterr().out

        settings.HEYGEN_API_KEY = "hg_very_secret"
        assert doctor.main(_options()) == 1
        said = capsys.readouterr().out
        assert "WRONG  HeyGen         HeyGen doesn’t know this API key. Set HEYGEN_API_KEY" in said
        assert "very_secret" not in said


@pytest.mark.django_db
def test_the_doctor_asks_the_model_and_passes_on_its_refusal(
    capsys: pytest.CaptureFixture[str], settings: Any, site_settings: Any
) -> None:
    with FakeModels() as models:
        site_settings(GenerationSettings, writer="openai:fake", draft_writer="openai:fake-small")
        settings.WRITER_BASE_URL, settings.WRITER_API_KEY = models.base_url("openai"), "sk-very-secret"
        healthy = doctor.main(_options())
        found = capsys.readouterr().out
        models.will(Reply(status=401))
        refused = doctor.main(_options())

    assert (healthy, refused) == (0, 1)
    assert "ok     Course writer  openai:fake and openai:fake-small answered" in found
    assert len(models.asked) == 3
    said = capsys.readouterr().out
    assert "WRONG  Course writer  openai:fake: " in said
    assert "refused our key" in said
    assert "sk-very-secret" not in found + said


@pytest.mark.django_db
def test_the_doctor_names_a_local_model_that_is_not_there(
    capsys: pytest.CaptureFixture[str], settings: Any, site_settings: Any
) -> None:
    with FakeModels(dialect=Dialect(kind="ollama", models={"qwen3:8b": 32_768})) as models:
        site_settings(GenerationSettings, writer="openai:qwen3:8b", cheap_writer="openai:qwen3:1b")
        settings.WRITER_BASE_URL, settings.WRITER_API_KEY = models.base_url("openai"), ""
        refused = doctor.main(_options())

    assert refused == 1
    said = capsys.readouterr().out
    assert "WRONG  Course writer  openai:qwen3:1b: The server at" in said
    assert "has no model “qwen3:1b”" in said
    assert len(models.asked) == 1


def test_the_doctor_goes_no_further_without_a_database() -> None:
    environment = {**os.environ, "MOMENTUM_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}

    done = subprocess.run(
        [sys.executable, "-m", "momentum", "doctor"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "WRONG  Database       The database is not responding: " in done.stdout
    assert "Tables" not in done.stdout
    assert done.stderr == ""


@pytest.mark.django_db
def test_createadmin_makes_one_that_can_sign_in(capsys: pytest.CaptureFixture[str]) -> None:
    createadmin.main(_options(email="Ada@Example.com", generate=True))

    said = capsys.readouterr().out
    user = User.objects.get()
    assert user.role == Role.ADMIN
    assert said.startswith(f"{user.email} is now an administrator.\nPassword: ")
    assert user.check_password(said.split()[-1])


@pytest.mark.django_db
def test_createadmin_never_changes_an_account_that_exists(learner: User) -> None:
    with pytest.raises(ConflictError):
        createadmin.main(_options(email=learner.email, generate=True))

    learner.refresh_from_db()
    assert learner.role == Role.FREE
    assert User.objects.count() == 1


def test_credentials_are_for_their_owner_alone(tmp_path: Path) -> None:
    people = {"admin": {"email": "a@example.com", "password": credentials.new_password()}}

    credentials.write(tmp_path, people)
    credentials.write(tmp_path, people)

    file = tmp_path / "credentials.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert json.loads(file.read_text()) == people == credentials.read(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["credentials.json"]


def _options(**values: object) -> createadmin.argparse.Namespace:
    return createadmin.argparse.Namespace(**values)
