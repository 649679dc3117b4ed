"""What this room keeps about a teller, for the copy that they can take with them."""

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.copies import Entry, Fact, Part, add_part
from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.labs.wordings import text_of, worded
from medskapa.stages.cocreation.models import Idea, TeamMember


def register() -> None:
    """Say the parts. Called in AppConfig.ready."""
    add_part(Part("ideas", _("Ideas you shared"), (Idea,), ideas))
    add_part(Part("teams", _("Teams you are in"), (TeamMember,), teams))


def ideas(teller: Pseudonym) -> Iterator[Entry]:
    """One SQL query."""
    for one in Idea.objects.filter(by_pseudonym=teller).order_by("made_at", "pk"):
        yield (
            Fact("title", _("Name"), one.title, one.language),
            Fact("summary", _("What it is"), one.summary, one.language),
            Fact("credit", _("Shown as"), one.credit or None),
            Fact("made_at", _("When"), one.made_at),
        )


def teams(teller: Pseudonym) -> Iterator[Entry]:
    """Two SQL queries."""
    joined = list(teller.team_memberships.select_related("team").order_by("joined_at", "pk"))
    worded([member.team for member in joined], get_language() or "")
    for one in joined:
        yield (
            Fact("team", _("Team"), text_of(one.team, "name")),
            Fact("credit", _("Shown as"), one.credit),
            Fact("joined_at", _("From"), one.joined_at),
            Fact("left_at", _("Until"), one.left_at),
        )
