from django.db import migrations

# The columns are those of Django's database cache. It holds nothing that must survive a crash.
MAKE = """
CREATE UNLOGGED TABLE core_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX core_cache_expires ON core_cache (expires);
"""


class Migration(migrations.Migration):
    operations = [migrations.RunSQL(MAKE, "DROP TABLE core_cache")]
