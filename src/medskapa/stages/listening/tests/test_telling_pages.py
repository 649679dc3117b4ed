"""Telling on a phone without JavaScript: nothing is kept before it is sent, and once it is sent it is there exactly once."""

import gzip
import logging
import re
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from medskapa.ground.labs.actions import new_pseudonym
from medskapa.ground.labs.models import AgeBand, Lab, Pseudonym, Wording
from medskapa.ground.labs.tests.makers import a_lab, a_participation, a_pseudonym, client_of
from medskapa.ground.ledger.actors import Actor
from medskapa.ground.ledger.models import Answer, Record
from medskapa.ground.ledger.moment import now
from medskapa.ground.ledger.sealing import unseal
from medskapa.ground.people.roles import OrganisationKind, Role
from medskapa.ground.people.tests.makers import a_unit, an_organisation
from medskapa.stages.listening.models import Reach, Story
from medskapa.stages.listening.scales import LINE, written
from medskapa.stages.listening.tests.makers import a_prompt, a_scale, a_statement
from medskapa.stages.listening.tests.telling import address, code_on, fields_of, go, send, walk_to_the_end

pytestmark = pytest.mark.django_db
CASE = "Taking part does not affect your case."


@pytest.fixture
def lab() -> Lab:
    return a_lab()


def somebody(lab: Lab) -> tuple[Pseudonym, str]:
    """Somebody of the lab, and their code."""
    return new_pseudonym(lab, language="sv", by=Actor.public(lab.public_id))


def text_of(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def told_through(lab: Lab, client: Client | None = None, language: str = "sv", **filled: object):
    client = client or Client()
    return send(client, lab, walk_to_the_end(client, lab, language=language, **filled), language=language)


def test_a_story_is_told_without_javascript_and_answered_with_a_code(lab):
    prompt = a_prompt(lab)

    page = told_through(lab, words="Fyra brev på en vecka.", wish=Reach.PUBLIC, age_band=AgeBand.FROM_16)

    story = Story.objects.get()
    assert page.status_code == 200
    assert len(code_on(page)) == 18
    assert (unseal(story).words, story.prompt, story.language) == ("Fyra brev på en vecka.", prompt, "sv")
    assert (story.consents.get().level, story.teller.age_band) == (Reach.PUBLIC, AgeBand.FROM_16)


def test_several_answers_become_one_story_in_their_order(lab):
    first, second, third = (a_prompt(lab, title=title, order=order) for order, title in enumerate(["One?", "Two?", "Three?"]))
    client = Client()
    answers = {f"a_{first.public_id}": "Först.", f"a_{second.public_id}": "", f"a_{third.public_id}": "Sist."}

    send(client, lab, walk_to_the_end(client, lab, **answers))

    assert unseal(Story.objects.get()).words == "Först.\n\nSist."
    assert Story.objects.get().prompt == first


def test_a_lab_without_questions_asks_one_open_one(lab):
    told_through(lab, words="Något hände.")

    assert (unseal(Story.objects.get()).words, Story.objects.get().prompt) == ("Något hände.", None)


def test_nothing_is_stored_before_the_last_step(lab):
    a_prompt(lab)
    client = Client()

    with CaptureQueriesContext(connection) as asked:
        page = walk_to_the_end(client, lab, words="Ännu inte skickat")

    assert "Ännu inte skickat" in page.content.decode()
    assert [query["sql"] for query in asked if not query["sql"].lstrip("(").startswith("SELECT")] == []
    assert (Story.objects.count(), Answer.objects.count(), dict(client.cookies)) == (0, 0, {})


def test_the_host_that_is_an_authority_is_named_before_anything_is_told():
    page = text_of(Client().get(address(a_lab(host_kind=Lab.HostKind.AUTHORITY), "en")))

    assert page.index("can become a public record") < page.index(CASE)


def test_what_taking_part_does_not_do_and_what_cannot_be_promised_stand_first(lab):
    a_participation(lab, Role.ACTOR, unit=a_unit(an_organisation(OrganisationKind.STATE_AGENCY)))

    page = text_of(Client().get(address(lab, "en")))

    for promise in (CASE, "People from authorities work in this lab", "What we cannot promise", "Nothing is sent before the last step"):
        assert promise in page
    assert "public record" not in page


def test_who_keeps_it_from_somebody_is_offered_no_more_than_the_lab(lab):
    client = Client()
    page = walk_to_the_end(client, lab, words="Ord", wish=Reach.PUBLIC)
    assert fields_of(page)["wish"] == ["public"]

    page = go(client, lab, page, go="to:kept")
    page = go(client, lab, page, kept_from=["region", "state"])

    assert [value for value in Reach.values if f'value="{value}"' in page.content.decode()] == ["team", "lab"]
    send(client, lab, walk_to_the_end(client, lab, words="Ord", wish=Reach.PUBLIC, kept_from=["region"]))
    story = Story.objects.get()
    assert (story.consents.get().level, story.kept_from) == (Reach.LAB, ["municipality_and_region", "region"])


def test_who_chooses_nothing_lets_only_the_team_read(lab):
    told_through(lab, words="Ord")

    assert Story.objects.get().consents.get().level == Reach.TEAM


def test_one_can_go_back_skip_and_change(lab):
    first, second = a_prompt(lab, title="One?", order=1), a_prompt(lab, title="Two?", order=2)
    client = Client()
    page = go(client, lab, client.get(address(lab)))
    page = go(client, lab, page, **{f"a_{first.public_id}": "Ett"})
    page = go(client, lab, page, go="back", **{f"a_{second.public_id}": "Två"})

    assert fields_of(page)["step"] == [f"a_{first.public_id}"]
    assert fields_of(page)[f"a_{second.public_id}"] == ["Två"]
    page = go(client, lab, page, go="skip")
    assert fields_of(page)[f"a_{first.public_id}"] == [""]


def test_a_text_that_is_too_long_is_told_and_kept(lab):
    prompt = a_prompt(lab)
    client = Client()
    page = go(client, lab, client.get(address(lab)))

    page = go(client, lab, page, **{f"a_{prompt.public_id}": "å" * 200_000})

    assert page.status_code == 422
    assert len(fields_of(page)[f"a_{prompt.public_id}"][0]) == 200_000


def test_answers_that_are_too_long_together_are_told_and_kept(lab):
    one, two = a_prompt(lab, order=1), a_prompt(lab, order=2)
    client = Client()
    page = walk_to_the_end(client, lab, **{f"a_{one.public_id}": "a" * 15_000, f"a_{two.public_id}": "b" * 15_000})

    page = send(client, lab, page)

    assert (page.status_code, Story.objects.count()) == (422, 0)
    assert len(fields_of(page)[f"a_{two.public_id}"][0]) == 15_000


def test_an_empty_telling_is_not_sent(lab):
    client = Client()

    page = send(client, lab, walk_to_the_end(client, lab))

    assert (page.status_code, Story.objects.count()) == (422, 0)


def test_twenty_equal_sends_are_one_story_with_one_code(lab):
    client = Client()
    page = walk_to_the_end(client, lab, words="Bara en gång")

    codes = {code_on(send(client, lab, page)) for _send in range(20)}

    assert (len(codes), Story.objects.count(), Pseudonym.objects.count()) == (1, 1, 1)


def test_a_changed_text_under_an_old_key_is_told_and_the_first_is_kept(lab):
    client = Client()
    page = walk_to_the_end(client, lab, words="Det första")
    send(client, lab, page)

    again = client.post(address(lab, end="send/"), fields_of(page) | {"a_own": "Det andra"})

    assert again.status_code == 409
    assert [one.words for one in unseal(Story.objects.all())] == ["Det första"]


def test_a_fault_on_the_way_stores_nothing_and_gives_the_words_back(lab):
    client = Client(raise_request_exception=False)
    page = walk_to_the_end(client, lab, words="Skickas igen")

    with patch("medskapa.stages.listening.actions.telling.Consent.objects.create", side_effect=OSError("disk full")):
        answer = send(client, lab, page)
    assert (answer.status_code, Story.objects.count(), Pseudonym.objects.count()) == (500, 0, 0)
    assert "Skickas igen" in answer.content.decode()

    assert send(client, lab, page).status_code == 200


def test_whatever_is_refused_on_the_way_can_be_left_at_once(lab):
    client, here, nothing = Client(raise_request_exception=False), f"/sv/labs/{lab.slug}", "AAAAAAAAAAAA"
    page = walk_to_the_end(client, lab, words="Skickas igen")
    missing = [f"{here}/tell/x/", "/sv/labs/nowhere/tell/", f"{here}/conversations/{nothing}/answer/", "/sv/return/x/"]

    with patch("medskapa.stages.listening.actions.telling.Consent.objects.create", side_effect=OSError("disk full")):
        answers = [send(client, lab, page), *map(client.get, missing)]

    assert [answer.status_code for answer in answers] == [500, 404, 404, 404, 404]
    assert [answer.content.count(b"data-exit") for answer in answers] == [1] * 5
    assert all(b"/help/" in answer.content for answer in answers)


def test_the_code_stands_in_the_answer_and_nowhere_else(lab, caplog):
    caplog.set_level(logging.DEBUG)

    page = told_through(lab, words="Ord")

    code = code_on(page)
    spelled = {code, " ".join(re.findall(r"\d{3}", code))}
    title = re.search(r"<title>(.*?)</title>", page.content.decode())
    assert title is not None
    assert not any(form in place for form in spelled for place in (title[1], caplog.text, str(page.headers), str(page.cookies)))
    assert not re.search(r'(href|action|content|d)="[^"]*' + code, page.content.decode())
    assert "no-store" in page.headers["Cache-Control"]
    assert "Set-Cookie" not in page.headers


def test_code_and_words_lie_in_no_row_that_can_be_read(lab):
    code = code_on(told_through(lab, words="Fyra brev på en vecka"))

    with connection.cursor() as cursor:
        dump = "\n".join(repr(cursor.execute(f'SELECT * FROM "{table}"').fetchall()) for table in connection.introspection.table_names())

    assert "scrypt" not in dump
    assert code not in dump
    assert "Fyra brev" not in dump


def test_the_square_on_the_tag_opens_the_return_page_and_holds_no_code(lab):
    with patch("medskapa.stages.listening.views.telling.square_of") as square_of:
        told_through(lab, words="Ord")

    assert [call.args for call in square_of.call_args_list] == [("http://testserver/sv/return/",)]


def test_who_came_back_with_a_code_tells_under_the_same_pseudonym(lab):
    teller = a_pseudonym(lab)

    answer = told_through(lab, client_of(teller), words="Mera")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/sv/return/mine/")
    assert (Story.objects.get().teller, Pseudonym.objects.count()) == (teller, 1)


def test_what_was_begun_with_a_code_never_goes_out_as_somebody_else_and_goes_on_with_the_code(lab):
    teller, code = somebody(lab)
    page = walk_to_the_end(client_of(teller), lab, words="Jag är tolv")
    for phone in (Client(), client_of(a_pseudonym(lab))):
        asked = send(phone, lab, page)
        assert asked.status_code == 403
        assert "Jag är tolv" in asked.content.decode()
    other = phone.post(address(lab, end="send/"), fields_of(asked) | {"code": somebody(lab)[1]})
    assert (other.status_code, Story.objects.count()) == (403, 0)

    told = phone.post(address(lab, end="send/"), fields_of(other) | {"code": code})

    assert (told.status_code, told.headers["Location"]) == (303, "/sv/return/mine/")
    assert Story.objects.get().teller == teller
    assert phone.get(told.headers["Location"]).status_code == 200


def test_a_story_that_waits_on_the_phone_is_not_sent_again_in_parts_but_by_the_telling_page(lab):
    teller, code = somebody(lab)
    sent, phone = fields_of(walk_to_the_end(client_of(teller), lab, words="Med röst")), Client(headers={"sec-fetch-mode": "cors"})

    asked = phone.post(address(lab, end="send/"), sent)
    onward = phone.post(address(lab, end="send/"), fields_of(asked) | {"code": code})

    assert "Med röst" not in asked.content.decode()
    assert (onward.status_code, onward.headers["Location"]) == (302, address(lab))
    assert phone.post(address(lab, end="send/"), sent).status_code == 303
    assert Story.objects.get().teller == teller


def test_what_was_begun_without_a_code_gets_a_code_of_its_own_whoever_came_back_meanwhile(lab):
    page = walk_to_the_end(Client(), lab, words="Ord", age_band=AgeBand.FROM_13)
    other = a_pseudonym(lab)

    told = send(client_of(other), lab, page)

    assert len(code_on(told)) == 18
    assert Story.objects.get().teller != other
    assert Story.objects.get().teller.age_band == AgeBand.FROM_13


def test_what_was_answered_before_a_question_was_closed_is_sent(lab):
    words, mark = a_prompt(lab), a_scale(lab)
    page = walk_to_the_end(Client(), lab, words="Innan", **{f"m_{mark.public_id}": written(LINE[2])})
    for row in (words, mark):
        type(row).objects.update(closed_at=now())

    send(Client(), lab, page)

    story = Story.objects.get()
    assert (unseal(story).words, story.prompt, story.marks.get().scale) == ("Innan", words, mark)
    assert not [name for name in fields_of(walk_to_the_end(Client(), lab)) if name.startswith("m_")]


def test_what_was_told_before_the_first_question_was_set_is_sent(lab):
    page = walk_to_the_end(Client(), lab, words="Innan")
    a_prompt(lab)

    send(Client(), lab, page)

    assert unseal(Story.objects.get()).words == "Innan"


def test_a_code_of_another_lab_is_another_person_here(lab):
    told_through(lab, client_of(a_pseudonym(a_lab())), words="Ord")

    assert Story.objects.get().teller.lab == lab


def test_a_person_with_an_account_tells_as_anybody(lab):
    told_through(lab, client_of(a_participation(lab, Role.MODERATOR)), words="Ord")

    assert Record.objects.get(verb="story.tell").actor == f"pseudonym:{Story.objects.get().teller.public_id}"


def test_a_form_from_another_site_is_refused(lab):
    client = Client(enforce_csrf_checks=True)
    page = walk_to_the_end(Client(), lab, words="Ord")

    foreign = client.post(address(lab, end="send/"), fields_of(page), headers={"origin": "https://elsewhere.example"})
    own = client.post(address(lab, end="send/"), fields_of(page), headers={"origin": "http://testserver"})

    assert (foreign.status_code, own.status_code) == (403, 200)


def test_a_lab_that_is_closed_says_so(lab):
    Lab.objects.update(state=Lab.State.CLOSED)

    assert Client().get(address(lab)).status_code == 403


def test_ninety_people_behind_one_address_are_not_refused(lab):
    answers = {told_through(lab, words=f"Nummer {number}").status_code for number in range(12)}

    with patch("medskapa.stages.listening.views.telling.PER_HOUR", 12):
        too_many = told_through(lab, words="Ord").status_code
    assert (answers, too_many) == ({200}, 429)


@pytest.mark.parametrize("language", ["prs", "ar"])
def test_a_story_told_right_to_left_keeps_its_language_and_direction(lab, language):
    client = Client()
    page = client.get(address(lab, language))
    assert f'lang="{language}" dir="rtl"' in page.content.decode()

    told_through(lab, client, language=language, words="چهار نامه")

    assert Story.objects.get().language == language


def test_a_question_comes_in_the_tellers_language_where_it_is_worded(lab):
    prompt = a_prompt(lab, title="Vad hände?")
    Wording.objects.create(lab=lab, subject=prompt.public_id, field="title", language="ar", text="ماذا حدث؟")
    client = Client()

    page = go(client, lab, client.get(address(lab, "ar")), language="ar")

    assert "ماذا حدث؟" in page.content.decode()


def test_hostile_words_stay_words(lab):
    prompt = a_prompt(lab)
    client = Client()
    page = go(client, lab, client.get(address(lab)))

    page = go(client, lab, page, **{f"a_{prompt.public_id}": "</textarea><script>alert(1)</script>\u202eabc"})

    assert "<script>alert" not in page.content.decode()


def test_the_first_page_of_telling_is_light(lab, client):
    page = client.get(address(lab, "prs"))
    html = page.content.decode()
    links = re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
    parts = [page.content] + [b"".join(client.get(link).streaming_content) for link in links]  # type: ignore[attr-defined]

    assert len(parts) <= 6
    assert sum(len(gzip.compress(part)) for part in parts) <= 50_000
    assert sum("htmx" in link for link in links) == 0


def test_who_reads_a_translation_that_no_speaker_has_read_can_ask_for_an_interpreter_and_staff_see_it():
    lab = a_lab(languages=["sv", "so"])
    told_through(lab, language="so", words="Afar warqadood.", wants_interpreter="on")

    story = Story.objects.get()
    assert (story.language, story.wants_interpreter) == ("so", True)
    for role, page in (
        (Role.INTERPRETER, "translations"),
        (Role.MODERATOR, f"moderation/{story.public_id}"),
        (Role.PROCESS_LEADER, "answers"),
    ):
        assert "wants an interpreter" in client_of(a_participation(lab, role)).get(f"/en/labs/{lab.slug}/{page}/").content.decode()


def test_nobody_is_asked_about_an_interpreter_in_a_language_that_is_certain(lab):
    assert 'name="wants_interpreter"' in Client().get(address(lab, "prs")).content.decode()
    assert "wants_interpreter" not in Client().get(address(lab, "sv")).content.decode()


def test_what_was_begun_in_a_language_that_the_lab_has_switched_off_since_goes_on_and_is_kept_as_what_it_is():
    lab, client = a_lab(languages=["sv", "so"]), Client()
    begun = client.get(address(lab, "so"))
    Lab.objects.update(languages=["sv"])

    page = go(client, lab, begun, language="so")
    while "tell/send/" not in page.content.decode():
        step = fields_of(page)["step"][0]
        page = go(client, lab, page, language="so", **({step: "Afar warqadood."} if step.startswith("a_") else {}))
    send(client, lab, page, language="so")

    story = Story.objects.get()
    assert (unseal(story).words, story.language) == ("Afar warqadood.", "so")


def test_who_joined_a_day_or_answers_in_a_language_that_is_off_finds_the_page_in_one_that_is_on():
    lab = a_lab(languages=["sv", "en"])
    page = f"labs/{lab.slug}/conversations/{'a' * 12}"

    for end in ("answer", "suggest"):
        assert Client().get(f"/ckb/{page}/{end}/?x=1").headers["Location"] == f"/sv/{page}/{end}/?x=1&asked=ckb"


def test_who_answers_in_a_language_that_is_switched_off_reads_the_next_statement_in_it_too():
    lab = a_lab(languages=["sv", "ckb"])
    statement, person = a_statement(lab), client_of(a_pseudonym(lab, language="ckb"))
    a_statement(lab, conversation=statement.conversation)
    page = f"/ckb/labs/{lab.slug}/conversations/{statement.conversation.public_id}/answer/"
    Lab.objects.update(languages=["sv"])

    answer = person.post(page, {"statement": statement.public_id, "value": "1", "form_key": "key-of-a-form-0123456789"})

    assert answer.headers["Location"] == page
    assert person.get(page).status_code == 200
