"""Coming back with a code: what opens, what does not, and how guessing is slowed."""

from datetime import timedelta

import pytest

from medskapa.ground.labs.actions import (
    change_code,
    new_pseudonym,
)
from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.coming_back import find_by_code
from medskapa.ground.labs.tests.makers import a_lab, an_actor
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.errors import BadCode, NotAllowed, TooMany
from medskapa.ground.ledger.moment import at, now

pytestmark = pytest.mark.django_db


def test_somebody_comes_back_with_their_code_in_any_digits():
    lab = a_lab()
    pseudonym, code = new_pseudonym(lab, language="prs", age_band="16_17", by=Actor.public(lab.public_id))

    typed = " ".join(code[start : start + 3] for start in range(0, 18, 3)).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))

    assert find_by_code(typed, source="1.2.3.4") == pseudonym
    assert code not in pseudonym.code_hash


def test_a_new_code_makes_the_old_one_void():
    lab = a_lab()
    pseudonym, old = new_pseudonym(lab, language="sv", by=Actor.public(lab.public_id))

    _, new = change_code(pseudonym, by=actor_of_pseudonym(pseudonym))

    assert find_by_code(new, source="1.2.3.4") == pseudonym
    with pytest.raises(BadCode):
        find_by_code(old, source="1.2.3.4")
    with pytest.raises(NotAllowed):
        change_code(pseudonym, by=an_actor(lab, "co_creator"))


def test_somebody_from_an_import_has_no_code_to_come_back_with():
    lab = a_lab()

    pseudonym, code = new_pseudonym(lab, language="sv", with_code=False, by=Actor.system("demo", lab.public_id))

    assert code == ""
    assert pseudonym.code_hash.startswith("no code:")


def test_after_twenty_wrong_codes_there_is_one_try_a_minute_from_there(monkeypatch):
    monkeypatch.setattr("medskapa.ground.labs.coming_back.hash_code", lambda code: code)
    wrong = "00000000000000000" + "0"
    moment = now()

    with at(moment):
        for _ in range(21):
            with pytest.raises(BadCode):
                find_by_code(wrong, source="1.2.3.4")
        with pytest.raises(TooMany) as slowed:
            find_by_code(wrong, source="1.2.3.4")
        with pytest.raises(BadCode):
            find_by_code(wrong, source="5.6.7.8")
    with at(moment + timedelta(seconds=61)), pytest.raises(BadCode):
        find_by_code(wrong, source="1.2.3.4")

    assert slowed.value.wait_seconds <= 60


def test_a_typo_is_no_guess(monkeypatch):
    monkeypatch.setattr("medskapa.ground.labs.coming_back.hash_code", pytest.fail)

    for typed in ("123", "000 000 000 000 000 001", "hello", ""):
        with pytest.raises(BadCode):
            find_by_code(typed, source="1.2.3.4")


def test_many_wrong_codes_from_everywhere_are_written_as_an_alarm(monkeypatch, caplog):
    monkeypatch.setattr("medskapa.ground.labs.coming_back.hash_code", lambda code: code)
    monkeypatch.setattr("medskapa.ground.labs.coming_back.CEILING", 3)

    for source in ("a", "b", "c", "d"):
        with pytest.raises(BadCode):
            find_by_code("0" * 18, source=source)

    assert "somebody is guessing" in caplog.text
