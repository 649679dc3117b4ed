from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, organisations and the permission table."""

    name = "medskapa.ground.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from medskapa.ground.ledger.actors import register_permission
        from medskapa.ground.people import tasks  # noqa: F401  # it tells the clock
        from medskapa.ground.people.permissions import is_own_account, may, owns

        register_permission(may)
        owns("account.edit", is_own_account)
        owns("account.end_sessions", is_own_account)
