from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery

import medskapa.ground.web.fields


def take_over(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What is known of the words that were decided about: those that stand there now."""
    now = apps.get_model("listening", "Statement").objects.filter(pk=OuterRef("statement"))
    words = {field: Subquery(now.values(field)) for field in ("title", "language")}
    apps.get_model("listening", "StatementDecision").objects.update(**words)


class Migration(migrations.Migration):
    dependencies = [
        ("listening", "0020_target_groups"),
    ]

    operations = [
        migrations.AddField(
            model_name="statementdecision",
            name="language",
            field=medskapa.ground.web.fields.LanguageField(default="sv"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="statementdecision",
            name="title",
            field=models.CharField(default="", max_length=200),
            preserve_default=False,
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
