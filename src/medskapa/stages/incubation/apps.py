from django.apps import AppConfig


class IncubationConfig(AppConfig):
    """Supports, their goals and reports."""

    name = "medskapa.stages.incubation"
    label = "incubation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from medskapa.ground.labs.rail import hang
        from medskapa.stages.incubation.owning import say_what_is_own
        from medskapa.stages.incubation.panels import offer_panels
        from medskapa.stages.incubation.stages import join_thread
        from medskapa.stages.incubation.urls import app_name, urlpatterns

        say_what_is_own()
        join_thread()
        offer_panels()
        hang("support", "incubation:supports", *(f"{app_name}:{pattern.name}" for pattern in urlpatterns))
