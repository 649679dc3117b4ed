import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import medskapa.ground.labs.base
import medskapa.ground.ledger.ids
import medskapa.ground.web.fields


class Migration(migrations.Migration):
    dependencies = [
        ("labs", "0001_initial"),
        ("listening", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="prompt",
            name="picture",
            field=models.CharField(
                blank=True,
                choices=[
                    ("day", "A day: the sun over the ground"),
                    ("home", "A house"),
                    ("letter", "A letter"),
                    ("meeting", "Two people"),
                    ("phone", "A phone"),
                    ("school", "A book"),
                    ("talk", "Two people who talk"),
                    ("wait", "A clock"),
                    ("way", "A signpost"),
                    ("wish", "A star"),
                    ("work", "A tool"),
                    ("heart", "A heart"),
                ],
                max_length=12,
                verbose_name="picture",
            ),
        ),
        migrations.AddField(
            model_name="prompt",
            name="spoken",
            field=models.CharField(blank=True, max_length=600, verbose_name="what is read aloud"),
        ),
        migrations.CreateModel(
            name="Scale",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=medskapa.ground.ledger.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("title", models.CharField(max_length=120, verbose_name="question")),
                ("first", models.CharField(max_length=60, verbose_name="one end")),
                ("second", models.CharField(max_length=60, verbose_name="the other end")),
                ("third", models.CharField(blank=True, max_length=60, verbose_name="a third corner")),
                ("language", medskapa.ground.web.fields.LanguageField(default="sv", max_length=12, verbose_name="language")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="place in the order")),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lab",
                    medskapa.ground.labs.base.LabKey(on_delete=django.db.models.deletion.PROTECT, related_name="scales", to="labs.lab"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=medskapa.ground.ledger.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("first", models.PositiveSmallIntegerField()),
                ("second", models.PositiveSmallIntegerField()),
                ("third", models.PositiveSmallIntegerField(default=0)),
                ("lab", medskapa.ground.labs.base.LabKey(on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="labs.lab")),
                ("story", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="listening.story")),
                ("scale", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="listening.scale")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "first",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(models.Value(12), "-", models.F("second")),
                                    "-",
                                    models.F("third"),
                                ),
                            )
                        ),
                        name="mark_shares_make_the_whole",
                    ),
                    models.UniqueConstraint(fields=("story", "scale"), name="mark_once"),
                ],
            },
        ),
    ]
