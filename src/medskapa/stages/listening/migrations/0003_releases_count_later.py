import django.db.models.deletion
from django.db import migrations, models

import medskapa.ground.labs.base
import medskapa.ground.ledger.ids
import medskapa.ground.ledger.sealing

TWO = [
    ("public", "Two for what everybody may read, once the lab has two moderators"),
    ("always", "Two for every story"),
    ("never", "One is enough"),
]
HELD_FOR = [
    ("look", "We want to read it once more, with more time."),
    ("ask", "We want to ask you something first. Look for a message from us here."),
    ("points_out", "We want to be sure that nobody can tell that it is about you."),
    ("others", "It tells about somebody else, who has not been asked."),
    ("translate", "It waits for somebody who reads your language well."),
    ("safe", "First we want to know that you are safe."),
    ("outside", "It is about something that this lab cannot work with. We keep it safe."),
]
REACH = [
    ("team", "Only the people who work in the lab"),
    ("lab", "Everyone in the lab, without names and places"),
    ("reports", "Also in the lab's reports"),
    ("public", "Everybody, without a name"),
    ("public_named", "Everybody, with a name I choose"),
]
KINDS = [("released", "Without names and places"), ("translation", "Translation"), ("draft", "Draft of a translation")]


class Migration(migrations.Migration):
    dependencies = [
        ("labs", "0001_initial"),
        ("listening", "0002_scales_and_pictures"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=medskapa.ground.ledger.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                (
                    "lab",
                    medskapa.ground.labs.base.LabKey(on_delete=django.db.models.deletion.PROTECT, related_name="desk_rules", to="labs.lab"),
                ),
                (
                    "release",
                    models.CharField(choices=TWO, default="public", max_length=6, verbose_name="How many let a story go?"),
                ),
                (
                    "has_second_reader",
                    models.BooleanField(default=False, verbose_name="A second interpreter reads every translation"),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("lab",), name="desk_rules_once")]},
        ),
        migrations.AddField(model_name="story", name="effective_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="story", name="held_for", field=models.CharField(blank=True, choices=HELD_FOR, max_length=10)),
        migrations.AddField(model_name="story", name="proposed_by", field=models.CharField(blank=True, max_length=40)),
        migrations.AddField(model_name="story", name="reach_before", field=models.CharField(blank=True, choices=REACH, max_length=12)),
        migrations.AddField(
            model_name="story",
            name="title_before",
            field=medskapa.ground.ledger.sealing.SealedText(max_length=120, null=True, verbose_name="title before"),
        ),
        migrations.AddField(model_name="version", name="by", field=models.CharField(blank=True, max_length=40)),
        migrations.AddField(
            model_name="version", name="checked_by", field=models.CharField(blank=True, max_length=120, verbose_name="read by")
        ),
        migrations.AddField(model_name="version", name="effective_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="version", name="replaced_at", field=models.DateTimeField(null=True)),
        migrations.AlterField(model_name="version", name="kind", field=models.CharField(choices=KINDS, max_length=11)),
    ]
