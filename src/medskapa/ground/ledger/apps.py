from importlib import import_module

from django.apps import AppConfig, apps
from django.urls import register_converter
from django.utils.module_loading import module_has_submodule


class LedgerConfig(AppConfig):
    """Audit chain, actions, sealed fields, idempotency keys, rate limits, clock and the registry of the thread."""

    name = "medskapa.ground.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from medskapa.ground.ledger.actors import may
        from medskapa.ground.ledger.ids import PublicIdConverter
        from medskapa.ground.ledger.moment import now
        from medskapa.ground.web import guard, moments

        register_converter(PublicIdConverter, "id")
        guard.ask(may)
        moments.read_clock_from(now)
        _find_duties()


def _find_duties() -> None:
    """Load every room's ``tasks``, so that the clock knows what is due. Rooms name each other nowhere for it."""
    for room in apps.get_app_configs():
        if room.name.startswith("medskapa.") and module_has_submodule(room.module, "tasks"):
            import_module(f"{room.name}.tasks")
