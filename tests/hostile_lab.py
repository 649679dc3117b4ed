"""A lab in which every text that a person can write is hostile, whatever a form would have said to it."""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.days import today_of
from medskapa.ground.labs.models import Participation, Pseudonym, Wording
from medskapa.ground.labs.tests.makers import an_actor
from medskapa.ground.ledger.models import DataKey
from medskapa.ground.ledger.sealing import SealedText, seal
from medskapa.ground.people.models import Letter, OrganisationName
from medskapa.ground.people.roles import Role
from medskapa.ground.places.tests.makers import a_municipality
from medskapa.ground.safeguarding.actions import set_worry_words
from medskapa.ground.safeguarding.following import note_step
from medskapa.ground.web.fields import LanguageField
from medskapa.stages.cocreation.tests.makers import a_challenge, a_prototype, an_idea
from medskapa.stages.incubation.actions import read_report, stop_support
from medskapa.stages.incubation.tests.makers import a_report, a_support, an_event, demo_of
from medskapa.stages.listening.actions import add_to_story, correct_story, let_contact, translate_story, write_to_lab
from medskapa.stages.listening.models import Reach
from medskapa.stages.listening.tests.makers import a_story, an_answer
from medskapa.stages.pilots.actions import move_adoption
from medskapa.stages.pilots.models import Adoption
from medskapa.stages.pilots.tests.makers import an_adoption
from medskapa.stages.selection.actions import declare_conflict
from tests.hostile import BEGIN, END, HOSTILE
from tests.leaky_lab import LeakyLab, a_leaky_lab

NOT_OF_ROOMS = {"ledger", "places", "web"}  # what nobody writes in a form
NOT_WRITTEN = {  # fields that no form fills, and the address by which somebody signs in
    *("public_id", "code_hash", "token_hash", "chain_head", "hash", "by", "raised_by", "subject", "stage", "field", "currency"),
    *("time_zone", "password", "to", "proposed_by", "people.Account.email", "safeguarding.Period.kind", "labday.Door.digits"),
}
AT_ONCE = 6  # how many hostile texts a field takes, if they fit
PLENTY = 2000  # characters, where a field has no limit


@dataclass(slots=True)
class HostileLab:
    """The lab, and which fields took which texts, by their numbers."""

    here: LeakyLab
    met: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    refused: set[str] = field(default_factory=set)  # fields that must stay empty in some row


def a_hostile_lab() -> HostileLab:
    """Something in every room, and in every field of it hostile texts."""
    made = HostileLab(a_leaky_lab())
    for add in (_told, _made, _chosen, _worded):
        add(made.here)
    texts = deque(range(len(HOSTILE)))
    for model, written in written_fields():
        for row in model._default_manager.order_by("pk"):
            _fill(made, row, written, texts)
    return made


def written_fields() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every field that holds words of people. Web addresses are not words: forms take only those that lead to pages."""
    for model in apps.get_models():
        label = model._meta.app_label
        if not apps.get_app_config(label).name.startswith("medskapa.") or label in NOT_OF_ROOMS:
            continue
        for one in model._meta.concrete_fields:
            is_text = isinstance(one, models.CharField | models.TextField | SealedText)
            is_other = one.choices or isinstance(one, LanguageField | models.URLField | models.SlugField)
            if is_text and not is_other and not {one.name, f"{model._meta.label}.{one.name}"} & NOT_WRITTEN:
                yield model, one


def _fill(made: HostileLab, row: Any, written: Any, texts: deque[int]) -> None:
    name = f"{row._meta.label}.{written.name}"
    old, size = getattr(row, written.attname), getattr(written, "max_characters", 0) or written.max_length or PLENTY
    if old is None and isinstance(written, SealedText):
        return
    numbers = _fitting(size - len(BEGIN + END), texts)
    words = BEGIN + " ".join(HOSTILE[number] for number in numbers) + END
    value = seal(words, DataKey.objects.get(public_id=old.key_id)) if isinstance(written, SealedText) else words
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**{written.name: value})
        made.met[name].update(numbers)
    except DatabaseError:  # a rule says that it stands empty in this row
        made.refused.add(name)


def _fitting(size: int, texts: deque[int]) -> list[int]:
    """The texts that fit, of those that wait the first; then they wait last. What is too long for a short field waits for a longer one."""
    found: list[int] = []
    for number in texts:
        if sum(len(HOSTILE[one]) + 1 for one in [*found, number]) - 1 <= size:
            found.append(number)
        if len(found) == AT_ONCE or (found and size < len(HOSTILE[found[0]]) + 40):
            break
    for number in found:
        texts.remove(number)
        texts.append(number)
    return found


def _told(here: LeakyLab) -> None:
    lab, teller = here.lab, here.owners["co_creator"]
    assert isinstance(teller, Pseudonym)
    story = lab.stories.get(public_id=here.ids["story"])
    named = a_story(lab, released=True, reach=Reach.PUBLIC_NAMED, teller=teller)
    let_contact(teller, contact="070 000 00 01", by=actor_of_pseudonym(teller))
    translate_story(named, language="ar", words="كلمات", by=an_actor(lab, Role.INTERPRETER))
    here.more["listening:desk_story"] = {"named": {"story": named.public_id}}
    here.more["listening:story"] |= {"named": {"story": named.public_id}}
    an_answer(story)
    write_to_lab(teller, words="Thank you.", language="sv", by=actor_of_pseudonym(teller))
    add_to_story(story, words="There was more.", by=actor_of_pseudonym(teller))
    changed = a_story(lab, teller=teller)
    correct_story(changed, words="It was otherwise.", by=actor_of_pseudonym(teller))
    here.more["listening:own_story"] = {"changed": {"story": changed.public_id}}
    set_worry_words(lab, language="ar", words=["bakom fabriken"], by=an_actor(lab, Role.SAFEGUARDING_OFFICER))
    note_step(lab.concerns.get(public_id=here.ids["concern"]), done="Called.", by=an_actor(lab, Role.SAFEGUARDING_OFFICER))


def _made(here: LeakyLab) -> None:
    lab = here.lab
    promised = a_challenge(lab, due_on=today_of(lab) + timedelta(days=30))
    here.more["cocreation:challenge"] |= {"promised": {"challenge": promised.public_id}}
    here.more["cocreation:idea"] = {"aside": {"idea": an_idea(lab, state="set_aside").public_id}}
    here.more["cocreation:prototype"] = {"stopped": {"prototype": a_prototype(lab, state="stopped").public_id}}


def _chosen(here: LeakyLab) -> None:
    lab, juror = here.lab, here.owners[Role.JUROR]
    assert isinstance(juror, Participation)
    seat = juror.juries.get(public_id=here.ids["juror"])
    declare_conflict(lab.applications.get(public_id=here.ids["application"]), reason="My sister.", juror=seat, by=demo_of(lab))
    support = a_support(lab)
    an_event(support)
    read_report(a_report(support), reply="Good.", by=demo_of(lab))
    stop_support(support, reason="They moved.", by=demo_of(lab))
    here.more["incubation:support"] = {"stopped": {"support": support.public_id}}
    place = a_municipality("0115", name="Vallentuna")
    adoption = an_adoption(lab.pilots.get(public_id=here.ids["pilot"]), place, state=Adoption.State.RUNNING)
    move_adoption(adoption, state=Adoption.State.STOPPED, reason="No money.", by=demo_of(lab))
    here.more["pilots:adoption"] = {"stopped": {"adoption": adoption.public_id}}


def _worded(here: LeakyLab) -> None:
    lab = here.lab
    for row in (lab, *lab.insights.all(), *lab.ideas.all(), *lab.help_contacts.all()):
        name = "name" if hasattr(row, "name") else "title"
        Wording.objects.create(lab=lab, subject=row.public_id, field=name, language="ar", text="كلمات", translator="Amal")
    assert lab.host is not None
    OrganisationName.objects.create(organisation=lab.host, name="Before", valid_to=today_of(lab))
    Letter.objects.create(to="amal@example.org", subject="A code", text="Somebody wrote this.")
