"""Random months of learners and their worker: what must be true of every mail is, whatever happens."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.notifications.expectations import check_nobody_was_forgotten
from tests.notifications.kinds import declaring
from tests.notifications.lives import NEWS
from tests.notifications.month import Month
from tests.notifications.smtp import MailServer, mail_server
from tests.seeds import seeds


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.mark.parametrize("seed", seeds(1, 7, 60))
def test_a_month_leaves_no_mail_that_should_not_be_and_forgets_none(
    db: None, settings: Any, server: MailServer, seed: int
) -> None:
    settings.MAILERS = server.mailers
    with declaring(NEWS):
        month = Month(seed, server)
        month.live()

        check_nobody_was_forgotten(month.lives, month.healthy, begin=month.begin)

    assert month.deaths
    assert any(life.got for life in month.lives)
