from django.apps import AppConfig


class ThreadConfig(AppConfig):
    """The thread picture, echoes, and who waits."""

    name = "medskapa.outlook.thread"
    label = "thread"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from medskapa.ground.labs.models import Pseudonym
        from medskapa.ground.labs.rail import hang
        from medskapa.ground.people.permissions import owns
        from medskapa.ground.web.panels import ARTEFACT_THREAD, FIRST_TODO, LAB_FIGURES, RETURN_STEPS, Panel, offer
        from medskapa.outlook.thread import copies, figures, own, panels
        from medskapa.outlook.thread.stages import register_stages

        register_stages()
        copies.register()
        hang("back", "thread:echoes", "thread:echo", "thread:waiting", "thread:new_echo")
        owns("echo.read", lambda actor, subject: isinstance(subject, Pseudonym) and subject.public_id == actor.key)
        offer(Panel(ARTEFACT_THREAD, 10, 8, panels.strip))
        offer(Panel(RETURN_STEPS, 100, 1, own.echoes))
        offer(Panel(FIRST_TODO, 50, 5, panels.todo_echoes))
        offer(Panel(LAB_FIGURES, 15, 3, figures.figure))
