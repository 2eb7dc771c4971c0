from django.db import migrations, models
from django.db.models import Q

CHECKS = {
    "state_known": Q(state__in=["queued", "sent", "failed"]),
    "keeps_known": Q(keeps__in=["all", "no_body", "nobody"]),
    "sent_when_sent": Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
    "secrets_forgotten": ~Q(state="sent") | Q(keeps="all") | Q(text="", html=""),
}


def _renamed(name: str, condition: Q) -> migrations.SeparateDatabaseAndState:
    # Renamed, and not made anew, which would hold everybody up for as long as the table is read.
    rename = "alter table mail_email rename constraint {}_%s to {}_%s" % (name, name)
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(rename.format("message", "email"), rename.format("email", "message"))
        ],
        state_operations=[
            migrations.RemoveConstraint("Email", f"message_{name}"),
            migrations.AddConstraint("Email", models.CheckConstraint(condition=condition, name=f"email_{name}")),
        ],
    )


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_initial")]
    operations = [
        migrations.RenameModel("Message", "Email"),
        *(
            migrations.RenameIndex("Email", new_name=f"email_{name}", old_name=f"message_{name}")
            for name in ("kind", "state", "created")
        ),
        *(_renamed(name, condition) for name, condition in CHECKS.items()),
    ]
