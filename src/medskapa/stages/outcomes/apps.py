from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Indicators and measurements. Its pages hang on the rail where pilots hang them."""

    name = "medskapa.stages.outcomes"
    label = "outcomes"
    default_auto_field = "django.db.models.BigAutoField"
