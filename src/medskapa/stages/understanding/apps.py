from django.apps import AppConfig


class UnderstandingConfig(AppConfig):
    name = "medskapa.stages.understanding"
    label = "understanding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang insights on the thread and on the rail, offer panels, and clean up after withdrawals and corrections."""
        from medskapa.ground.labs.rail import hang
        from medskapa.ground.ledger.withdrawal import on_withdrawn
        from medskapa.stages.listening.actions import on_corrected, on_worded
        from medskapa.stages.understanding.panels import offer_panels
        from medskapa.stages.understanding.quoting import find_again
        from medskapa.stages.understanding.stages import tell_the_thread
        from medskapa.stages.understanding.urls import urlpatterns
        from medskapa.stages.understanding.withdrawals import forget_changed, forget_quotes

        hang("understand", "understanding:insights", *(f"understanding:{page.name}" for page in urlpatterns[1:]))
        tell_the_thread()
        offer_panels()
        on_withdrawn(forget_quotes)
        on_corrected(forget_changed)
        on_worded(find_again)
