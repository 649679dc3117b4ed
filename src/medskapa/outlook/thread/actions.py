"""The verbs of giving back: an echo is sent to those who told, and they read it."""

from collections.abc import Iterable, Mapping

from medskapa.ground.labs.models import Lab, Participation, Pseudonym, Wording
from medskapa.ground.labs.queries import participation_of
from medskapa.ground.ledger.actions import action
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.moment import now
from medskapa.outlook.thread.errors import NobodyToTell
from medskapa.outlook.thread.models import Echo, EchoHearer


@action("echo.send")
def send_echo(
    lab: Lab,
    *,
    stage: str,
    about: str,
    title: str,
    language: str,
    hearers: Iterable[Pseudonym],
    by: Actor,
    wordings: Mapping[str, str] | None = None,
    made_by: Participation | None = None,
) -> Echo:
    """Tell those who told what happened to the artefact ``about`` (its public id): one sentence.

    ``wordings`` says the same in other languages (language → text).
    Raises NotAllowed, NobodyToTell.
    """
    to = {hearer.pk: hearer for hearer in hearers}
    if not to:
        raise NobodyToTell
    author = made_by or participation_of(by)
    echo = Echo.objects.create(lab=lab, stage=stage, subject=about, title=title, language=language, made_by=author, sent_at=now())
    EchoHearer.objects.bulk_create(EchoHearer(lab=lab, echo=echo, pseudonym=hearer) for hearer in to.values())
    texts = {code: text for code, text in (wordings or {}).items() if text.strip() and code != language}
    Wording.objects.bulk_create(
        Wording(lab=lab, subject=echo.public_id, field="title", language=code, text=text, translator=author.name if author else "")
        for code, text in texts.items()
    )
    return echo


@action("echo.read")
def read_echoes(pseudonym: Pseudonym, *, by: Actor) -> None:
    """Note that the teller has read what was told back to them. Raises NotAllowed."""
    EchoHearer.objects.filter(pseudonym=pseudonym, read_at__isnull=True).update(read_at=now())
