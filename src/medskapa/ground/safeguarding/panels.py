"""What safeguarding has to say on the officer's first page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from medskapa.ground.labs.desk_pages import offer_page
from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.safeguarding.models import Concern
from medskapa.ground.safeguarding.queries import open_concerns
from medskapa.ground.safeguarding.shortening import asked_of
from medskapa.ground.web.moments import number
from medskapa.ground.web.panels import FIRST_TODO, Built, Panel, Todo, offer


def register() -> None:
    """Offer the panels, and the officer's pages. Called when the installation starts."""
    offer(Panel(FIRST_TODO, 1, 1, to_do))
    offer(Panel(FIRST_TODO, 1, 1, to_say_yes_to))
    offer_page("concern.see", "safeguarding:concerns", _("Concerns"), _("What somebody worries about, the most urgent first."))
    offer_page("worry_words.set", "safeguarding:words", _("Words that worry"), _("Which words raise a concern by themselves."))
    offer_page("alarm.rehearse", "safeguarding:alarm", _("Test of the alarm"), _("Whether a mail about a concern reaches the officer."))
    offer_page("identity.lock", "safeguarding:identities", _("Locked identities"), _("Who a teller is, opened only for a written reason."))
    offer_page("retention.see", "safeguarding:kept", _("What is kept, and how long"), _("When things go for good, and how many there are."))
    offer_page("representative.edit", "safeguarding:representatives", _("Representatives"), _("Adults who may agree for a young person."))


def to_do(actor: Actor, lab: Any) -> Built:
    """Concerns that nobody has taken on, due within two hours of being raised, and those whose next step is due. One SQL query."""
    if not isinstance(lab, Lab):
        return None
    found = list(open_concerns(lab, reader=actor).values_list("state", "due_at"))
    raised = [due for state, due in found if state == Concern.State.RAISED]
    taken = [due for state, due in found if state == Concern.State.TAKEN]
    here = reverse("safeguarding:concerns", kwargs={"lab": lab.slug})
    nobodys = ngettext("%(number)s concern that nobody has taken on", "%(number)s concerns that nobody has taken on", len(raised))
    goes_on = ngettext("%(number)s concern to go on with", "%(number)s concerns to go on with", len(taken))
    return [Todo(text % {"number": number(len(dues))}, here, dues[0]) for text, dues in ((nobodys, raised), (goes_on, taken)) if dues]


def to_say_yes_to(actor: Actor, lab: Any) -> Built:
    """Shorter times of keeping that somebody else asked for. At most one SQL query."""
    if not isinstance(lab, Lab):
        return None
    asked = list(asked_of(lab, reader=actor).values_list("at", flat=True))
    here = reverse("safeguarding:kept", kwargs={"lab": lab.slug})
    return [Todo(_("A shorter time of keeping waits for a second person"), here, asked[0])] if asked else None
