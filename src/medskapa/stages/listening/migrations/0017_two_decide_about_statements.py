import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget_first_yes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Going back, what waits for a second person is suggested again; the log from before knows no first yes."""
    apps.get_model("listening", "StatementDecision").objects.filter(state="first_yes").delete()
    waiting = apps.get_model("listening", "Statement").objects.filter(state="first_yes")
    waiting.update(state="suggested", first_by=None, first_at=None)


class Migration(migrations.Migration):
    dependencies = [
        ("labs", "0002_vouching"),
        ("listening", "0016_consents_as_their_stories_say"),
    ]

    operations = [
        migrations.AddField(
            model_name="deskrules",
            name="statements",
            field=models.CharField(
                choices=[
                    ("moderators", "Two, once the lab has two moderators"),
                    ("always", "Two for every statement"),
                    ("never", "One is enough"),
                ],
                default="moderators",
                max_length=10,
                verbose_name="How many let a statement through?",
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="first_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="statement",
            name="first_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="labs.participation"),
        ),
        migrations.AlterField(
            model_name="statement",
            name="state",
            field=models.CharField(
                choices=[
                    ("suggested", "Suggested"),
                    ("first_yes", "Waits for a second person"),
                    ("open", "Open"),
                    ("set_aside", "Set aside"),
                ],
                default="suggested",
                max_length=9,
            ),
        ),
        migrations.AlterField(
            model_name="statementdecision",
            name="state",
            field=models.CharField(
                choices=[
                    ("suggested", "Suggested"),
                    ("first_yes", "Waits for a second person"),
                    ("open", "Open"),
                    ("set_aside", "Set aside"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_at__isnull", False), ("first_by__isnull", False), ("state", "first_yes")),
                    models.Q(models.Q(("state", "first_yes"), _negated=True), ("first_at__isnull", True), ("first_by__isnull", True)),
                    _connector="OR",
                ),
                name="statement_first_yes_says_whose",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_first_yes, elidable=True),
    ]
