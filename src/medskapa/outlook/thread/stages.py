"""What giving back adds to the thread: echoes. They hang from the artefact they tell of by a note of history, not by a key."""

from django.db.models import QuerySet

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.stages import Stage, register
from medskapa.outlook.thread.models import Echo


def _visible(actor: Actor) -> QuerySet[Echo]:
    echoes = Echo.objects.select_related("lab")
    if actor.is_team or actor.kind == "system":
        return echoes
    return echoes.filter(hearers__pseudonym__public_id=actor.key) if actor.kind == "pseudonym" else echoes.none()


def register_stages() -> None:
    """Called once, in AppConfig.ready."""
    register(
        Stage(
            "back",
            Echo,
            visible=_visible,
            title=lambda echo, actor: echo.title,
            moment=lambda echo, actor: echo.sent_at,
            state=lambda echo: "",
        )
    )
