from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """The lab's public face for the press."""

    name = "medskapa.outlook.newsroom"
    label = "newsroom"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from medskapa.ground.web.panels import LAB_FRONT, Panel, offer
        from medskapa.outlook.newsroom.panels import latest_news

        offer(Panel(LAB_FRONT, 90, 2, latest_news))
