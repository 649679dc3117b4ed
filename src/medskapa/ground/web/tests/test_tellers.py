from medskapa.ground.web import tellers


def test_the_frame_and_all_that_stands_in_it_are_pages_of_storytellers():
    found = tellers.templates()

    assert {"web/teller.html", "web/page.html", "web/parts/teller_foot.html", "web/components/knots/knots.html", "web/error.html"} <= found
    assert "web/form/error.html" in found


def test_pages_of_staff_are_none_of_them():
    assert {"web/form.html", "web/list.html", "web/style.html", "labs/desk.html", "people/account.html"} & tellers.templates() == set()


def test_every_page_that_is_named_is_there():
    assert set(tellers.ALSO) <= tellers.templates()


def test_code_that_speaks_to_storytellers_is_found():
    assert [pattern for pattern in tellers.CODE if not list(tellers.PACKAGE.glob(pattern))] == []
