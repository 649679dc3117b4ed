"""Whoever finds a screen left open sees nobody's identity, and neither lets words out nor ends them."""

from dataclasses import replace
from datetime import timedelta
from unittest import mock

import pytest

from medskapa.ground.labs.tests.makers import a_lab, an_actor
from medskapa.ground.ledger.actors import Actor, may, require
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.moment import now
from medskapa.ground.people.fresh_proof import NotProvedLately
from medskapa.ground.people.permissions import needs_fresh_proof, table
from medskapa.ground.people.roles import Role

pytestmark = pytest.mark.django_db

SENSITIVE = sorted(verb for verb in table() if needs_fresh_proof(verb))


@pytest.mark.parametrize("verb", SENSITIVE)
def test_nobody_does_it_who_showed_more_than_a_quarter_of_an_hour_ago_who_they_are(verb):
    lab = a_lab()
    people = [an_actor(lab, role) for role, answer in table()[verb].items() if answer == "yes" and not role.startswith("system:")]
    assert people != []

    for by in people:
        assert may(by, verb, lab)
        for long_ago in (now() - timedelta(minutes=16), None):
            with pytest.raises(NotProvedLately):
                require(replace(by, proved_at=long_ago), verb, lab)
        require(replace(by, proved_at=now() - timedelta(minutes=14)), verb, lab)


def test_tasks_have_nothing_to_show():
    lab = a_lab()
    task = Actor.system("demo", lab.public_id)

    require(task, "story.cross", lab)

    assert task.proved_at is None
    assert may(task, "story.cross", lab)


def test_where_the_list_cannot_be_read_the_answer_is_no():
    lab = a_lab()

    with mock.patch("medskapa.ground.people.fresh_proof.needs_fresh_proof", side_effect=KeyError), pytest.raises(NotAllowed):
        require(an_actor(lab, Role.MODERATOR), "lab.see", lab)


def test_it_is_asked_for_who_somebody_is_for_what_leaves_or_goes_for_good_and_for_who_may_do_so():
    opens, lets_out = {"identity.open", "contact.open"}, {"story.cross", "concern.letter", "concern.report"}
    ends = {"retention.set", "retention.second", "lab.close"}
    says_who_may = {"participation.add", "participation.edit", "role.give", "invitation.make"}

    assert set(SENSITIVE) == opens | lets_out | ends | says_who_may
