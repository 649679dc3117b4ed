"""Nothing that somebody writes becomes part of a page's markup, its scripts or its queries, and nothing turns the words around it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from medskapa.ground.web.forms import Form
from medskapa.outlook.newsroom.markdown import rendered
from tests.crawling import Tree
from tests.filling import filled, forms_of, send
from tests.hostile import BEGIN, END, HOSTILE, SIGN, SIGNS, THAT_A_BROWSER_WOULD_OBEY, Reading
from tests.hostile_lab import a_hostile_lab, written_fields
from tests.leaky_lab import everybody
from tests.pages import pages

SOURCES = Path(__file__).resolve().parent.parent / "src" / "medskapa"
IN_TEMPLATES = re.compile(
    r"\|\s*(?:safe|safeseq)\b|autoescape off|filter (?:safe|force_escape)|{% debug|<script>|<style|\son[a-z]+=[\"']|javascript:"
)
IN_CODE = re.compile(
    r"mark_safe|Safe(?:String|Text|Data)|__html__|format_html(?:_join)?\(\s*(?:rf?|fr?)?f[\"']|allow_tags|is_safe"
    r"|\.raw\(|\.extra\(|RawSQL|RunSQL|\.execute(?:many|script)?\(|\beval\(|\bexec\(|pickle\.|shell=True|from_string\(|\bTemplate\("
)
IN_SCRIPTS = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")
LISTED = {
    "ground/labs/templates/labs/letters/invitation.txt": "a letter in plain text, where nothing is markup",
    "ground/labs/templates/labs/letters/heads.txt": "a letter in plain text, where nothing is markup",
    "ground/safeguarding/templates/safeguarding/letters/alarm.txt": "a letter in plain text, where nothing is markup",
    "ground/safeguarding/templates/safeguarding/letters/rehearsal.txt": "a letter in plain text, where nothing is markup",
    "stages/listening/templates/listening/letters/statements.txt": "a letter in plain text, where nothing is markup",
    "ground/people/templates/account/email/login_code_message.txt": "a letter in plain text, where nothing is markup",
    "ground/people/templates/mfa/recovery_codes/download.txt": "a file in plain text, where nothing is markup",
    "outlook/newsroom/markdown.py": "what nh3 has cleaned",
    "ground/ledger/db/sqlite3/base.py": "the database backend itself, which passes on what Django asks",
    "ground/ledger/db/snapshot.py": "one moment of the database for a copy, without anybody's words",
    "ground/ledger/rows.py": "the counters of new rows, as Django writes them for each database",
    "ground/ledger/db/once.py": "PRAGMA with a word of ours, without anybody's words",
    "ground/ledger/forgetting.py": "PRAGMA and VACUUM, without anybody's words",
    "ground/web/live.py": "a counter that is raised in one statement; the topic is a parameter",
    "ground/web/sources.py": "listening to the database outside Django; topics are parameters",
}
SENTENCES = {  # pages on which the code puts a whole sentence together; it stands alone in its element
    *("labs:desk", "labs:edit_gathering", "labs:edit_participation", "labs:end_role", "labs:give_role", "labs:take_back_invitation"),
    *("people:edit_organisation", "people:edit_unit", "people:new_unit", "people:rename_organisation", "cocreation:note_trial"),
}
UNIT = "…, …"  # a unit and its organisation
PLACES = ("<p>{}</p>", '<p><a title="{}">x</a></p>', "<p><a title='{}'>x</a></p>", "<p><a title={}>x</a></p>", '<p><a href="{}">x</a></p>')
# There is none before somebody is asked, or before a text that others read is changed.
NEVER_SHOWN = {"safeguarding.IdentityOpening.reason", "listening.Story.title_before"}
REFUSED = {400, 403, 404, 409, 410, 422, 429}
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_no_source_trusts_words_or_asks_the_database_by_hand_outside_the_listed_files():
    kinds = ((IN_TEMPLATES, "*.html"), (IN_TEMPLATES, "*.txt"), (IN_CODE, "*.py"), (IN_SCRIPTS, "*.js"))
    found = {
        str(path.relative_to(SOURCES))
        for pattern, names in kinds
        for path in SOURCES.rglob(names)
        if not {"tests", "migrations"} & set(path.parts) and not path.name.endswith(".min.js")
        if pattern.search(path.read_text(encoding="utf-8"))
    }

    assert found == set(LISTED)


def test_every_hostile_text_would_be_noticed_if_a_page_let_it_through():
    assert len(HOSTILE) >= 200

    unseen = [text for text in HOSTILE[:THAT_A_BROWSER_WOULD_OBEY] if not any(Reading(place.format(text)).obeyed for place in PLACES)]

    assert unseen == []
    assert Reading("<p>49 zq1x</p>").obeyed == ["a template"]
    assert Reading(f"<p>{BEGIN}zq1x{END}, since May</p>").shared == ["…, since May"]
    assert Reading(f"<p><bdi>{BEGIN}zq1x{END}</bdi>, since <b>{BEGIN}zq2x{END}</b></p>").shared == []


def test_no_page_obeys_what_somebody_wrote_nor_lets_it_turn_other_words():
    made = a_hostile_lab()
    browsers = everybody(made.here.lab, made.here.owners)
    assert {f"{model._meta.label}.{one.name}" for model, one in written_fields()} - set(made.met) == NEVER_SHOWN
    assert min(Counter(number for met in made.met.values() for number in met).values()) >= 3

    views, shown, faults = set(), set(), []
    for page in pages(made.here, browsers, "sv"):
        views.add(page.view)
        if not (signs := SIGN.findall(page.html)):
            continue
        reading = Reading(page.html)
        shown |= {int(sign) for sign in signs}
        faults += [f"{page.address} for {page.who} obeys {what}" for what in reading.obeyed]
        faults += [f"{page.address}: {line}" for line in reading.shared if line != UNIT and page.view not in SENTENCES]

    assert faults == []
    assert len(views) > 200
    assert [text for number, text in enumerate(HOSTILE) if number not in shown] == []


def test_no_answer_to_a_form_obeys_what_was_typed_into_it():
    faults, forms_sent = [], 0
    for sent, answer in _answers(_hostile_words):
        forms_sent += 1
        if answer.status_code not in {200, *REFUSED}:
            faults.append(f"{sent}: {answer.status_code}")
        if not answer.streaming:
            faults += [f"{sent} obeys {what}" for what in Reading(answer.content.decode(errors="replace")).obeyed]

    assert forms_sent > 80
    assert faults == []


def test_a_sign_that_the_store_cannot_hold_is_refused_with_a_page():
    faults, forms_sent = [], 0
    for sent, answer in _answers(lambda: "a\x00b"):
        forms_sent += 1
        if answer.status_code not in {200, *REFUSED}:
            faults.append(f"{sent}: {answer.status_code}")

    assert forms_sent > 80
    assert faults == []


def test_no_field_for_a_web_address_takes_one_that_runs_something():
    fields = [one for model in apps.get_models() for one in model._meta.concrete_fields if isinstance(one, models.URLField)]
    assert len(fields) >= 2

    taken = [(one.name, text) for one in fields for text in HOSTILE if _takes(one, text)]

    assert taken == []


def test_markdown_gives_nothing_that_a_browser_obeys():
    assert rendered("*There* is a [letter](https://example.org/)").startswith("<p><em>There</em>")

    assert [text for text in HOSTILE if Reading(rendered(text)).obeyed] == []


@pytest.mark.parametrize("sign", SIGNS[:10])
def test_a_name_is_kept_without_signs_that_turn_the_words_around_it(sign):
    class NameForm(Form):
        name = forms.CharField()

    form = NameForm({"name": sign.replace("zq", "Amal")})

    assert form.is_valid()
    assert form.cleaned_data["name"].replace("</bdi>", "").replace("\u05d6", "") == "Amal"


def test_a_name_keeps_the_signs_that_its_script_is_written_with():
    class NameForm(Form):
        name = forms.CharField()

    form = NameForm({"name": "می‌خواهم"})

    assert form.is_valid()
    assert form.cleaned_data["name"] == "می\u200cخواهم"


def _takes(one: Any, text: str) -> bool:
    try:
        one.run_validators(text)
    except ValidationError:
        return False
    return True


_turn = count()


def _hostile_words() -> str:
    first = next(_turn) * 3 % len(HOSTILE)
    return " ".join(HOSTILE[first : first + 3])


def _answers(words: Callable[[], str]) -> Iterator[tuple[str, Any]]:
    """What comes of every form on every page that asks for words, filled by somebody who may."""
    here = a_hostile_lab().here
    browsers = everybody(here.lab, here.owners)
    for page in pages(here, browsers, of_each=1):
        tree = Tree(page.html)
        for form in forms_of(tree):
            fields, has_words = filled(form, tree, words)
            if has_words:
                address = form.attrs.get("action") or page.address
                yield f"{page.who} at {page.address}", send(browsers[page.who], address, fields)
