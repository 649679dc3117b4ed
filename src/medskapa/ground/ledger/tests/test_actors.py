import pytest

from medskapa.ground.ledger import actors
from medskapa.ground.ledger.actors import Actor, may, register_permission, require
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.tests.makers import an_actor


class Subject:
    def __init__(self, chain_key: str) -> None:
        self.chain_key = chain_key


class Secret(Subject):
    IS_SECRET = True


def test_an_actor_has_an_opaque_id():
    assert Actor("pseudonym", "kJ2_hQ-9aB3x", "lab", frozenset()).id == "pseudonym:kJ2_hQ-9aB3x"
    assert Actor.public(None).id == "public:anyone"
    assert Actor.system("demo").roles == {"system:demo"}


def test_the_team_is_who_works_in_the_lab():
    assert an_actor(None, "moderator", "reader").is_team
    assert not an_actor(None, "reader", "juror").is_team
    assert not Actor.public("lab").is_team


def test_nobody_to_ask_is_a_no():
    actors._permission = None

    assert not may(Actor.public(None), "tale.read")


def test_a_question_that_raises_is_a_no():
    register_permission(lambda actor, verb, subject: 1 / 0)

    assert not may(Actor.public(None), "tale.read")


@pytest.mark.parametrize("answer", [1, "yes", None, object(), False])
def test_any_answer_but_true_is_a_no(answer):
    register_permission(lambda actor, verb, subject: answer)

    assert not may(Actor.public(None), "tale.read")


def test_a_subject_that_cannot_say_its_lab_is_refused():
    class Broken:
        @property
        def chain_key(self) -> str:
            raise LookupError

    assert not may(Actor.public(None), "tale.read", Broken())


def test_the_subject_of_another_lab_is_refused_before_anybody_is_asked():
    asked = []
    register_permission(lambda actor, verb, subject: asked.append(verb) or True)

    assert not may(Actor.public("mine"), "tale.read", Subject("theirs"))
    assert asked == []
    assert may(Actor.public("mine"), "tale.read", Subject("mine"))


def test_require_refuses_with_403_and_with_404_where_being_there_is_a_secret():
    register_permission(lambda actor, verb, subject: False)

    with pytest.raises(NotAllowed) as open_refusal:
        require(Actor.public("mine"), "tale.read", Subject("mine"))
    with pytest.raises(NotAllowed) as secret_refusal:
        require(Actor.public("mine"), "tale.read", Secret("mine"))

    assert (open_refusal.value.status, open_refusal.value.is_secret) == (403, False)
    assert (secret_refusal.value.status, secret_refusal.value.is_secret) == (404, True)
