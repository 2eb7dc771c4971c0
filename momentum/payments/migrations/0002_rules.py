"""What the database holds about the ledger, and the plans that are on sale at first."""

from django.db import migrations

RULES = """
create function ledger_is_kept() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is only added to';
end $$;
create trigger ledger_is_kept before update or delete on payments_ledgerentry
    for each row execute function ledger_is_kept();

create function ledger_sums() returns trigger language plpgsql as $$
begin
    if (select sum(amount) <> 0 or count(distinct currency) <> 1 from payments_ledgerentry where cause = new.cause) then
        raise exception 'the entries of % do not sum to nothing', new.cause;
    end if;
    return null;
end $$;
create constraint trigger ledger_sums after insert on payments_ledgerentry
    deferrable initially deferred for each row execute function ledger_sums();
"""

BACK = """
drop trigger ledger_sums on payments_ledgerentry;
drop function ledger_sums();
drop trigger ledger_is_kept on payments_ledgerentry;
drop function ledger_is_kept();
"""


def add_plans(apps, schema_editor):
    plans = apps.get_model("payments", "Plan")
    for interval, amount in (("month", 1200), ("year", 9600)):
        plans.objects.get_or_create(interval=interval, defaults={"amount": amount, "currency": "EUR"})


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]

    operations = [
        migrations.RunSQL(RULES, BACK),
        migrations.RunPython(add_plans, migrations.RunPython.noop),
    ]
