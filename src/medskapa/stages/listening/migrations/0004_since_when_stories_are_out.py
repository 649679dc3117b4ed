from django.db import migrations, models
from django.db.models import F, Q


def say_since_when(apps, schema_editor):
    """What was released before releases waited counts since then."""
    apps.get_model("listening", "Story").objects.filter(released_at__isnull=False).update(effective_at=F("released_at"))
    apps.get_model("listening", "Version").objects.filter(kind="released").update(effective_at=F("made_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("listening", "0003_releases_count_later"),
    ]

    operations = [
        migrations.RunPython(say_since_when, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(model_name="story", name="story_released_has_time"),
        migrations.RemoveConstraint(model_name="version", name="version_once"),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                name="story_released_has_time",
                condition=~Q(state="released") | ~Q(proposed_by="") | Q(released_at__isnull=False, effective_at__isnull=False),
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=["story", "kind", "language"],
                condition=Q(effective_at__isnull=False, replaced_at__isnull=True),
                name="version_counts_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=["story", "kind", "language"], condition=Q(effective_at__isnull=True), name="version_waits_once"
            ),
        ),
    ]
