from django.apps import AppConfig


class PilotsConfig(AppConfig):
    """Pilots, and where they spread. Hangs the pages of indicators on the rail, too: they are read from pilots."""

    name = "medskapa.stages.pilots"
    label = "pilots"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from medskapa.ground.labs.rail import hang
        from medskapa.stages.outcomes import urls as outcomes
        from medskapa.stages.pilots import urls
        from medskapa.stages.pilots.owning import say_what_is_own
        from medskapa.stages.pilots.panels import offer_panels
        from medskapa.stages.pilots.stages import join_thread

        say_what_is_own()
        join_thread()
        offer_panels()
        measured = [f"outcomes:{pattern.name}" for pattern in outcomes.urlpatterns]
        hang("realise", "pilots:pilots", *measured, *(f"pilots:{pattern.name}" for pattern in urls.of_pilots))
        hang("spread", "pilots:adoptions", *(f"pilots:{pattern.name}" for pattern in urls.of_adoptions))
