"""Prices of premium and coupons in the currency's own minor unit; until now all were kept in hundredths.

Orders and payments are history: they hold what the provider was asked for and took, which for yen and their like is
what they say now. Only krónur and Ugandan shillings, which the provider counts in hundredths to this day, were kept as
it counts them; they are whole now, in the ledger too.
"""

from django.db import migrations
from django.db.models import F

NONE = "BIF CLP DJF GNF ISK JPY KMF KRW MGA PYG RWF UGX VND VUV XAF XOF XPF".split()
THREE = "BHD JOD KWD OMR TND".split()

HISTORY = """
update payments_order set amount = amount / 100, list_amount = list_amount / 100 where currency in ('ISK', 'UGX');
update payments_subscription set amount = amount / 100 where currency in ('ISK', 'UGX');
update payments_refund set amount = amount / 100 where payment_id in
    (select id from payments_payment where currency in ('ISK', 'UGX'));
update payments_dispute set amount = amount / 100 where payment_id in
    (select id from payments_payment where currency in ('ISK', 'UGX'));
update payments_payment set amount = amount / 100, refunded = refunded / 100 where currency in ('ISK', 'UGX');
alter table payments_ledgerentry disable trigger ledger_is_kept;
update payments_ledgerentry set amount = amount / 100 where currency in ('ISK', 'UGX');
alter table payments_ledgerentry enable trigger ledger_is_kept;
"""


def to_minor_units(apps, schema_editor):
    for name in ("Plan", "Coupon"):
        priced = apps.get_model("payments", name).objects.exclude(amount=None)
        whole = priced.filter(currency__in=NONE).annotate(rest=F("amount") % 100).filter(rest=0)
        whole.update(amount=F("amount") / 100)
        priced.filter(currency__in=THREE, amount__lte=200_000_000).update(amount=F("amount") * 10)


def to_hundredths(apps, schema_editor):
    for name in ("Plan", "Coupon"):
        priced = apps.get_model("payments", name).objects.exclude(amount=None)
        priced.filter(currency__in=NONE, amount__lte=20_000_000).update(amount=F("amount") * 100)
        priced.filter(currency__in=THREE).update(amount=F("amount") / 10)


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_delete_notice")]

    operations = [
        migrations.RunPython(to_minor_units, to_hundredths),
        migrations.RunSQL(HISTORY, HISTORY.replace("/ 100", "* 100")),
    ]
