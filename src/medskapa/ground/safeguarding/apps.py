from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    """Concerns, locked identities, representatives, marks of personal data, small numbers."""

    name = "medskapa.ground.safeguarding"
    label = "safeguarding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from medskapa.ground.safeguarding import alarm, copies, panels, periods, rehearsing  # noqa: F401  # the alarm tells the clock

        panels.register()
        periods.register()
        copies.register()
        rehearsing.register()
