"""What the press room shows on the lab's first page."""

from typing import Any

from django.utils.translation import get_language

from medskapa.ground.labs.models import Lab
from medskapa.ground.labs.wordings import worded
from medskapa.ground.ledger.actors import Actor
from medskapa.outlook.newsroom.queries import visible_releases


def latest_news(actor: Actor, lab: Lab) -> tuple[str, dict[str, Any]] | None:
    """The three latest releases that are published. Two SQL queries."""
    releases = worded(visible_releases(lab, reader=Actor.public(lab.public_id))[:3], get_language() or "en")
    return ("newsroom/front.html", {"releases": releases}) if releases else None
