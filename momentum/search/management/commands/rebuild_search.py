"""Make anew what search finds, from the catalogue as it is."""

from typing import Any

from django.core.management.base import BaseCommand

from momentum.search.actions import rebuild


class Command(BaseCommand):
    help = "Make search documents, passages and the word list anew from the catalogue."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own signature
        self.stdout.write(f"{rebuild()} courses can be found.")
