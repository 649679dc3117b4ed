"""Cards of paper: those that wait, and what became of the others."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from medskapa.ground.labs.codes import hash_code, read_code
from medskapa.ground.labs.models import Lab
from medskapa.stages.listening.models import Card, Story


def cards_of(lab: Lab) -> QuerySet[Card]:
    """The cards of a lab, the latest first, without their photos: ``has_photo``, ``is_gone`` (its story was taken back). One SQL query.

    Its story is the first of its teller.
    """
    first = Story.objects.filter(teller=OuterRef("teller")).order_by("told_at", "pk")
    gone = Story.objects.filter(pk=Subquery(first.values("pk")[:1]), state=Story.State.WITHDRAWN)
    rows = lab.cards.annotate(has_photo=Q(photo__isnull=False), is_gone=Exists(gone))
    return rows.select_related("lab", "photo_key").defer("photo").order_by("-number", "-pk")


def is_on_waiting_card(typed: str) -> bool:
    """Whether this is the code of a card that nobody has typed in yet. One SQL query, and about 70 ms."""
    code = read_code(typed)
    return code is not None and Card.objects.filter(code_hash=hash_code(code)).exists()
