"""What tests of the pages of mails share."""

from typing import Any

import pytest


@pytest.fixture
def reminder(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Have an app declare this kind."""
    from momentum.mail.actions import delivery
    from momentum.mail.domain import kinds as declared
    from momentum.panel.views import mail_kinds
    from tests.panel.reminder import REMINDER

    known = {**declared.kinds(), REMINDER.name: REMINDER}
    for module in (declared, delivery, mail_kinds):
        monkeypatch.setattr(module, "kinds", lambda: known)
    return REMINDER
