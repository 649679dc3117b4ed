from django.apps import AppConfig


class CocreationConfig(AppConfig):
    name = "medskapa.stages.cocreation"
    label = "cocreation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang challenges, ideas and prototypes on the thread and on the rail, and say what is whose."""
        from medskapa.ground.labs.rail import hang
        from medskapa.stages.cocreation import copies, urls
        from medskapa.stages.cocreation.owning import say_what_is_own
        from medskapa.stages.cocreation.panels import offer_panels
        from medskapa.stages.cocreation.stages import tell_the_thread

        for stage, pages in (("frame", urls.FRAME), ("create", urls.CREATE), ("prototype", urls.PROTOTYPE)):
            hang(stage, *(f"cocreation:{page.name}" for page in pages))
        copies.register()
        tell_the_thread()
        say_what_is_own()
        offer_panels()
