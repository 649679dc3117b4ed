"""What this room keeps about a teller, for the copy that they can take with them."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.copies import Entry, Fact, Named, Part, add_part
from medskapa.ground.labs.models import Pseudonym
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
    """One SQL query."""
    for one in teller.team_memberships.select_related("team").order_by("joined_at", "pk"):
        yield (
            Fact("team", _("Team"), Named(one.team, "name")),
            Fact("credit", _("Shown as"), one.credit),
            Fact("joined_at", _("From"), one.joined_at),
            Fact("left_at", _("Until"), one.left_at),
        )
