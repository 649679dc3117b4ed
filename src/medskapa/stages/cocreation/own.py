"""What this room tells on a teller's own page: the questions that were asked, and what was built to be tried."""

from itertools import groupby
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medskapa.ground.ledger.actors import Actor
from medskapa.ground.web.panels import Step
from medskapa.stages.cocreation.models import Challenge, Prototype
from medskapa.stages.cocreation.queries.challenges import challenges_seen_by
from medskapa.stages.listening.queries import Grown


def challenges(actor: Actor, grown: Any) -> list[Step]:
    """The questions that grew from a teller's stories, and the promises about them that were kept. One SQL query."""
    if not isinstance(grown, Grown):
        return []
    rows = challenges_seen_by(actor).filter(pk__in=grown.keys_of(Challenge)).select_related("lab", "owner__organisation")
    return [step for challenge in rows.annotate(idea_count=Count("ideas")).order_by("made_at", "pk") for step in _asked(challenge, grown)]


def prototypes(actor: Actor, grown: Any) -> list[Step]:
    """What was built, all of one day together. One SQL query."""
    if not isinstance(grown, Grown):
        return []
    rows = Prototype.objects.filter(pk__in=grown.keys_of(Prototype)).select_related("lab", "gathering").order_by("made_at", "pk")
    return [_built(list(built), grown) for _day, built in groupby(rows, lambda prototype: timezone.localdate(prototype.made_at))]


def _asked(challenge: Challenge, grown: Grown) -> list[Step]:
    context = {"challenge": challenge}
    told: dict[str, Any] = {"about": frozenset({challenge.public_id}), "of": grown.of(challenge), "rows": (challenge,)}
    steps = [Step(challenge.made_at, "frame", _("The question was asked"), "cocreation/own/challenge.html", context, **told)]
    if challenge.promise_kept_on:
        steps.append(Step(challenge.promise_kept_on, "frame", _("A promise was kept"), "cocreation/own/promise.html", context, **told))
    return steps


def _built(prototypes: list[Prototype], grown: Grown) -> Step:
    first = prototypes[0]
    return Step(
        first.made_at,
        "prototype",
        first.gathering.name if first.gathering else _("It was built to be tried"),
        "cocreation/own/prototypes.html",
        {"prototypes": prototypes},
        about=frozenset(prototype.public_id for prototype in prototypes),
        of=frozenset[str]().union(*(grown.of(prototype) for prototype in prototypes)),
        rows=tuple(prototypes),
    )
