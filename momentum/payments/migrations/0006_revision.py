"""How often an order was settled; and what is on its way now is told to the course pages."""

from django.db import migrations, models


def tell_what_is_awaited(apps, schema_editor):
    awaited = apps.get_model("learning", "AwaitedPayment").objects
    pending = apps.get_model("payments", "Order").objects.filter(status="pending").exclude(user=None)
    for order in pending:
        awaited.get_or_create(order=order.pk, defaults={"user_id": order.user_id, "course_id": order.course_id})


class Migration(migrations.Migration):
    dependencies = [("payments", "0005_minor_units"), ("learning", "0007_awaited_payment")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="revision",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(tell_what_is_awaited, migrations.RunPython.noop),
    ]
