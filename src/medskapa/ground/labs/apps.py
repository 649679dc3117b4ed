from django.apps import AppConfig


class LabsConfig(AppConfig):
    """Labs, who takes part in them, pseudonyms, calendar."""

    name = "medskapa.ground.labs"
    label = "labs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from medskapa.ground.labs import ownership, panels

        ownership.register()
        panels.register()
