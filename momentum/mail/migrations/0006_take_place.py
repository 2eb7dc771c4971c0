from django.db import migrations

# A line in which every mail that leaves has a place, in microseconds since 1970. What is left of it is in a sequence,
# since that belongs to no transaction: whoever sends mail inside one keeps nobody waiting until its end. The lock is
# held for these few statements, and goes with the session where one dies among them.
FORWARDS = """
create sequence mail_place minvalue 0 start 0;
create function mail_take_place(gap bigint, patience bigint) returns bigint language plpgsql as $$
declare
    now_is bigint;
    place bigint;
begin
    perform pg_advisory_lock(hashtext('mail_take_place'));
    now_is := extract(epoch from clock_timestamp()) * 1000000;
    select greatest(last_value, now_is) into place from mail_place;
    if place - now_is <= patience then
        perform setval('mail_place', place + gap);
    end if;
    perform pg_advisory_unlock(hashtext('mail_take_place'));
    return place - now_is;
end
$$;
"""
BACKWARDS = """
drop function mail_take_place;
drop sequence mail_place;
"""


class Migration(migrations.Migration):
    dependencies = [("mail", "0005_provider_events")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
