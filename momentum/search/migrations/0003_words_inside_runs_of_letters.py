"""Words are found inside runs of letters, and prices by currency. Documents are made anew when `migrate` is done."""

from django.db import migrations

_AROUND = """
create function search_around(text text, runs text[]) returns text
language sql immutable parallel safe as $$
    select substr(text, greatest(1, place - 24), 80)
    from (select min(nullif(position(run in text), 0)) as place from unnest(runs) run) found
    where place is not null
$$;
"""
_EMPTY = "truncate search_document, search_passage, search_word, search_kind"


class Migration(migrations.Migration):
    dependencies = [("search", "0002_for_ten_thousand_courses")]

    operations = [
        migrations.RunSQL(_EMPTY, _EMPTY),
        migrations.RunSQL(_AROUND, "drop function search_around(text, text[])"),
    ]
