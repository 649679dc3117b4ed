import re
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from medskapa.ground.web import languages, moments


def test_dari_pashto_arabic_persian_sorani_and_moroccan_arabic_run_from_right_to_left():
    assert sorted(settings.LANGUAGES_BIDI) == ["ar", "ary", "ckb", "fa", "prs", "ps"]
    with translation.override("prs"):
        assert translation.get_language_bidi() is True


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("fa-AF", "prs"),
        ("fa_AF", "prs"),
        ("fa", "fa"),
        ("ps-AF", "ps"),
        ("ku", "ckb"),
        ("ku-TR", "ckb"),
        ("ckb-IQ", "ckb"),
        ("ckb-Arab-IR", "ckb"),
        ("so-SO", "so"),
        ("SV", "sv"),
        ("xx", None),
        ("", None),
        ("labs", None),
    ],
)
def test_whatever_a_phone_calls_a_language_we_find_ours(tag, code):
    assert languages.canonical(tag) == code


@pytest.mark.parametrize("tag", ["fa-AF", "ku", "ckb-IQ", "ps-AF", "prs", "so", "ti", "kmr", "ary", "am"])
def test_django_knows_every_language_without_a_lookup_error(tag):
    info = translation.get_language_info(tag.lower())

    assert info["name_local"] == languages.own_name(tag)


def test_an_unknown_language_is_called_by_its_code_and_read_from_left_to_right():
    assert (languages.own_name("xx"), languages.direction("xx")) == ("xx", "ltr")


def test_wishes_of_a_phone_come_in_their_order():
    assert languages.suggested("fa-AF, sv;q=0.5, de;q=0.9, *;q=0.1, ar;q=0.8, en;q=0") == ["prs", "ar", "sv"]


@pytest.mark.parametrize("header", ["", ";;;", "sv;q=x", "," * 600, "\u0000", "sv;q=", "-", "_-_"])
def test_a_strange_wish_does_no_harm(header):
    assert set(languages.suggested(header)) <= {"sv"}


def test_a_page_that_dari_lacks_comes_in_english():
    assert languages.shown_in("prs", "understanding:insights") == "en"
    assert languages.shown_in("prs", "listening:tell") == "prs"
    assert languages.shown_in("ar", "understanding:insights") == "ar"
    assert languages.shown_in("kmr", "listening:tell") == "en"


def test_links_stay_in_the_language_that_was_asked_for(frame):
    with languages.speaking("so", "en"):
        assert (languages.asked(), languages.shown(), reverse("form")) == ("so", "en", "/so/form/")
        assert translation.get_language_bidi() is False
        with translation.override("sv"):
            assert reverse("form") == "/sv/form/"
    with languages.speaking("en", "en"):
        assert reverse("form") == "/en/form/"


def test_digits_are_written_as_the_language_writes_them():
    assert [languages.in_digits("2017", code) for code in ("sv", "ar", "prs", "fa-AF")] == ["2017", "٢٠١٧", "۲۰۱۷", "۲۰۱۷"]
    assert [languages.in_digits("2017", code) for code in ("so", "ti", "ps", "ckb")] == ["2017", "2017", "۲۰۱۷", "٢٠١٧"]


@pytest.mark.parametrize("code", languages.FOR_TELLERS)
def test_every_storyteller_language_covers_the_pages_of_a_storyteller_in_its_own_direction(frame, code):
    page = frame.get(f"/{code}/tell/").content.decode()

    assert f'<html lang="{code}" dir="{languages.direction(code)}">' in page
    assert f'<html lang="{code}" dir="{languages.direction(code)}">' in frame.get(f"/{code}/nowhere/").content.decode()
    assert [other for other in languages.FOR_TELLERS if other != code and f'hreflang="{other}"' not in page] == []


@pytest.mark.parametrize("code", languages.FOR_TELLERS)
def test_each_month_of_the_gregorian_year_has_a_name_of_its_own(code):
    with translation.override(code):
        names = [moments.day(date(2017, month, 3)) for month in range(1, 13)]

    assert len(set(names)) == 12
    assert [name for name in names if languages.in_digits("2017", code) not in name or re.search("[A-Z][a-z]+ary", name)] == []


def test_the_address_decides_and_not_the_phone(frame):
    page = frame.get("/sv/stories/", headers={"accept-language": "ar"})

    assert '<html lang="sv" dir="ltr">' in page.content.decode()
    assert page.headers["Content-Language"] == "sv"


def test_arabic_pages_run_from_right_to_left(frame):
    assert '<html lang="ar" dir="rtl">' in frame.get("/ar/stories/").content.decode()


def test_dari_covers_the_pages_of_a_storyteller(frame):
    assert '<html lang="prs" dir="rtl">' in frame.get("/prs/tell/").content.decode()


def test_a_page_that_a_language_lacks_says_so_in_one_line_and_keeps_its_links(frame):
    page = frame.get("/prs/stories/").content.decode()

    assert '<html lang="en" dir="ltr">' in page
    assert "This page is not in Dari yet. Here it is in English." in page
    assert '<bdi lang="prs" dir="rtl">دری</bdi>' in page


def test_a_page_in_its_own_language_says_nothing_about_it(frame):
    assert "lacking" not in frame.get("/ar/stories/").content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("/fa-AF/tell/", "/prs/tell/"),
        ("/ku/tell/", "/ckb/tell/"),
        ("/ckb-IQ/tell/?a=1", "/ckb/tell/?a=1"),
        ("/ps-AF/tell/", "/ps/tell/"),
        ("/SV/tell/", "/sv/tell/"),
    ],
)
def test_other_names_of_a_language_lead_to_the_address_that_has_it(frame, asked, found):
    response = frame.get(asked)

    assert (response.status_code, response.headers["Location"]) == (302, found)


def test_an_address_without_a_language_leads_to_the_suggested_one(frame):
    response = frame.get("/tell", headers={"accept-language": "fa-AF,sv;q=0.7"})

    assert (response.status_code, response.headers["Location"]) == (302, "/prs/tell/")
    assert "Accept-Language" in response.headers["Vary"]


def test_the_first_page_offers_every_language_by_its_own_name(frame):
    page = frame.get("/", headers={"accept-language": "so,ar;q=0.5"}).content.decode()

    assert [name for _, name in settings.LANGUAGES if name not in page] == []
    assert page.index("العربية") < page.index("svenska")
    assert page.index("Soomaali") < page.index("ትግርኛ")


def test_the_first_page_leads_on_to_where_somebody_was_going_and_nowhere_else(frame):
    assert 'href="/ti/labs/a/tell/"' in frame.get("/?next=/labs/a/tell/").content.decode()
    assert "evil" not in frame.get("/?next=//evil.example/").content.decode()


def test_every_page_can_be_had_in_the_other_languages(frame):
    page = frame.get("/sv/stories/?page=2").content.decode()

    assert '<a href="/ar/stories/?page=2" hreflang="ar" lang="ar" dir="rtl">العربية</a>' in page
    assert 'hreflang="sv"' not in page
    assert 'hreflang="prs"' not in page
    assert 'hreflang="prs"' in frame.get("/sv/tell/").content.decode()


def test_out_of_a_code_of_djangos_the_language_that_was_asked_for_is_read():
    assert [languages.wanted(code) for code in ("sv", "en-x-so")] == ["sv", "so"]


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "says"), [("sv", False), ("en", False), ("ar", True), ("prs", True), ("so", True), ("ti", True)])
def test_a_page_in_a_language_that_no_native_speaker_has_read_says_so(client, code, says):
    page = client.get(f"/{code}/rights/").content.decode()
    with translation.override(code):
        words = translation.gettext("No native speaker has read these words yet.")

    assert (words in page) is says
