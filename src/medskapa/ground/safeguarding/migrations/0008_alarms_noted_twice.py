from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def note_once(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Where two workers noted the same mail, the one that went out stays, else the first."""
    seen = set()
    for alarm in apps.get_model("safeguarding", "Alarm").objects.order_by("-was_sent", "pk"):
        mail = (alarm.concern_id, alarm.round, alarm.to_id)
        if mail in seen:
            alarm.delete()
        seen.add(mail)


class Migration(migrations.Migration):
    dependencies = [
        ("safeguarding", "0007_two_shorten_a_period"),
    ]

    operations = [
        migrations.RunPython(note_once, migrations.RunPython.noop, elidable=True),
    ]
