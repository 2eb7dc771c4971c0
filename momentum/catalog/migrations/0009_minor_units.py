"""Prices in the currency's own minor unit. Until now all were kept, and shown, in hundredths."""

from django.db import migrations, models
from django.db.models import F

NONE = "BIF CLP DJF GNF ISK JPY KMF KRW MGA PYG RWF UGX VND VUV XAF XOF XPF".split()
THREE = "BHD JOD KWD OMR TND".split()


def to_minor_units(apps, schema_editor):
    priced = apps.get_model("catalog", "Course").objects.exclude(price_minor=None)
    # What isn't whole in hundredths can't have been typed as whole yen: it was meant as it is now read.
    whole = priced.filter(currency__in=NONE).annotate(rest=F("price_minor") % 100).filter(rest=0)
    whole.update(price_minor=F("price_minor") / 100)
    priced.filter(currency__in=THREE, price_minor__lte=200_000_000).update(price_minor=F("price_minor") * 10)


def to_hundredths(apps, schema_editor):
    priced = apps.get_model("catalog", "Course").objects.exclude(price_minor=None)
    priced.filter(currency__in=NONE, price_minor__lte=20_000_000).update(price_minor=F("price_minor") * 100)
    priced.filter(currency__in=THREE).update(price_minor=F("price_minor") / 10)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0008_tolerance")]

    operations = [
        migrations.RunPython(to_minor_units, to_hundredths),
        migrations.RemoveIndex(model_name="course", name="course_facets"),
        migrations.AddIndex(
            model_name="course",
            index=models.Index(
                condition=models.Q(("status", "published")),
                fields=["category", "level", "language", "duration_days", "access", "price_minor", "currency"],
                name="course_facets",
            ),
        ),
    ]
