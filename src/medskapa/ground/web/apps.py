from django.apps import AppConfig


class WebConfig(AppConfig):
    """The design system, languages, error pages, panels and live pages."""

    name = "medskapa.ground.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
