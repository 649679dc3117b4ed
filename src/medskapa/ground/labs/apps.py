from django.apps import AppConfig


class LabsConfig(AppConfig):
    """Labs, who takes part in them, pseudonyms, calendar."""

    name = "medskapa.ground.labs"
    label = "labs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from medskapa.ground.labs import copies, ownership, panels, tasks, vouching  # noqa: F401  # tasks tell the clock

        ownership.register()
        panels.register()
        copies.register()
        vouching.to_be_read("labs/parts/rights_said.html", "labs/parts/help_said.html")
