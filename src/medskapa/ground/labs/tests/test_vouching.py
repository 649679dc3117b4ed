"""A language whose texts no speaker has read: they stand beside certain ones, and in production somebody answers for it by name."""

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from medskapa.ground.labs import vouching
from medskapa.ground.labs.actions import confirm_language, edit_lab, note_reading, take_back_vouching
from medskapa.ground.labs.actors import actor_of_participation
from medskapa.ground.labs.errors import NotReady
from medskapa.ground.labs.models import Lab, Vouching
from medskapa.ground.labs.readiness import missing
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, an_actor, client_of
from medskapa.ground.labs.vouching import NotYourName, OnlyLanguage, is_certain, needs_reader, texts, texts_in, version_of
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.ledger.models import Record
from medskapa.ground.people.roles import Role
from medskapa.ground.web.languages import COMPLETE, FOR_TELLERS

pytestmark = pytest.mark.django_db
LACKS = "This lab does not have your language yet. It has these:"


@pytest.fixture
def lab() -> Lab:
    return a_lab(languages=["sv"])


def leader_of(lab: Lab, name: str = "Vera Holm"):
    return actor_of_participation(a_participation(lab, Role.PROCESS_LEADER, name=name))


def test_what_has_to_be_read_holds_consent_rights_and_safety_in_every_language_of_tellers():
    for said in ("You can stop at any time. You need not say why.", "Taking part does not help or harm your case with any authority."):
        assert said in texts()
    assert any("tel:112" in text for text in texts())
    assert any("Taking part does not affect your case." in text for text in texts())
    for language in ("sv", "ar", *FOR_TELLERS):
        assert [text for text, english in zip(texts_in(language), texts(), strict=True) if text == english] == [], language
    assert {code for code in (*COMPLETE, *FOR_TELLERS) if not needs_reader(code)} == {"sv", "en"}


@pytest.mark.parametrize("page", ["rights", "help", "tell"])
def test_until_a_speaker_has_read_them_the_texts_stand_beside_swedish_and_english(page):
    lab = a_lab(languages=["sv", "so"])
    before = Client().get(f"/so/labs/{lab.slug}/{page}/").content.decode()
    note_reading(lab, language="so", reader="Asha Nur", by=leader_of(lab))

    after = Client().get(f"/so/labs/{lab.slug}/{page}/").content.decode()

    assert '<details lang="sv" dir="ltr"><summary>svenska</summary>' in before
    assert '<details lang="en" dir="ltr"><summary>English</summary>' in before
    assert "<summary>svenska</summary>" not in after
    assert "<summary>svenska</summary>" not in Client().get(f"/sv/labs/{lab.slug}/{page}/").content.decode()


def test_a_reading_counts_for_the_texts_as_they_were_and_a_change_is_said(lab):
    leader = a_participation(lab, Role.PROCESS_LEADER)
    reading = note_reading(lab, language="ti", reader="Rahel", by=actor_of_participation(leader))
    assert is_certain(lab, "ti")

    Vouching.objects.filter(pk=reading.pk).update(version="of last year")

    assert not is_certain(lab, "ti")
    assert "Changed since <bdi>Rahel</bdi> read it" in client_of(leader).get(f"/en/labs/{lab.slug}/languages/").content.decode()
    assert version_of("ti") != version_of("so")


CONSENTED = {
    "a level": "Everyone in the lab, without names and places",
    "what a level means": "Nobody else will see it.",
    "a circle": "Such as social services, schools and the places where you live",
    "the end": "Until I say stop",
    "a purpose": "That the lab contacts me",
    "research": "The lab can then let people who do research read it, without names and places.",
    "a recording": "Keep my voice also when it is written down",
    "an adult's yes": "You agree to this, and to nothing more:",
    "by whom a story comes": "Your story comes to the lab by %(name)s."
    " It is noted, and only you and the people who work in the lab see it.",
    "coming back": "You came back with your code. What you tell now is kept with what you told before.",
    "reading back": "You who write: read all of it aloud to the one who tells, word for word, and change what they want changed."
    " Then let them answer.",
    "handing over": "You who wrote: hand over and look away. Do not read the code, write it down or keep it."
    " Tell nobody what you have heard.",
    "that it is gone from another's phone": "It is gone from this page.",
    "what whoever writes keeps to": "In the end there is a code. It belongs to the one who tells, and nobody else looks at it.",
    "how far it goes on one page": "If somebody must not read it, it stays in the lab, whatever you choose here: what everybody can read"
    " cannot be kept from anybody.",
    "waiting for the code": "You get your code only when it is sent. You can wait for it, come back for it, or not tell now. You decide.",
    "what waits on another's phone": "After a story is sent, its code can be shown here for one day. Lock the phone when you put it away:"
    " whoever opens it can send what waits and see the codes.",
    "whose the code is": "Nobody else has the code",
    "an adult's code": "This code is for the adult who speaks for you",
    "as what an adult speaks": "God man (guardian of an unaccompanied child)",
    "taking back": "What was already printed, sent on or shown to an authority cannot be called back.",
    "stopping": "What you told stays as you left it. If you want it gone, take it back first.",
}


@pytest.mark.parametrize("what", CONSENTED)
def test_when_a_word_of_a_consent_or_of_taking_back_changes_a_reading_counts_no_more(lab, monkeypatch, what):
    note_reading(lab, language="so", reader="Asha Nur", by=leader_of(lab))
    assert is_certain(lab, "so")

    said = vouching.gettext
    monkeypatch.setattr(vouching, "gettext", lambda text: f"{said(text)} now" if text == CONSENTED[what] else said(text))

    assert not is_certain(lab, "so")


def test_a_production_lab_switches_a_language_on_only_once_its_leader_answers_for_it_by_their_own_name(lab, settings):
    leader = leader_of(lab)
    settings.MEDSKAPA_LOCAL = False
    with pytest.raises(NotReady):
        edit_lab(lab, by=leader, languages=["sv", "so"])
    with pytest.raises(NotYourName):
        confirm_language(lab, language="so", name="Somebody Else", by=leader)

    confirm_language(lab, language="so", name="  vera HOLM ", by=leader)

    lab.refresh_from_db()
    assert edit_lab(lab, by=leader, languages=["sv", "so"]).languages == ["sv", "so"]
    assert Record.objects.filter(chain=lab.public_id, verb="language.confirm").count() == 1


def test_a_reading_by_a_speaker_is_enough_and_a_demo_is_never_asked(lab, settings):
    settings.MEDSKAPA_LOCAL = False
    other = a_lab(languages=["sv", "so"], is_demo=True)
    note_reading(lab, language="so", reader="Asha Nur", by=leader_of(lab))

    lab.languages = ["sv", "so"]

    assert (missing(lab), missing(other)) == ([], [])


def test_who_takes_their_yes_back_takes_the_language_off_the_lab(lab):
    leader = leader_of(lab)
    Lab.objects.update(languages=["so"])
    lab.refresh_from_db()
    yes = confirm_language(lab, language="so", name="Vera Holm", by=leader)
    with pytest.raises(OnlyLanguage):
        take_back_vouching(yes, by=leader)
    edit_lab(lab, by=leader, languages=["so", "sv"])

    take_back_vouching(Vouching.objects.select_related("lab").get(pk=yes.pk), by=leader)

    lab.refresh_from_db()
    assert lab.languages == ["sv"]
    assert Vouching.objects.get().taken_back_at is not None


def test_the_pages_show_the_texts_side_by_side_and_keep_who_vouches(lab):
    leader = a_participation(lab, Role.PROCESS_LEADER, name="Vera Holm")
    client, here = client_of(leader), f"/sv/labs/{lab.slug}/languages/ckb/"
    page = client.get(here).content.decode()
    assert all(text[:20] in page.replace("&quot;", '"') for text in texts_in("sv")[:3])

    assert client.post(here, {"form_key": "k" * 24, "do": "read", "reader-name": ""}).status_code == 422
    assert client.post(here, {"form_key": "l" * 24, "do": "read", "reader-name": "Shilan"}).status_code == 303
    assert client.post(here, {"form_key": "m" * 24, "do": "confirm", "leader-name": "Nobody"}).status_code == 422
    assert client.post(here, {"form_key": "n" * 24, "do": "confirm", "leader-name": "Vera Holm"}).status_code == 303

    assert sorted(Vouching.objects.values_list("kind", "name")) == [("confirmed", "Vera Holm"), ("read", "Shilan")]
    assert "Shilan" in client.get(f"/sv/labs/{lab.slug}/languages/").content.decode()
    back = f"/sv/labs/{lab.slug}/languages/taken-back/{Vouching.objects.get(kind='read').public_id}/"
    assert client.post(back, {"form_key": "o" * 24}).status_code == 303
    assert not is_certain(lab, "ckb")
    assert [client.get(f"/sv/labs/{lab.slug}/languages/{code}/").status_code for code in ("sv", "xx")] == [404, 404]


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.INTERPRETER, Role.CO_CREATOR, "operator", "public"])
def test_nobody_else_answers_for_a_language(lab, role):
    for act in (
        lambda by: note_reading(lab, language="so", reader="X", by=by),
        lambda by: confirm_language(lab, language="so", name="X", by=by),
    ):
        with pytest.raises(NotAllowed):
            act(an_actor(lab, role))
    assert not Vouching.objects.exists()


def test_the_languages_of_a_lab_cost_one_query_however_much_was_said(lab, django_assert_num_queries):
    leader = leader_of(lab)
    for language in FOR_TELLERS:
        note_reading(lab, language=language, reader="X", by=leader)

    with django_assert_num_queries(1):
        assert is_certain(lab, "so")
    with django_assert_num_queries(0):
        assert is_certain(lab, "sv")
    assert a_client(lab, Role.MODERATOR).get(f"/en/labs/{lab.slug}/languages/").status_code == 403


def test_who_would_tell_in_a_language_that_is_off_is_led_to_one_that_is_on_and_reads_so_in_theirs(client):
    lab = a_lab(language="sv", languages=["prs", "sv"])

    led = client.get(f"/so/labs/{lab.slug}/tell/")
    page = client.get(led.headers["Location"]).content.decode()

    assert (led.status_code, led.headers["Location"]) == (302, f"/sv/labs/{lab.slug}/tell/?asked=so")
    assert "no-store" in led.headers["Cache-Control"]
    with override("so"):
        assert gettext(LACKS) in page
    assert 'class="note lacking" lang="so" dir="ltr"' in page
    assert f'<a href="/prs/labs/{lab.slug}/tell/" hreflang="prs"' in page
    assert not led.cookies


def test_at_the_door_of_a_lab_it_says_which_languages_it_has_and_help_and_rights_stay_in_every_language(client):
    lab = a_lab(languages=["sv"])
    with override("ti"):
        says = gettext(LACKS)

    assert says in client.get(f"/ti/labs/{lab.slug}/").content.decode()
    assert [client.get(f"/ti/labs/{lab.slug}/{page}/").status_code for page in ("help", "rights")] == [200, 200]
    assert [client.get(f"/ti/{page}/").status_code for page in ("return", "join")] == [200, 200]
    assert [client.get(f"/{code}/labs/{lab.slug}/tell/").status_code for code in ("sv", "en")] == [200, 200]


@pytest.mark.parametrize("asked", ["sv", "en", "prs", "xx", "", "so%00", "<b>"])
def test_what_else_somebody_asks_for_is_not_said(client, asked):
    lab = a_lab(languages=["sv", "prs"])

    assert 'class="note lacking"' not in client.get(f"/sv/labs/{lab.slug}/tell/?asked={asked}").content.decode()
