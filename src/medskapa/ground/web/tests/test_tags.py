from dataclasses import dataclass, field

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.template import Context, Template
from django.utils import translation

from medskapa.ground.web import guard
from medskapa.ground.web.pages import paged, see_other
from medskapa.ground.web.tests.reading import text_of


@dataclass
class Wording:
    text: str
    language: str


@dataclass
class Row:
    title: str = "Brevkiosken & co"
    language: str = "sv"
    wordings: dict[str, Wording] = field(default_factory=dict)
    bears_demo_mark: bool = False

    def get_absolute_url(self) -> str:
        return "/sv/labs/a/ideas/b/"


def written(text: str, **context: object) -> str:
    return Template("{% load medskapa %}" + text).render(Context(context))


def test_a_text_in_the_language_of_the_page_stands_as_it_is():
    with translation.override("sv"):
        assert written('{% said row "title" %}', row=Row()) == "Brevkiosken &amp; co"


def test_a_long_text_stands_in_paragraphs_and_brings_no_markup_of_its_own():
    long = written('{% load texts %}{% text row "title" %}', row=Row("one <b>\n\ntwo", "en"))

    assert long == '<div class="text stack"><p>one &lt;b&gt;</p>\n\n<p>two</p></div>'


def test_a_text_in_another_language_stands_apart_with_its_direction():
    with translation.override("ar"):
        assert written('{% said row "title" %}', row=Row()) == '<bdi lang="sv" dir="ltr">Brevkiosken &amp; co</bdi>'


def test_a_wording_is_taken_before_the_original():
    row = Row(wordings={"title": Wording("كشك الرسائل", "ar")})

    with translation.override("ar"):
        assert written('{% said row "title" %}', row=row) == "كشك الرسائل"
    with translation.override("en-x-so"):
        assert written('{{ row|plainly:"title" }}', row=row) == "كشك الرسائل"


def test_a_link_leads_to_the_page_of_its_row_and_brings_no_markup_from_it():
    assert written("{% link row %}<b>{{ row.title }}</b>{% endlink %}", row=Row()) == (
        '<a href="/sv/labs/a/ideas/b/"><b>Brevkiosken &amp; co</b></a>'
    )


def test_a_link_to_something_invented_says_so_in_the_language_of_the_page():
    invented = '{% link row kind="btn two" to="/else/" %}Open{% endlink %}'

    with translation.override("sv"):
        drawn = written(invented, row=Row(bears_demo_mark=True))

    assert drawn.startswith('<a class="btn two" href="/else/">Open<span class="sign demo"')
    assert text_of(drawn) == "Open * Påhittat för exemplet"
    assert "demo" not in written(invented, row=Row())


def test_what_is_invented_says_so_where_there_is_nothing_to_open():
    assert text_of(written('{% link to="" demo=True %}A few{% endlink %}')) == "A few * Invented for the demo"
    assert "<a" not in written('{% link to="" demo=True %}A few{% endlink %}')


def test_each_form_has_a_key_of_its_own():
    one, other = written("{% form_key %}"), written("{% form_key %}")

    assert one.startswith('<input type="hidden" name="form_key" value="')
    assert one != other


def test_a_sign_is_passed_over_by_screen_readers():
    assert 'aria-hidden="true"' in written('{% icon "listen" %}')


def test_what_somebody_may_not_do_is_not_offered(monkeypatch):
    monkeypatch.setattr(guard, "_may", [lambda actor, verb, subject: (actor, verb, subject) == ("Sara", "idea.edit", "mine")])
    ask = '{% can "idea.edit" idea as may_edit %}{{ may_edit }}'

    assert written(ask, actor="Sara", idea="mine") == "True"
    assert written(ask, actor="Sara", idea="yours") == "False"
    assert written(ask, idea="mine") == "False"


def test_languages_are_called_by_their_own_names():
    assert written('{{ "prs"|language_name }} {{ "prs"|direction }} {{ "ku"|language_name }}') == "دری rtl کوردیی ناوەندی"


def test_after_something_is_done_one_goes_to_where_it_can_be_seen(rf):
    request = rf.post("/")
    request._messages = CookieStorage(request)

    response = see_other(request, Row(), "Saved.")

    assert (response.status_code, response.headers["Location"]) == (303, "/sv/labs/a/ideas/b/")
    assert [str(message) for message in get_messages(request)] == ["Saved."]


@pytest.mark.parametrize(("asked", "number"), [("", 1), ("?page=2", 2), ("?page=99", 3), ("?page=x", 1), ("?page=-1", 3)])
def test_a_wrong_page_gives_the_nearest(rf, asked, number):
    assert paged(rf.get(f"/{asked}"), list(range(101)), per_page=50).number == number
