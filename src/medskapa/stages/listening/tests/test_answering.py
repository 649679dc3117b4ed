"""Answers: a text to begin with in the teller's language, never sent without a person, and a talk in the order of time without a name."""

import re
from html import unescape

import pytest

from medskapa.ground.labs.models import Lab, Wording
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_pseudonym, client_of
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.people.roles import Role
from medskapa.ground.web import languages
from medskapa.stages.listening.beginnings import BLANK, everywhere, has_blank
from medskapa.stages.listening.models import Beginning, Message
from medskapa.stages.listening.tests.makers import a_beginning, a_story

pytestmark = pytest.mark.django_db
NEXT = "key-of-a-form-0123456789"
OTHER = "another-key-of-a-form-0123"
THANKS = {one.key: one for one in everywhere()}["thanks"]
READ = {one.key: one for one in everywhere()}["read"]


@pytest.fixture
def lab() -> Lab:
    return a_lab(languages=["sv", "so", "prs"])


def url(lab: Lab, end: str, language: str = "en") -> str:
    return f"/{language}/labs/{lab.slug}/{end}"


def written(page: str) -> str:
    """What stands in the field."""
    found = re.search(r'<textarea[^>]*name="words"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found
    return unescape(found[1]).replace("\r\n", "\n").strip()


def begun(lab: Lab, key: str, words: str = "", language: str = "so") -> tuple[str, int]:
    """The page after one of the texts was chosen, for a teller who reads Somali."""
    teller = a_pseudonym(lab, language="so")
    client = a_client(lab, Role.MODERATOR)
    sent = {"form_key": NEXT, "begin": key, "words": words, "language": language}
    form = client.get(url(lab, f"answers/{teller.public_id}/")).content.decode()
    (address,) = re.findall(r'method="post" action="([^"]+#write)"', form)
    page = client.post(address, sent)
    return page.content.decode(), page.status_code


def test_every_text_to_begin_with_is_there_in_every_language_of_tellers_with_the_same_places_to_fill_in():
    for one in everywhere():
        assert list(one.texts) == [*languages.COMPLETE, *languages.FOR_TELLERS]
        assert len(set(one.texts.values())) == len(one.texts), one.key
        assert {len(BLANK.findall(text)) for text in one.texts.values()} == {len(BLANK.findall(one.texts["en"]))}, one.key


def test_a_chosen_text_comes_into_the_field_in_the_tellers_language_with_what_it_says_beside_and_nothing_is_sent(lab):
    page, status = begun(lab, "thanks")

    assert (status, Message.objects.count()) == (422, 0)
    assert written(page) == THANKS.text("so")
    beside = page.partition("What the text says")[2]
    assert THANKS.text("en") in unescape(beside).partition("</div>")[0]
    assert "Nobody who speaks Soomaali has read these words yet." in beside
    assert "somebody who reads Soomaali has to look at it before you send it" in beside


def test_what_was_typed_stays_and_one_text_takes_the_place_of_another(lab):
    typed, _status = begun(lab, "read", words="Hej!")
    changed_mind, _status = begun(lab, "read", words=THANKS.text("so"))

    assert written(typed) == f"Hej!\n\n{READ.text('so')}"
    assert written(changed_mind) == READ.text("so")


@pytest.mark.parametrize("blank", ["[…]", "[...]", "[ … ]"])
def test_an_answer_with_something_left_to_fill_in_is_not_sent_and_nothing_typed_is_lost(lab, blank):
    teller = a_story(lab).teller
    sent = {"form_key": NEXT, "words": f"Vi tänker på det här: {blank}.", "language": "sv", "begun_with": "read"}

    page = a_client(lab, Role.MODERATOR).post(url(lab, f"answers/{teller.public_id}/"), sent)

    assert (page.status_code, Message.objects.count()) == (422, 0)
    assert "Something is still to be filled in" in page.content.decode()
    assert written(page.content.decode()) == sent["words"]
    assert "What the text says" in page.content.decode()


def test_brackets_that_say_something_are_no_place_to_fill_in():
    assert not has_blank("We meet [on Tuesday] at four.")


def test_the_lab_s_own_text_comes_in_the_tellers_language_and_as_it_was_written_where_it_lacks_it(lab):
    own = a_beginning(lab, texts={"so": "Xarunta dhallinyarada"}, text="Ungdomsgården hjälper till.")

    in_somali, _status = begun(lab, own.public_id)
    lacking, _status = begun(lab, own.public_id, language="prs")

    assert written(in_somali) == "Xarunta dhallinyarada"
    assert written(lacking) == "Ungdomsgården hjälper till."
    assert "They read Soomaali. This text is in svenska." in lacking


def test_only_where_the_host_is_no_authority_is_it_said_that_the_lab_decides_nothing_about_somebody_s_case():
    for kind, is_offered in ((Lab.HostKind.ASSOCIATION, True), (Lab.HostKind.AUTHORITY, False)):
        lab = a_lab(host_kind=kind)
        client = a_client(lab, Role.MODERATOR)

        for page in ("beginnings/", f"answers/{a_pseudonym(lab).public_id}/"):
            assert ("The lab decides nothing about permits" in client.get(url(lab, page)).content.decode()) is is_offered


def test_who_moderates_writes_a_text_of_the_lab_s_own_in_its_languages_and_offers_it_no_longer(lab):
    client = a_client(lab, Role.MODERATOR)
    said = {"title": "Vem som hjälper här", "text": "Ungdomsgården: […].", "text_so": "Xarunta: […].", "text_prs": ""}

    made = client.post(url(lab, "beginnings/new/"), {"form_key": NEXT, **said})
    row = Beginning.objects.get()

    assert (made.status_code, row.text, Wording.objects.get(subject=row.public_id).text) == (303, said["text"], said["text_so"])
    assert "Vem som hjälper här" in client.get(url(lab, "beginnings/")).content.decode()

    page = url(lab, f"beginnings/{row.public_id}/")
    assert said["text_so"] in client.get(page).content.decode()
    client.post(page, {"form_key": OTHER, **said, "text_so": "", "is_closed": "on"})

    assert not Wording.objects.filter(subject=row.public_id).exists()
    teller = a_pseudonym(lab)
    assert "Vem som hjälper här" not in client.get(url(lab, f"answers/{teller.public_id}/")).content.decode()


@pytest.mark.parametrize("role", [Role.ACTOR, Role.FACILITATOR, "public", "co_creator"])
def test_nobody_else_changes_what_answers_begin_with(lab, role):
    assert a_client(lab, role).get(url(lab, "beginnings/")).status_code == 403


def test_a_teller_and_the_lab_write_to_each_other_without_a_name_and_both_read_it_in_order(lab):
    story = a_story(lab)
    teller, staff = client_of(story.teller), a_client(lab, Role.MODERATOR)
    path = url(lab, f"answers/{story.teller.public_id}/")
    asked = {"form_key": NEXT, "words": "Vad hette brevet?", "language": "sv", "about": story.public_id}
    assert staff.post(path, asked).status_code == 303

    assert "Vad hette brevet?" in teller.get("/sv/return/mine/").content.decode()
    assert "does not wait for an answer" in staff.get(path).content.decode()
    teller.post("/sv/return/mine/write/", {"form_key": OTHER, "words": "Det stod kallelse."})

    page = staff.get(path).content.decode()
    turns = page.partition('<ol class="turns">')[2].partition("</ol>")[0]
    places = [turns.index(words) for words in ("A story in svenska", "Vad hette brevet?", "Det stod kallelse.")]
    assert places == sorted(places)
    assert "waits for an answer" in page
    assert [unseal(one).words for one in Message.objects.order_by("pk")] == ["Vad hette brevet?", "Det stod kallelse."]
    assert Message.objects.filter(from_lab=False).get().author is None
