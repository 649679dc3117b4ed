from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The lab that shows what a lab is."""

    name = "medskapa.outlook.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from medskapa.ground.web.panels import SIGN_IN_PEOPLE, Panel, offer
        from medskapa.outlook.demo.panels import tellers

        offer(Panel(SIGN_IN_PEOPLE, order=20, queries=1, build=tellers))
