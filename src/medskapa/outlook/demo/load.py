"""Loading the demo lab: its history is replayed through the actions that people call, in one transaction."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.models import Lab
from medskapa.ground.ledger.ids import seeded
from medskapa.ground.ledger.moment import now
from medskapa.ground.web.errors import LabError
from medskapa.outlook.demo.chapters import (
    conversation,
    echoes,
    ideas,
    incubation,
    insights,
    lab,
    labday,
    lately,
    newsroom,
    outcomes,
    people,
    pilots,
    prototypes,
    selection,
    stories,
)
from medskapa.outlook.demo.content import HERE
from medskapa.outlook.demo.replay import Replay

SEED = "medskapa demo"
CHAPTERS = (
    people,
    lab,
    stories,
    conversation,
    lately,
    insights,
    ideas,
    prototypes,
    labday,
    selection,
    outcomes,
    incubation,
    pilots,
    echoes,
    newsroom,
)


class DemoIsThere(LabError):
    """There is a demo lab on this installation already."""

    def __init__(self) -> None:
        super().__init__(_("The demo lab is there already."), _("To load it anew, remove it first."))


def load_demo() -> Lab:
    """Load the demo lab, the same each time it is loaded on the same day. Raises DemoIsThere."""
    replay = Replay(now().astimezone(HERE).date())
    with seeded(SEED):
        for chapter in CHAPTERS:
            chapter.plan(replay)
        with transaction.atomic():
            if Lab.objects.filter(is_demo=True).exists():
                raise DemoIsThere
            replay.run()
    return replay.lab
