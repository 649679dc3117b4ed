"""Cards of paper: those that wait, and what became of the others."""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from medskapa.ground.labs.codes import hash_code, read_code
from medskapa.ground.labs.models import Lab
from medskapa.stages.listening.models import Card, Story


def cards_of(lab: Lab) -> QuerySet[Card]:
    """The cards of a lab, the latest first, without their photos: ``has_photo``, ``is_gone`` (its story was taken back). One SQL query.

    Its story is the first of its teller.
    """
    first = Story.objects.filter(teller=OuterRef("teller")).order_by("told_at", "pk")
    rows = lab.cards.annotate(has_photo=Q(photo__isnull=False), of_story=Subquery(first.values("state")[:1]))
    rows = rows.annotate(is_gone=Q(of_story=Story.State.WITHDRAWN))
    return rows.select_related("lab", "photo_key").defer("photo").order_by("-number", "-pk")


def is_on_waiting_card(typed: str) -> bool:
    """Whether this is the code of a card that nobody has typed in yet. One SQL query, and about 70 ms."""
    code = read_code(typed)
    return code is not None and Card.objects.filter(code_hash=hash_code(code)).exists()
