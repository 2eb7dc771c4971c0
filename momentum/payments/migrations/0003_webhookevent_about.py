"""What an event is about is kept beside its payload, which is forgotten after a while."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

# As `providers.payments.shapes.named_in` reads it.
FILL = """
update payments_webhookevent set about = array(
    select distinct named from jsonb_path_query(payload, '$.data.object.keyvalue() ? (@.key == "id"
        || @.key == "payment_intent" || @.key == "subscription" || @.key == "invoice" || @.key == "latest_invoice")')
        as pair, lateral (select pair ->> 'value' as named) as one
    where jsonb_typeof(pair -> 'value') = 'string'
    union
    select payload #>> '{data,object,parent,subscription_details,subscription}'
    where payload #>> '{data,object,parent,subscription_details,subscription}' is not null
    union
    select jsonb_path_query(payload, '$.data.object.payments.data[*].payment.payment_intent') #>> '{}'
)
"""


class Migration(migrations.Migration):
    dependencies = [
        ('payments', '0002_rules'),
    ]

    operations = [
        migrations.AddField(
            model_name='webhookevent',
            name='about',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=255), default=list, size=None),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='webhookevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['about'], name='webhook_about'),
        ),
    ]
