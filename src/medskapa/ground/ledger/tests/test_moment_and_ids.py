from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.urls import path, resolve

from medskapa.ground.ledger import ids, moment


def test_now_is_in_utc():
    assert moment.now().tzinfo is UTC


def test_in_here_it_is_the_moment_that_was_said():
    said = datetime(2017, 8, 31, 9, 0, tzinfo=timezone(timedelta(hours=2)))

    with moment.at(said):
        inside = moment.now()

    assert inside == datetime(2017, 8, 31, 7, 0, tzinfo=UTC)
    assert moment.now() > inside


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"), moment.at(datetime(2017, 8, 31)):  # noqa: DTZ001
        pass


def test_ids_are_twelve_signs_and_never_look_like_an_option():
    made = [ids.new_public_id() for _each in range(2000)]

    assert len(set(made)) == 2000
    assert {len(one) for one in made} == {12}
    assert not [one for one in made if one.startswith("-")]


def test_seeded_ids_are_the_same_each_time_and_only_in_there():
    def ten() -> list[str]:
        with ids.seeded("demo"):
            return [ids.new_public_id() for _each in range(10)]

    assert ten() == ten()
    assert ids.new_public_id() != ids.new_public_id()


def test_an_address_takes_an_id_and_nothing_else():
    class Urls:
        urlpatterns = [path("tales/<id:tale>/", lambda request, tale: None)]

    assert resolve("/tales/kJ2_hQ-9aB3x/", urlconf=Urls).kwargs == {"tale": "kJ2_hQ-9aB3x"}
    with pytest.raises(Exception, match="tried"):
        resolve("/tales/17/", urlconf=Urls)
