"""Documents that are cheap to count and to rank. They are made anew: `momentum migrate` does that when it is done."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from momentum.search.models.document import Unpacked

_FUNCTIONS = """
create aggregate search_joined(tsvector) (sfunc = tsvector_concat, stype = tsvector, initcond = '');
create function search_unpacked(vector tsvector) returns tsvector
    language plpgsql immutable strict parallel safe cost 5000 as 'begin return vector; end';
"""
_NO_FUNCTIONS = "drop function search_unpacked(tsvector); drop aggregate search_joined(tsvector);"
# Rows that fit forty to a page; room to change the number of learners without touching an index.
_SHORT_ROWS = "alter table search_document set (toast_tuple_target = 256, fillfactor = 80)"
_USUAL_ROWS = "alter table search_document reset (toast_tuple_target, fillfactor)"
_EMPTY = "truncate search_document, search_passage, search_word"


def _weighing(weights):
    return Unpacked(models.Func("head", models.Value(weights), function="ts_filter"))


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
        ("catalog", "0002_six_categories"),
    ]

    operations = [
        migrations.RunSQL(_EMPTY, _EMPTY),
        migrations.RunSQL(_SHORT_ROWS, _USUAL_ROWS),
        migrations.RunSQL(_FUNCTIONS, _NO_FUNCTIONS),
        migrations.CreateModel(
            name="Kind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("days", models.PositiveSmallIntegerField()),
                ("offer", models.CharField(max_length=12)),
                ("level", models.CharField(max_length=12)),
                ("language", models.CharField(max_length=12)),
                (
                    "category",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.category",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("category", "days", "offer", "level", "language"), name="search_kind_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="document",
            name="learners",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="document",
            name="kind",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="search.kind",
            ),
            preserve_default=False,
        ),
        migrations.RemoveIndex(model_name="document", name="search_document_words"),
        migrations.RemoveIndex(model_name="document", name="search_document_title"),
        *(
            migrations.AddIndex(
                model_name="document",
                index=django.contrib.postgres.indexes.GinIndex(expression, fastupdate=False, name=name),
            )
            for expression, name in (
                (Unpacked("words"), "search_document_found"),
                (Unpacked("title"), "search_document_begun"),
                (_weighing("{a}"), "search_document_in_title"),
                (_weighing("{a,b}"), "search_document_in_top"),
            )
        ),
    ]
