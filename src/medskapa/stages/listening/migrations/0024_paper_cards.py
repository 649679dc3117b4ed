import django.db.models.deletion
from django.db import migrations, models

import medskapa.ground.labs.base
import medskapa.ground.ledger.ids
import medskapa.ground.ledger.moment
import medskapa.ground.web.fields


class Migration(migrations.Migration):
    dependencies = [
        ("labs", "0002_vouching"),
        ("ledger", "0001_initial"),
        ("listening", "0023_partner_links"),
    ]

    operations = [
        migrations.AlterField(
            model_name="story",
            name="writer",
            field=models.CharField(
                blank=True,
                choices=[
                    ("interpreter", "An interpreter"),
                    ("friend", "A friend"),
                    ("family", "Somebody in the family"),
                    ("organisation", "Somebody at an organisation"),
                    ("lab", "Somebody who works in the lab"),
                    ("card", "Somebody in the lab, from a paper card"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=medskapa.ground.ledger.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("number", models.PositiveIntegerField()),
                ("code_hash", models.CharField(max_length=64, null=True, unique=True)),
                ("language", medskapa.ground.web.fields.LanguageField(max_length=12)),
                ("printed_at", models.DateTimeField(default=medskapa.ground.ledger.moment.now)),
                ("photo", models.BinaryField(null=True)),
                ("lab", medskapa.ground.labs.base.LabKey(on_delete=django.db.models.deletion.PROTECT, related_name="cards", to="labs.lab")),
                (
                    "photo_key",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.datakey"),
                ),
                (
                    "teller",
                    models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="card", to="labs.pseudonym"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("lab", "number"), name="card_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("code_hash__isnull", True), ("teller__isnull", True), _connector="OR"),
                        name="card_code_is_in_one_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("photo__isnull", True), ("photo_key__isnull", False), _connector="OR"),
                        name="card_photo_has_key",
                    ),
                ],
            },
        ),
    ]
