from django.apps import AppConfig


class ListeningConfig(AppConfig):
    """Stories, statements, and everything that keeps them safe."""

    name = "medskapa.stages.listening"
    label = "listening"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from medskapa.ground.labs.forms.texts import offer_texts
        from medskapa.ground.labs.vouching import to_be_read
        from medskapa.ground.ledger.withdrawal import on_withdrawn
        from medskapa.stages.listening import copies, ownership, panels, periods, stages
        from medskapa.stages.listening.actions.carding import forget_photo_under
        from medskapa.stages.listening.actions.contacting import end_contact_under
        from medskapa.stages.listening.actions.keeping import withdraw_again
        from medskapa.stages.listening.forms.agreeing import CONSENT_PAGES, consent_texts

        to_be_read("listening/tell/before_said.html", "listening/tell/gone.html", *CONSENT_PAGES, said=consent_texts)
        offer_texts(lambda lab: lab.prompts.filter(closed_at__isnull=True).order_by("order", "pk"), "title", "summary", "spoken")
        offer_texts(lambda lab: lab.scales.filter(closed_at__isnull=True).order_by("order", "pk"), "title", "first", "second", "third")
        offer_texts(lambda lab: lab.beginnings.filter(closed_at__isnull=True).order_by("pk"), "title", "text")
        ownership.register()
        stages.enter()
        panels.register()
        periods.register()
        copies.register()
        on_withdrawn(withdraw_again)
        on_withdrawn(end_contact_under)
        on_withdrawn(forget_photo_under)
