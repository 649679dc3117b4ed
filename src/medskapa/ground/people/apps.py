from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, organisations and the permission table."""

    name = "medskapa.ground.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from medskapa.ground.ledger.actors import register_guard, register_permission
        from medskapa.ground.ledger.rotation import on_rotated
        from medskapa.ground.people import (
            fresh_proof,
            second_lock,
            tasks,  # noqa: F401  # it tells the clock
        )
        from medskapa.ground.people.permissions import is_own_account, may, owns
        from medskapa.ground.people.second_factor import seal_anew

        register_permission(may)
        register_guard(second_lock.guard)
        register_guard(fresh_proof.guard)
        on_rotated(seal_anew)
        authenticator_added.connect(second_lock.count_as_shown)
        owns("account.edit", is_own_account)
        owns("account.end_sessions", is_own_account)
