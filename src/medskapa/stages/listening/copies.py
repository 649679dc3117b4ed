"""What this room keeps about a teller, for the copy that they can take with them."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, Value, prefetch_related_objects
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from medskapa.ground.labs.copies import Entry, Fact, File, Locked, Named, Part, add_part
from medskapa.ground.labs.models import Pseudonym
from medskapa.ground.ledger.chain import ReadBy, readings_of_each
from medskapa.ground.people.roles import Role
from medskapa.stages.listening.circles import labels_of
from medskapa.stages.listening.models import (
    Addition,
    Card,
    Consent,
    Cover,
    Crossing,
    EarlierWords,
    Mark,
    Message,
    Picture,
    Recording,
    Statement,
    StatementDecision,
    Story,
    Version,
    Vote,
)
from medskapa.stages.listening.pictures import opened
from medskapa.stages.listening.recordings import heard

DAY = _("When")
LANGUAGE = _("Language")
WORDS = _("Words")


def register() -> None:
    """Say the parts. Called in AppConfig.ready."""
    add_part(Part("stories", _("What you told"), (Story, Card), stories))
    add_part(Part("marks", _("Where you placed it"), (Mark,), marks))
    add_part(Part("pictures", _("Pictures"), (Picture, Cover), pictures, picture_files))
    add_part(Part("recordings", _("Your voice"), (Recording,), recordings, recording_files))
    add_part(Part("additions", _("What you added"), (Addition,), additions))
    add_part(Part("earlier", _("What you had told before"), (EarlierWords,), earlier))
    add_part(Part("versions", _("What the lab made of your words"), (Version,), versions))
    add_part(Part("consents", _("What you agreed to"), (Consent,), consents))
    add_part(Part("readings", _("Who opened your own words"), (), readings))
    add_part(Part("contact_readings", _("Who opened how the lab can reach you"), (), contact_readings))
    add_part(Part("crossings", _("What was handed to an authority"), (Crossing,), crossings))
    add_part(Part("messages", _("What you and the lab wrote to each other"), (Message,), messages))
    add_part(Part("votes", _("What you answered to statements"), (Vote,), votes))
    add_part(Part("statements", _("Statements you suggested"), (Statement,), statements))


def stories(teller: Pseudonym) -> Iterator[Entry]:
    """Every story, those taken back too, of which no words are left; the first may have come on a card of paper. One SQL query."""
    card = Card.objects.filter(teller=OuterRef("teller")).values("number")
    rows = (
        Story.objects.select_related("prompt", "recording", "partner__organisation")
        .defer("recording__sealed")
        .annotate(card=Subquery(card))
    )
    prefetch_related_objects([teller], Prefetch("stories", rows.order_by("told_at", "pk")))
    for place, one in enumerate(teller.stories.all()):
        yield (
            Fact("id", _("Number"), one.public_id),
            Fact("told_at", DAY, one.told_at),
            Fact("language", LANGUAGE, one.language),
            Fact("state", _("Where it is"), one.get_state_display()),
            Fact("prompt", _("Question"), Named(one.prompt) if one.prompt else None),
            Fact("words", WORDS, Locked(one), one.language),
            Fact("title", _("What the lab calls it"), Locked(one, "title")),
            Fact("kept_from", _("Who must not read it"), ", ".join(map(str, labels_of(one.kept_from))) or None),
            Fact("wants_interpreter", _("I want an interpreter"), _("Yes") if one.wants_interpreter else None),
            Fact("writer", _("Written by"), one.get_writer_display() or None),
            Fact("partner", _("Came by"), one.partner.organisation.name if one.partner else None),
            Fact("read_back_at", _("Read back to you"), one.read_back_at),
            Fact("card", _("The paper card you wrote on"), str(Card(number=one.card)) if place == 0 and one.card else None),  # type: ignore[attr-defined]
            Fact("withdrawn_at", _("No longer kept since"), one.withdrawn_at),
        )


def marks(teller: Pseudonym) -> Iterator[Entry]:
    """One SQL query."""
    placed = Mark.objects.filter(story__teller=teller).select_related("story", "scale")
    for one in placed.order_by("story__told_at", "scale__order", "pk"):
        facts = [_of(one.story), Fact("scale", _("Question"), Named(one.scale))]
        for name in ("first", "second", "third")[: 3 if one.scale.is_triangle else 2]:
            facts.append(Fact(name, _("One end"), Named(one.scale, name)))
            facts.append(Fact(f"{name}_share", _("How near it is, of 12"), getattr(one, name)))
        yield tuple(facts)


def pictures(teller: Pseudonym) -> Iterator[Entry]:
    """As they were sent, and as others may see them. One SQL query, two if there are any."""
    covers = Prefetch("covers", Cover.objects.select_related("lab").defer("sealed").order_by("pk"))
    rows = Picture.objects.filter(story__teller=teller).select_related("story").prefetch_related(covers).defer("sealed")
    for one in rows.order_by("told_at", "pk"):
        yield (_of(one.story), Fact("told_at", DAY, one.told_at), Fact("file", _("Name of the file"), _name_of(one)))
        for cover in one.covers.all():
            yield (
                _of(one.story),
                Fact("made_at", _("As others may see it, since"), cover.made_at),
                Fact("shows", _("What can be seen"), Locked(cover, "shows"), cover.lab.language),
                Fact("file", _("Name of the file"), _name_of(cover)),
            )


def picture_files(teller: Pseudonym) -> Iterator[File]:
    """The pictures themselves, and what was covered of them. Two SQL queries, and two for each."""
    for one in Picture.objects.filter(story__teller=teller).order_by("told_at", "pk"):
        yield File(_name_of(one), opened(one))
    for cover in Cover.objects.filter(picture__story__teller=teller).order_by("made_at", "pk"):
        yield File(_name_of(cover), opened(cover))


def recordings(teller: Pseudonym) -> Iterator[Entry]:
    """No SQL after `stories`, with which they came."""
    for story in teller.stories.all():
        if one := getattr(story, "recording", None):
            yield (
                _of(story),
                Fact("told_at", DAY, one.told_at),
                Fact("seconds", _("How long it is, in seconds"), one.seconds),
                Fact("file", _("Name of the file"), _sound_of(one)),
            )


def recording_files(teller: Pseudonym) -> Iterator[File]:
    """The recordings themselves. One SQL query, and one for each."""
    for one in Recording.objects.filter(story__teller=teller).order_by("told_at", "pk"):
        yield File(_sound_of(one), heard(one))


def additions(teller: Pseudonym) -> Iterator[Entry]:
    """One SQL query."""
    for one in Addition.objects.filter(story__teller=teller).select_related("story").order_by("told_at", "pk"):
        yield (_of(one.story), Fact("told_at", DAY, one.told_at), Fact("words", WORDS, Locked(one), one.story.language))


def earlier(teller: Pseudonym) -> Iterator[Entry]:
    """What nobody but the teller reads any more. One SQL query."""
    for one in EarlierWords.objects.filter(story__teller=teller).select_related("story").order_by("replaced_at", "told_at", "pk"):
        yield (
            _of(one.story),
            Fact("told_at", _("From"), one.told_at),
            Fact("replaced_at", _("Until"), one.replaced_at),
            Fact("language", LANGUAGE, one.language),
            Fact("words", WORDS, Locked(one), one.language),
        )


def versions(teller: Pseudonym) -> Iterator[Entry]:
    """Translations, and what others read. One SQL query."""
    for one in Version.objects.filter(story__teller=teller).select_related("story").order_by("made_at", "pk"):
        yield (
            _of(one.story),
            Fact("kind", _("What it is"), one.get_kind_display()),
            Fact("made_at", DAY, one.made_at),
            Fact("language", LANGUAGE, one.language),
            Fact("words", WORDS, Locked(one), one.language),
        )


def consents(teller: Pseudonym) -> Iterator[Entry]:
    """Each yes, those that have ended too. One SQL query."""
    rows = Consent.objects.filter(story__teller=teller) | Consent.objects.filter(pseudonym=teller)
    for one in rows.select_related("story").order_by("valid_from", "pk"):
        yield (
            _of(one.story),
            Fact("purpose", _("What for"), one.get_purpose_display()),
            Fact("level", _("Who may read it"), one.get_level_display() if one.level else None),
            Fact("given_by", _("Who agreed"), one.get_given_by_display()),
            Fact("valid_from", _("From"), one.valid_from),
            Fact("valid_to", _("Until"), one.valid_to),
            Fact("withdrawn_at", _("Ended"), one.withdrawn_at),
        )


def readings(teller: Pseudonym) -> Iterator[Entry]:
    """Who opened the teller's own words, by role and number. One SQL query."""
    for name, reading in readings_of_each(_named(Story.objects.filter(teller=teller))):
        yield (_numbered(name.partition(":")[2]), *_read(reading))


def contact_readings(teller: Pseudonym) -> Iterator[Entry]:
    """Who opened how to reach the teller, also what they took back since. One SQL query."""
    yeses = Consent.objects.filter(pseudonym=teller, purpose=Consent.Purpose.CONTACT)
    for _name, reading in readings_of_each(_named(yeses)):
        yield _read(reading)


def _named(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The names of rows, as the chain writes them (``name_of``). No SQL of its own."""
    return rows.values_list(Concat(Value(f"{rows.model._meta.label_lower}:"), "public_id"), flat=True)


def crossings(teller: Pseudonym) -> Iterator[Entry]:
    """One SQL query."""
    rows = Crossing.objects.filter(version__story__teller=teller).select_related("organisation", "version__story")
    for one in rows.order_by("at", "pk"):
        yield (_of(one.version.story), Fact("at", DAY, one.at), Fact("organisation", _("Who"), one.organisation.name))


def messages(teller: Pseudonym) -> Iterator[Entry]:
    """One SQL query."""
    for one in teller.messages.order_by("sent_at", "pk"):
        yield (
            Fact("sent_at", DAY, one.sent_at),
            Fact("from", _("Who wrote"), _("The lab") if one.from_lab else _("You")),
            Fact("words", WORDS, Locked(one), one.language),
        )


def votes(teller: Pseudonym) -> Iterator[Entry]:
    """One SQL query."""
    for one in teller.votes.select_related("statement").order_by("at", "pk"):
        yield (
            Fact("statement", _("Statement"), Named(one.statement)),
            Fact("value", _("Your answer"), one.get_value_display()),
            Fact("at", DAY, one.at),
        )


def statements(teller: Pseudonym) -> Iterator[Entry]:
    """Two SQL queries."""
    for one in Statement.objects.filter(by_pseudonym=teller).prefetch_related("decisions").order_by("made_at", "pk"):
        decisions = [fact for row in one.decisions.all() for fact in _decided(row)]
        yield (Fact("statement", _("Statement"), one.title, one.language), Fact("made_at", DAY, one.made_at), *decisions)


def _decided(row: StatementDecision) -> Iterator[Fact]:
    said = f"{row.get_state_display()}. {row.get_reason_display()} {row.words}".strip()
    yield Fact("decision", _("What the team decided"), said)
    if row.is_reworded_since:
        yield Fact("decided_about", _("The words they decided about"), row.title, row.language)


def _name_of(picture: Picture | Cover) -> str:
    return f"picture-{picture.public_id}.jpg"


def _sound_of(recording: Recording) -> str:
    return f"recording-{recording.public_id}.ogg"


def _read(reading: ReadBy) -> Entry:
    role = Role(reading.role).label if reading.role in Role.values else _("Somebody in the lab")
    return (Fact("at", DAY, reading.at), Fact("role", _("Who"), role), Fact("number", _("Line of the log"), reading.number))


def _of(story: Story | None) -> Fact:
    return _numbered(story.public_id if story else None)


def _numbered(public_id: str | None) -> Fact:
    return Fact("story", _("Story"), public_id)
