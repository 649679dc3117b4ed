import django.db.models.deletion
from django.db import migrations, models

import medskapa.ground.labs.base
import medskapa.ground.ledger.ids
import medskapa.ground.ledger.sealing


class Migration(migrations.Migration):
    dependencies = [
        ("labs", "0002_vouching"),
        ("ledger", "0001_initial"),
        ("listening", "0018_beginnings_of_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="EarlierWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=medskapa.ground.ledger.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("words", medskapa.ground.ledger.sealing.SealedText(max_length=20000)),
                ("told_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="story",
            name="corrected_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="story",
            name="edition",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("corrected_at__isnull", True), ("edition", 1)),
                    models.Q(("corrected_at__isnull", False), ("edition__gt", 1)),
                    _connector="OR",
                ),
                name="story_corrected_has_time",
            ),
        ),
        migrations.AddField(
            model_name="earlierwords",
            name="lab",
            field=medskapa.ground.labs.base.LabKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="earlier_words", to="labs.lab"
            ),
        ),
        migrations.AddField(
            model_name="earlierwords",
            name="story",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="earlier", to="listening.story"),
        ),
    ]
