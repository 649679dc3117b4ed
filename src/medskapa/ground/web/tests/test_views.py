import re


def test_leaving_makes_the_browser_forget_and_shows_something_harmless(frame):
    frame.cookies["account"] = "secret"

    left = frame.get("/prs/leave/")

    assert (left.status_code, left.headers["Location"]) == (302, "/prs/calendar/")
    assert left.headers["Clear-Site-Data"] == '"cookies", "storage"'
    assert left.cookies["account"]["max-age"] == 0
    assert "no-store" in left.headers["Cache-Control"]


def test_who_keeps_the_draft_keeps_it_when_leaving(frame):
    assert frame.get("/sv/leave/?keep=1").headers["Clear-Site-Data"] == '"cookies"'


def test_nobody_else_can_make_somebody_leave(frame):
    left = frame.get("/sv/leave/", headers={"sec-fetch-site": "cross-site"})

    assert "Clear-Site-Data" not in left.headers


def test_the_harmless_page_does_not_say_whose_it_is(frame):
    page = frame.get("/en/calendar/").content.decode()
    seen = re.sub(r"<head>.*</head>", "", page, flags=re.DOTALL)

    assert re.search(r"<title>[A-Z][a-z]+ \d{4}</title>", page)
    assert "edskapa" not in seen


def test_every_page_of_a_storyteller_can_be_left_by_keyboard_before_its_content(frame):
    page = frame.get("/sv/tell/").content.decode()

    assert page.index('class="skip"') < page.index("data-exit") < page.index('id="main"')
