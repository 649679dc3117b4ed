"""What the press room shows."""

from django.db.models import F, QuerySet

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.outlook.newsroom.models import PressContact, Release


def visible_releases(lab: Lab, *, reader: Actor) -> QuerySet[Release]:
    """Releases newest first: the published ones, and to the team the drafts, too. One SQL query."""
    releases = lab.releases.order_by(F("published_at").desc(nulls_last=True), "-made_at", "-pk")
    return releases if reader.is_team else releases.filter(state=Release.State.PUBLISHED)


def contacts(lab: Lab) -> QuerySet[PressContact]:
    """The press contacts of a lab in their order. One SQL query."""
    return lab.press_contacts.order_by("order", "pk")
