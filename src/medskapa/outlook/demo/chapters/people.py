"""Who takes part: invented municipalities, organisations real and invented, people with a name, and people with a code."""

from datetime import date
from functools import partial
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from medskapa.ground.labs.actions import add_participation, give_role, new_pseudonym
from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.models import AgeBand, Participation, Pseudonym
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.ids import new_public_id
from medskapa.ground.people.actions import make_account, make_organisation, make_unit, rename_organisation
from medskapa.ground.people.models import Account, Organisation
from medskapa.ground.places.models import Municipality
from medskapa.ground.safeguarding.actions import save_representative
from medskapa.ground.safeguarding.models import Representative
from medskapa.outlook.demo.codes import code_hashes
from medskapa.outlook.demo.content import Entry, chapter, clock, source
from medskapa.outlook.demo.places import invent_municipality
from medskapa.outlook.demo.replay import Replay
from medskapa.stages.listening.actions import take_card
from medskapa.stages.listening.actions.growing import confirm_age

M = TypeVar("M", bound=Model)

BEGIN = date(2016, 8, 15)


def plan(replay: Replay) -> None:
    """Organisations before the lab, people from the day they came, codes when somebody first needs one."""
    content = chapter("people")
    replay.plan(clock(BEGIN, 7), partial(_places_and_organisations, replay, content))
    for entry in content["names_with_dates"]:
        since = entry["names"][1]["from"]
        replay.plan(clock(since, 8), partial(_rename, replay, entry["organisation"], entry["names"][1]["name"], since))
    for entry in content["people"]:
        if entry["id"] != "sara":  # she begins the lab
            replay.plan(clock(entry["from"], 8, 30), partial(_join, replay, entry))
    for name, said in content["known_codes"].items():
        replay.plan(clock(said["of_age"], 18), partial(_come_of_age, replay, name))
    _hash_codes(replay, content)


def make_person_account(replay: Replay, entry: Entry) -> None:
    """An account of somebody who does not exist, to sign in as with one click."""
    email = f"{entry['id']}@example.org"
    account = left_over(Account.objects.filter(is_demo=True, email=email)) or make_account(
        email, name=entry["name"], language="sv", is_demo=True, by=replay.by
    )
    replay.keep("account", entry["id"], account)


def left_over(rows: QuerySet[M]) -> M | None:
    """What an earlier demo left here, since another lab uses it. It has its id; the next one made must not get that."""
    found = rows.first()
    if found is not None:
        new_public_id()
    return found


def pseudonym(replay: Replay, name: str) -> Pseudonym:
    """The teller or voter of this id; they get their code when they are first asked for."""
    if not replay.has("pseudonym", name):
        _come(replay, replay.the("entry", name))
    found: Pseudonym = replay.the("pseudonym", name)
    return found


def shown_name(replay: Replay, name: str) -> str:
    """What others read beside what somebody made: the name of a participant, the alias of a co-creator, or a number."""
    found = replay.person(name)
    if isinstance(found, Participation):
        return found.name
    return found.alias or f"Medskapare {replay.the('entry', name)['number']}"


def _places_and_organisations(replay: Replay, content: Entry) -> None:
    for place in content["municipalities"]:
        replay.keep("municipality", place["code"], invent_municipality(place["code"], **_of_place(place), by=replay.by))
    facts = chapter("facts")
    for entry in facts["actors"]:
        _organisation(replay, entry | {"id": entry["name"], "kind": entry["type"], "source": facts["actors_source"]})
    for entry in [*content["organisations_sourced"], *content["organisations"]]:
        _organisation(replay, entry)


def _of_place(place: Entry) -> Entry:
    return {name: place[name] for name in ("name", "name_full", "group", "population", "population_year")}


def _organisation(replay: Replay, entry: Entry) -> None:
    code = entry.get("municipality")
    place = Municipality.objects.get(code=code) if code else None
    called = Q(name=entry["name"]) | Q(names__name=entry["name"])
    made = left_over(Organisation.objects.filter(called, is_demo=True)) or make_organisation(
        entry["name"], kind=entry["kind"], municipality=place, source=source(entry.get("source")), is_demo=True, by=replay.by
    )
    replay.keep("organisation", entry["id"], made)
    for unit in entry.get("units", ()):
        part = left_over(made.units.filter(name=unit["name"])) or make_unit(made, name=unit["name"], municipality=place, by=replay.by)
        replay.keep("unit", unit["id"], part)


def _rename(replay: Replay, organisation: str, name: str, since: date) -> None:
    found: Organisation = replay.the("organisation", organisation)
    if not found.names.exists():
        rename_organisation(found, name=name, since=since, by=replay.by)


def _join(replay: Replay, entry: Entry) -> None:
    if entry.get("login"):
        make_person_account(replay, entry)
    participation = add_participation(
        replay.lab,
        name=entry["name"],
        account=replay.the("account", entry["id"]) if entry.get("login") else None,
        unit=replay.the("unit", entry["unit"]),
        stand_in_for=replay.the("participation", entry["stand_in_for"]) if "stand_in_for" in entry else None,
        starts_on=entry["from"],
        ends_on=entry.get("to"),
        by=replay.by,
    )
    replay.keep("participation", entry["id"], participation)
    for role in entry["roles"]:
        give_role(participation, role, by=replay.by)


def _hash_codes(replay: Replay, content: Entry) -> None:
    hashed = code_hashes()
    for entry in [*content["tellers"], *content["voters"]]:
        replay.keep("entry", entry["id"], entry | {"code_hash": hashed[entry["id"]]})


def _come(replay: Replay, entry: Entry) -> None:
    made = _from_card(replay, entry) if "card" in entry else _from_code(replay, entry)
    replay.keep("pseudonym", entry["id"], made)
    if "representative" in entry:
        _speaks_for(made, entry["representative"], replay.by)


def _from_code(replay: Replay, entry: Entry) -> Pseudonym:
    made, _code = new_pseudonym(
        replay.lab,
        language=entry["language"],
        age_band=entry["age"],
        alias=entry.get("alias", ""),
        code_hash=entry["code_hash"],
        by=replay.by,
    )
    return made


def _from_card(replay: Replay, entry: Entry) -> Pseudonym:
    """Their card comes back, and somebody types it in."""
    card = replay.the("card", str(entry["card"]))
    return take_card(card, language=entry["language"], age_band=entry["age"], by=replay.actor("elin"))


def _come_of_age(replay: Replay, name: str) -> None:
    """Somebody who has become 18 comes back and says so, since they are asked."""
    teller = pseudonym(replay, name)
    confirm_age(teller, band=AgeBand.ADULT, by=actor_of_pseudonym(teller))


def _speaks_for(made: Pseudonym, said: Entry, by: Actor) -> None:
    place = Municipality.objects.get(code=said["municipality"])
    representative = Representative(
        lab=made.lab, pseudonym=made, type=said["type"], municipality=place, valid_from=said["from"], valid_to=said.get("to")
    )
    save_representative(representative, by=by)
