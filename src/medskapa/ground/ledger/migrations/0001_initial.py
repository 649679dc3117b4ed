import django.db.models.deletion
from django.db import migrations, models

import medskapa.ground.ledger.models
import medskapa.ground.ledger.moment


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key_hash", models.CharField(max_length=64, unique=True)),
                ("content_hash", models.CharField(max_length=64)),
                ("sealed", models.BinaryField(null=True)),
                ("at", models.DateTimeField(db_index=True, default=medskapa.ground.ledger.moment.now)),
            ],
        ),
        migrations.CreateModel(
            name="Chain",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40, unique=True)),
                ("length", models.PositiveBigIntegerField(default=0)),
                ("head", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="WrappingKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chain_key", models.CharField(max_length=40, unique=True)),
                ("wrapped", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Due",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("task", models.CharField(max_length=120)),
                ("period", models.DateTimeField(db_index=True)),
                ("enqueued_at", models.DateTimeField(default=medskapa.ground.ledger.moment.now)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("task", "period"), name="due_once")],
            },
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chain", models.CharField(max_length=40)),
                ("number", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=80)),
                ("roles", models.JSONField()),
                ("verb", models.CharField(max_length=80)),
                ("subject", models.CharField(max_length=100)),
                ("about", models.JSONField()),
                ("reading", models.BooleanField()),
                ("before", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "number"], name="record_by_subject")],
                "constraints": [
                    models.UniqueConstraint(fields=("chain", "number"), name="record_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="record_numbers_begin_at_one"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Spent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("source", models.CharField(max_length=64)),
                ("count", models.PositiveIntegerField()),
                ("since", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "source"), name="spent_once")],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=100)),
                ("record", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="ledger.record")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("subject", "record"), name="reading_once")],
            },
        ),
        migrations.CreateModel(
            name="DataKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=medskapa.ground.ledger.models.new_key_id, editable=False, max_length=12, unique=True),
                ),
                ("chain_key", models.CharField(db_index=True, max_length=40)),
                ("wrapped", models.BinaryField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                ("cleaned_at", models.DateTimeField(null=True)),
                (
                    "under",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="data_keys", to="ledger.wrappingkey"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("cleaned_at__isnull", True), ("destroyed_at__isnull", False)),
                        fields=["destroyed_at"],
                        name="data_key_to_clean",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("destroyed_at__isnull", False), ("wrapped__isnull", True)),
                            models.Q(("destroyed_at__isnull", True), ("wrapped__isnull", False)),
                            _connector="OR",
                        ),
                        name="data_key_there_or_destroyed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cleaned_at__isnull", True), ("destroyed_at__isnull", False), _connector="OR"),
                        name="data_key_cleaned_after_destroyed",
                    ),
                ],
            },
        ),
    ]
