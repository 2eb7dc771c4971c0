"""Korean words are found with particles and endings glued to them. Documents are made anew when `migrate` is done."""

from django.db import migrations

_EMPTY = "truncate search_document, search_passage, search_word, search_kind"


class Migration(migrations.Migration):
    dependencies = [("search", "0003_words_inside_runs_of_letters")]

    operations = [migrations.RunSQL(_EMPTY, _EMPTY)]
