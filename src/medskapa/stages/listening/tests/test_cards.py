"""Cards of paper: printed with codes, written on by hand, typed in beside their photo, and found again with the stub."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from medskapa.ground.labs.copies import copy_of
from medskapa.ground.labs.models import Lab, Pseudonym
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_participation, client_of
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.chain import first_readings, name_of
from medskapa.ground.ledger.models import DataKey
from medskapa.ground.ledger.moment import at, now
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.models import Concern
from medskapa.ground.safeguarding.retention import let_go_of
from medskapa.stages.listening.actions import withdraw_story
from medskapa.stages.listening.circles import kinds_of
from medskapa.stages.listening.errors import FurtherThanAgreed
from medskapa.stages.listening.models import Card, DeskRules, Reach, Story, Writer
from medskapa.stages.listening.tests.makers import a_card, a_drawing, a_prompt, let_go, teller_of
from medskapa.stages.listening.visibility import agreed_level

pytestmark = pytest.mark.django_db

KEY = "a-key-of-a-form-that-is-long-enough"


@pytest.fixture
def lab() -> Lab:
    return a_lab(language="en", languages=["en", "ar", "sv"])


@pytest.fixture
def leader(lab) -> Client:
    return client_of(a_participation(lab, Role.PROCESS_LEADER))


def text_of(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def address(lab: Lab, name: str, **which: str) -> str:
    return reverse(f"listening:{name}", kwargs={"lab": lab.slug, **which})


def printed(leader: Client, lab: Lab, count: int = 2, language: str = "en", key: str = KEY):
    return leader.post(address(lab, "new_cards"), {"language": language, "count": count, "form_key": key})


def codes_on(page) -> list[str]:
    return ["".join(re.findall(r"\d", text)) for text in re.findall(r'class="digits".*?</p>', page.content.decode(), re.S)]


def brought(leader: Client, lab: Lab, number: str, content: bytes | None = None, key: str = KEY + "-2"):
    sent = {"number": number, "form_key": key}
    photo = {"photo": SimpleUploadedFile("card.jpg", content, "image/jpeg")} if content is not None else {}
    return leader.post(address(lab, "open_card"), sent | photo)


def typed(leader: Client, card: Card, key: str = KEY + "-3", **said):
    filled = {"words": "I waited two years.", "language": "en", "wish": Reach.TEAM, "form_key": key}
    return leader.post(card.get_absolute_url(), filled | said)


def back_with(code: str) -> Client:
    client = Client()
    client.post("/en/return/", {"code": code})
    return client


def test_a_sheet_has_a_number_and_a_code_of_its_own_on_each_card_and_the_store_has_only_hashes(lab, leader):
    page = printed(leader, lab, count=3)

    codes = codes_on(page)
    assert len({*codes}) == 3
    assert {len(code) for code in codes} == {18}
    assert [str(card) for card in Card.objects.order_by("number")] == ["K-0001", "K-0002", "K-0003"]
    assert not any(code in str(value) for code in codes for card in Card.objects.values() for value in card.values())


def test_a_sheet_is_kept_by_no_browser_and_comes_again_only_as_the_same(lab, leader):
    first, again = printed(leader, lab), printed(leader, lab)

    assert "no-store" in first.headers["Cache-Control"]
    assert codes_on(first) == codes_on(again)
    assert Card.objects.count() == 2


def test_a_card_asks_the_questions_of_the_lab_and_speaks_its_language(lab, leader):
    a_prompt(lab, title="What happened?")

    english, arabic = printed(leader, lab, count=1), printed(leader, lab, count=1, language="ar", key=KEY + "-ar")

    assert "What happened?" in text_of(english)
    assert "Taking part does not affect your case." in text_of(english)
    assert "Only the people who work in the lab" in text_of(english)
    assert '<section class="papers" lang="ar" dir="rtl">' in arabic.content.decode()
    assert "Taking part does not affect your case." not in text_of(arabic)


def test_more_than_thirty_cards_at_once_are_refused_in_one_line(lab, leader):
    page = printed(leader, lab, count=31)

    assert page.status_code == 422
    assert "Print between 1 and 30 cards at a time." in text_of(page)
    assert not Card.objects.exists()


def test_a_card_that_nobody_typed_in_is_nobody(lab, leader):
    printed(leader, lab)

    assert not Pseudonym.objects.exists()


def test_who_comes_back_too_early_hears_that_the_card_is_not_typed_in_yet(lab, leader):
    code = codes_on(printed(leader, lab))[0]

    page = Client().post("/en/return/", {"code": code})

    assert page.status_code == 422
    assert "The lab has not typed in your card yet." in text_of(page)


def test_a_card_is_typed_in_and_whoever_wrote_it_finds_it_with_the_code_of_the_stub(lab, leader):
    code = codes_on(printed(leader, lab))[1]
    page = brought(leader, lab, "k-2", a_drawing())
    card = Card.objects.get(number=2)
    assert page.headers["Location"] == card.get_absolute_url()

    saved = typed(leader, card, wish=Reach.LAB, kept_from=["company"], age_band="16_17")

    story = Story.objects.get()
    assert saved.status_code == 303
    assert (story.writer, story.is_to_be_read_back, agreed_level(story)) == (Writer.CARD, True, Reach.LAB)
    assert frozenset(story.kept_from) == kinds_of(["company"])
    assert (story.teller.age_band, story.teller.card.number) == ("16_17", 2)
    own = text_of(back_with(code).get(f"/en/return/mine/{story.public_id}/"))
    assert "I waited two years." in own
    assert "Somebody in the lab, from a paper card" in own


def test_what_was_typed_in_stays_with_the_team_until_its_teller_says_that_it_is_what_they_mean(lab, leader):
    code = codes_on(printed(leader, lab))[0]
    typed(leader, Card.objects.get(number=1), wish=Reach.LAB)
    story = Story.objects.get()
    with pytest.raises(FurtherThanAgreed):
        let_go(story, reach=Reach.LAB)

    back_with(code).post(f"/en/return/mine/{story.public_id}/read-back/", {"form_key": KEY + "-4"})

    story.refresh_from_db()
    assert let_go(story, reach=Reach.LAB).reach == Reach.LAB


def test_nothing_ticked_means_only_the_people_who_work_in_the_lab(lab, leader):
    typed(leader, a_card(lab), wish="")

    assert agreed_level(Story.objects.get()) == Reach.TEAM


def test_the_photo_is_there_to_type_from_each_opening_leaves_a_line_and_it_goes_when_the_card_is_saved(lab, leader):
    card = a_card(lab)
    brought(leader, lab, str(card), a_drawing())
    card.refresh_from_db()
    key = card.photo_key

    shown = leader.get(address(lab, "card_photo", card=card.public_id))

    assert shown.content[:2] == b"\xff\xd8"
    assert a_drawing() not in bytes(card.photo)
    assert first_readings([card])[name_of(card)]
    typed(leader, card)
    card.refresh_from_db()
    assert (card.photo, card.photo_key) == (None, None)
    assert DataKey.objects.get(pk=key.pk).destroyed_at is not None
    assert leader.get(address(lab, "card_photo", card=card.public_id)).status_code == 404


def test_a_second_photo_takes_the_place_of_the_first(lab, leader):
    card = a_card(lab)
    brought(leader, lab, str(card), a_drawing())
    brought(leader, lab, str(card), a_drawing((0, 0, 40, 40)), key=KEY + "-5")

    assert DataKey.objects.filter(destroyed_at__isnull=True, pk=Card.objects.get().photo_key_id).count() == 1
    assert DataKey.objects.filter(destroyed_at__isnull=False).count() == 1
    assert leader.get(address(lab, "card_photo", card=card.public_id)).status_code == 200


@pytest.mark.parametrize("number", ["K-9999", "9999", "seven", ""])
def test_a_number_that_the_lab_has_not_printed_is_told_in_one_line(lab, leader, number):
    a_card(lab)
    a_card(a_lab())

    page = brought(leader, lab, number)

    assert page.status_code == 422
    assert ("This lab has no card with that number." in text_of(page)) == bool(number)


def test_a_number_can_be_typed_in_any_digits(lab, leader):
    card = a_card(lab)

    assert brought(leader, lab, "K-٠٠٠١").headers["Location"] == card.get_absolute_url()


def test_a_file_that_is_no_picture_is_refused_and_the_number_stays(lab, leader):
    card = a_card(lab)

    page = brought(leader, lab, str(card), b"no picture")

    assert page.status_code == 422
    assert "is not a picture that we can read" in text_of(page)
    assert f'value="{card}"' in page.content.decode()
    assert Card.objects.get().photo is None


def test_a_card_is_typed_in_once_and_what_somebody_typed_the_second_time_is_not_lost(lab, leader):
    card = a_card(lab)
    typed(leader, card)
    repeated = typed(leader, card)

    second = typed(leader, card, key=KEY + "-6", words="Once more.")

    assert repeated.status_code == 303
    assert Story.objects.count() == 1
    assert second.status_code == 422
    assert "This card is typed in already." in text_of(second)
    assert "Once more." in second.content.decode()
    assert "This card is typed in already." in text_of(brought(leader, lab, str(card)))


def test_without_words_nothing_is_saved(lab, leader):
    card = a_card(lab)

    page = typed(leader, card, words=" ", wish=Reach.LAB)

    card.refresh_from_db()
    assert page.status_code == 422
    assert card.is_waiting
    assert not Story.objects.exists()


def test_a_child_for_whom_an_adult_has_to_agree_waits_for_them_also_on_paper(lab, leader):
    DeskRules.objects.create(lab=lab, adult_below=15)

    page = leader.get(typed(leader, a_card(lab), age_band="under_13").headers["Location"])

    assert Story.objects.get().waits_since is not None
    assert "An adult has to agree" in text_of(page)


def test_words_that_worry_raise_a_concern_as_soon_as_they_are_typed_in(lab, leader):
    typed(leader, a_card(lab), words="I want to die.")

    assert Concern.objects.exists()


def test_the_team_sees_from_which_card_a_story_is_and_to_destroy_it_when_it_is_taken_back(lab, leader):
    card = a_card(lab)
    typed(leader, card)
    story = Story.objects.get()
    moderator = a_client(lab, Role.MODERATOR)
    assert "K-0001" in text_of(moderator.get(address(lab, "desk_story", story=story.public_id)))

    other = a_card(lab)
    assert "destroy the paper" not in text_of(leader.get(address(lab, "cards")))

    withdraw_story(story, by=teller_of(story))

    assert text_of(leader.get(address(lab, "cards"))).count("destroy the paper") == 1
    assert other.is_waiting
    assert unseal(story).words is None


def test_a_card_that_did_not_come_back_for_half_a_year_is_forgotten_and_its_number_is_never_given_again(lab, leader):
    card = a_card(lab)
    brought(leader, lab, str(card), a_drawing())

    with at(now() + timedelta(days=179)):
        assert let_go_of(lab, by=Actor.system("retention", lab.public_id))["cards"] == 0
    with at(now() + timedelta(days=181)):
        assert let_go_of(lab, by=Actor.system("retention", lab.public_id))["cards"] == 1

    card.refresh_from_db()
    assert (card.code_hash, card.photo, card.is_waiting) == (None, None, False)
    assert str(a_card(lab)) == "K-0002"
    assert "This card came back too late" in text_of(brought(leader, lab, str(card), key=KEY + "-7"))


def test_the_copy_of_a_teller_says_on_which_card_they_wrote(lab, leader):
    typed(leader, a_card(lab))

    found = {part.name: part.entries for part in copy_of(Story.objects.get().teller)}

    assert [fact.value for fact in found["stories"][0] if fact.key == "card"] == ["K-0001"]


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.INTERPRETER, Role.COACH, Role.ACTOR])
def test_others_neither_print_cards_nor_see_what_is_on_one(lab, leader, role):
    card = a_card(lab)
    brought(leader, lab, str(card), a_drawing())
    other = a_client(lab, role)

    pages = [address(lab, "cards"), address(lab, "new_cards"), card.get_absolute_url(), address(lab, "card_photo", card=card.public_id)]

    assert {other.get(page).status_code for page in pages} == {403}
    assert {leader.get(page).status_code for page in pages} == {200}
