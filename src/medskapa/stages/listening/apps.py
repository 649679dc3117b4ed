from django.apps import AppConfig


class ListeningConfig(AppConfig):
    """Stories, statements, and everything that keeps them safe."""

    name = "medskapa.stages.listening"
    label = "listening"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from medskapa.ground.ledger.withdrawal import on_withdrawn
        from medskapa.stages.listening import copies, ownership, panels, periods, stages
        from medskapa.stages.listening.actions.keeping import withdraw_again

        ownership.register()
        stages.enter()
        panels.register()
        periods.register()
        copies.register()
        on_withdrawn(withdraw_again)
