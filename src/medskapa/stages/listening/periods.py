"""How long this room keeps what it holds."""

from datetime import timedelta

from django.db.models import PROTECT, Case, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Cast, Coalesce, Least
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import Lab
from medskapa.ground.safeguarding.periods import LAB_CLOSED
from medskapa.ground.safeguarding.retention import Kind, keep
from medskapa.stages.listening.actions.carding import let_go_of_card
from medskapa.stages.listening.actions.forgetting import let_go_of_decision, let_go_of_partner_link, let_go_of_statement
from medskapa.stages.listening.actions.keeping import let_go_of_story
from medskapa.stages.listening.actions.representing import WAITING
from medskapa.stages.listening.models import Card, PartnerLink, Statement, StatementDecision, Story
from medskapa.stages.listening.models.partners import WAITS


def register() -> None:
    """Say what is kept. Called in AppConfig.ready."""
    keep(Kind("stories", _("Stories, and what was made of their words"), LAB_CLOSED, 730, _stories, let_go_of_story))
    keep(Kind("cards", _("Codes of paper cards that did not come back"), _("they were printed"), 180, _cards, let_go_of_card))
    waits = _("Stories that wait for an adult to agree")
    keep(Kind(WAITING, waits, _("they were told"), 30, _waiting, let_go_of_story))
    refused, ended = _("Suggested statements that nobody can answer"), _("they were refused, or their conversation was closed")
    keep(Kind("suggestions", refused, ended, 365, _suggestions, let_go_of_statement))
    log = _("Who decided what about statements, and why")
    keep(Kind("statement_decisions", log, LAB_CLOSED, 730, _decisions, let_go_of_decision))
    partners, last = _("Links of partners, and by whom a story came"), _("the last story could come by them")
    keep(Kind("partner_links", partners, last, 365, _partner_links, let_go_of_partner_link))


def _cards(lab: Lab) -> QuerySet[Card]:
    rows = lab.cards.filter(code_hash__isnull=False).select_related("lab", "photo_key").defer("photo")
    return rows.annotate(since=F("printed_at"))


def _waiting(lab: Lab) -> QuerySet[Story]:
    return lab.stories.filter(waits_since__isnull=False).exclude(state=Story.State.WITHDRAWN).annotate(since=F("waits_since"))


def _stories(lab: Lab) -> QuerySet[Story]:
    return lab.stories.exclude(state=Story.State.WITHDRAWN).select_related("key").annotate(since=F("lab__closed_at"))


def _suggestions(lab: Lab) -> QuerySet[Statement]:
    """Those that were refused, or left undecided, and that no answer or insight rests on."""
    refused = Statement.State.SET_ASIDE
    latest = StatementDecision.objects.filter(statement=OuterRef("pk")).order_by("-at").values("at")[:1]
    closed = Coalesce("conversation__closed_at", "lab__closed_at")
    since = Case(When(state=refused, then=Coalesce(Subquery(latest), "made_at")), default=closed, output_field=DateTimeField())
    rows = lab.statements.filter(state__in=[*Statement.UNDECIDED, refused]).exclude(_is_held())
    return rows.select_related("lab").annotate(since=since)


def _is_held() -> Q:
    """Whether a row of any room rests on a statement, but for what was decided about it."""
    links = [link for link in Statement._meta.related_objects if link.on_delete is PROTECT and link.related_model is not StatementDecision]
    held = Q()
    for link in links:
        held |= Q(Exists(link.related_model._base_manager.filter(**{link.field.name: OuterRef("pk")})))
    return held


def _decisions(lab: Lab) -> QuerySet[StatementDecision]:
    """Those about statements that stay; the others go with their suggestion."""
    rows = lab.statement_decisions.exclude(statement__in=_suggestions(lab).values("pk")).select_related("lab")
    return rows.annotate(since=F("lab__closed_at"))


def _partner_links(lab: Lab) -> QuerySet[PartnerLink]:
    """From when nothing that waits on a phone can still come by them."""
    last = ExpressionWrapper(Cast("ends_on", DateTimeField()) + timedelta(days=1), output_field=DateTimeField())
    ended = Least(Coalesce("ended_at", last), last)
    return lab.partner_links.select_related("lab").annotate(since=ExpressionWrapper(ended + WAITS, output_field=DateTimeField()))
