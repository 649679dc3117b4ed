from django.apps import AppConfig


class SelectionConfig(AppConfig):
    """Calls, applications, reviews and decisions."""

    name = "medskapa.stages.selection"
    label = "selection"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from medskapa.ground.labs.rail import hang
        from medskapa.stages.selection.owning import say_what_is_own
        from medskapa.stages.selection.panels import offer_panels
        from medskapa.stages.selection.stages import join_thread
        from medskapa.stages.selection.urls import app_name, urlpatterns

        say_what_is_own()
        join_thread()
        offer_panels()
        hang("choose", "selection:calls", *(f"{app_name}:{pattern.name}" for pattern in urlpatterns))
