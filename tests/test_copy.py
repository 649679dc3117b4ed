"""Who has a code can see and take along all that is kept about them: nothing is forgotten, and nobody else gets it."""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import reverse

from medskapa.ground.labs.actors import actor_of_pseudonym
from medskapa.ground.labs.copies import PARTS, copy_of, packed, read_copy
from medskapa.ground.labs.models import Pseudonym, PseudonymSession
from medskapa.ground.labs.tests.makers import a_client, a_lab, a_pseudonym, client_of
from medskapa.ground.ledger.errors import NotAllowed
from medskapa.ground.people.roles import Role
from medskapa.ground.safeguarding.models import Concern, LockedIdentity
from medskapa.stages.listening.actions import add_to_story, write_to_lab
from medskapa.stages.listening.actions.keeping import withdraw_story
from medskapa.stages.listening.models import AdultCode, StatementOrigin, Story, StoryConcern, Vote
from medskapa.stages.listening.tests.makers import a_statement, a_story, a_vote, an_answer, teller_of
from medskapa.stages.selection.models import BestInterestsVoice
from medskapa.stages.understanding.models import Evidence

pytestmark = pytest.mark.django_db
# What hangs on a teller or a story and is not in the copy, with the reason.
LEFT_OUT: dict[type[Model], str] = {
    PseudonymSession: "which browser came back; it is gone within hours",
    AdultCode: "only the hash of a code that works once",
    LockedIdentity: "behind the officer's lock; the page says whom to ask",
    Concern: "behind the officer's lock; the page says whom to ask",
    StoryConcern: "behind the officer's lock; the page says whom to ask",
    StatementOrigin: "the lab's own sentence, which quotes nobody",
    BestInterestsVoice: "the lab's own review of a child's best interests",
    Evidence: "the lab's own reading; the quote is the teller's words, which are in the copy",
}


def all_models_about_a_teller() -> set[type[Model]]:
    about = (Pseudonym, Story)
    return {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.many_to_one or field.one_to_one
        if field.concrete and field.related_model in about
    }


def test_whatever_is_kept_about_a_teller_is_in_the_copy_or_left_out_for_a_reason():
    told = {model for part in PARTS.values() for model in part.models}

    assert {model.__name__ for model in all_models_about_a_teller() - told - LEFT_OUT.keys()} == set()
    assert told & LEFT_OUT.keys() == set()


def test_the_copy_holds_the_words_the_answers_and_who_read_them():
    story = a_story(a_lab(), words="I waited two years.", released=True, title="A long wait")
    teller = story.teller
    an_answer(story, "Thank you for this.")
    add_to_story(story, words="And nobody called.", by=teller_of(story))
    write_to_lab(teller, words="Is anybody there?", language="sv", by=teller_of(story))
    a_vote(a_statement(story.lab, title="Nobody calls."), Vote.Value.AGREE, teller)

    found = {part.name: part.entries for part in read_copy(teller, by=actor_of_pseudonym(teller))}

    said = json.dumps([[str(fact.value) for fact in entry] for part in found.values() for entry in part])
    for words in (
        "I waited two years.",
        "A long wait",
        "Thank you for this.",
        "And nobody called.",
        "Is anybody there?",
        "Nobody calls.",
        "Agree",
    ):
        assert words in said
    assert {"code", "stories", "additions", "versions", "consents", "messages", "votes"} <= found.keys()


def test_what_was_taken_back_has_no_words_in_the_copy_either():
    story = a_story(a_lab(), words="Nobody may know this.", released=True)
    withdraw_story(story, by=teller_of(story))

    content = packed(copy_of(story.teller), story.teller)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert all(b"Nobody may know this." not in archive.read(name) for name in archive.namelist())


def test_the_file_is_a_page_to_read_and_the_same_for_programs():
    story = a_story(a_lab(), words="<script>alert(1)</script> I waited.")
    client = client_of(story.teller)

    answer = client.get(reverse("listening:own_copy_file"))

    assert answer["Content-Disposition"] == 'attachment; filename="copy.zip"'
    assert "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        page, kept = archive.read("read-me.html").decode(), json.loads(archive.read("everything.json"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; I waited." in page
    assert "<script" not in page
    assert kept["stories"][0]["words"] == "<script>alert(1)</script> I waited."


def test_only_the_teller_gets_it():
    story = a_story(a_lab())

    with pytest.raises(NotAllowed):
        read_copy(story.teller, by=actor_of_pseudonym(a_pseudonym(story.lab)))
    for role in (Role.MODERATOR, Role.PROCESS_LEADER, Role.SAFEGUARDING_OFFICER):
        assert a_client(story.lab, role).get(reverse("listening:own_copy")).status_code == 302


def test_the_page_asks_as_little_of_the_store_for_many_stories_as_for_one(django_assert_max_num_queries):
    lab = a_lab()
    story = a_story(lab)
    for _number in range(4):
        a_story(lab, teller=story.teller, released=True)
    client = client_of(story.teller)

    with django_assert_max_num_queries(40):
        assert client.get(reverse("listening:own_copy")).status_code == 200
