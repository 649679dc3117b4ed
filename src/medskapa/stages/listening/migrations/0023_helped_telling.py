from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("listening", "0020_target_groups"),
        ("listening", "0022_decisions_keep_the_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="story",
            name="read_back_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
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
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(("read_back_at__isnull", True), models.Q(("writer", ""), _negated=True), _connector="OR"),
                name="story_read_back_was_written",
            ),
        ),
    ]
