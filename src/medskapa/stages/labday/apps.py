from django.apps import AppConfig


class LabdayConfig(AppConfig):
    name = "medskapa.stages.labday"
    label = "labday"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the pages of lab days hang where prototypes do, say what is whose, and offer panels."""
        from medskapa.ground.labs.rail import hang
        from medskapa.ground.ledger.withdrawal import on_withdrawn
        from medskapa.ground.people.permissions import owns
        from medskapa.stages.labday import copies
        from medskapa.stages.labday.owning import is_own_seat
        from medskapa.stages.labday.panels import offer_panels
        from medskapa.stages.labday.urls import urlpatterns
        from medskapa.stages.labday.withdrawals import forget_names

        hang("prototype", "cocreation:prototypes", *(f"labday:{page.name}" for page in urlpatterns))
        on_withdrawn(forget_names)
        owns("seat.check_in", is_own_seat)
        offer_panels()
        copies.register()
