"""What goes when its time is over: suggestions that were not let through, old decisions, and by which organisation stories came."""

from medskapa.ground.labs.models import Wording
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import WrongState
from medskapa.stages.listening.models import PartnerLink, Statement, StatementDecision


@action("statement.let_go")
def let_go_of_statement(statement: Statement, *, by: Actor) -> None:
    """Forget a suggestion that nobody can answer, with what was decided about it. Raises NotAllowed, WrongState (it was taken up again)."""
    Wording.objects.filter(lab=statement.lab, subject=statement.public_id).delete()
    statement.decisions.all().delete()
    rows = Statement.objects.filter(pk=statement.pk, state=statement.state)
    if not rows.delete()[0]:
        raise WrongState


@action("statement.let_go")
def let_go_of_decision(decision: StatementDecision, *, by: Actor) -> None:
    """Forget who decided this about a statement, in which words and why; the statement stays. Raises NotAllowed."""
    decision.delete()


@action("partner.let_go")
def let_go_of_partner_link(link: PartnerLink, *, by: Actor) -> None:
    """Forget a link, and by whom the stories came that it brought; they stay. Raises NotAllowed."""
    link.stories.update(partner=None)
    link.delete()
