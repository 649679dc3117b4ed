"""Stage ten: those who told hear what became of it."""

from tests.walk.person import Person


def a_leader_tells_those_who_told(leader: Person, pilot: str, *, text: str, in_dari: str) -> None:
    leader.opens(pilot)
    leader.follows("Tell those who told", then="3 people told something that led here")
    leader.fills("What happened, in one sentence", text)
    leader.fills("دری", in_dari)
    leader.presses("Tell them", then="It waits for them when they come back with their code.")
    leader.sees("3 people, read by 0", in_dari)


def the_teller_reads_it(teller: Person, *, story: str, answer: str, echo: str) -> None:
    """What they told, the personal answer and the echo stand on one page."""
    teller.sees(story, answer, echo)
    assert teller.page.locator("html").get_attribute("dir") == "rtl"
    teller.presses("I have read this", then="Thank you. The lab sees that you have read it.")


def they_see_who_has_read_it(teller: Person) -> None:
    teller.follows("Add to it, change it, take it back, or see who has read it", then="Who has opened your own words")
    teller.sees("Moderator", "Interpreter")


def the_lab_sees_that_it_was_read(leader: Person, echoes: str, echo: str) -> None:
    leader.opens(echoes, then=echo)
    leader.follows(echo, then="3 people, read by 1")


def the_whole_thread_can_be_seen(somebody: Person, artefact: str, *titles: str) -> None:
    """From the last artefact back to the stories, as a picture and as a list."""
    somebody.opens(artefact)
    somebody.follows("See the whole thread", then="The same thread as a list")
    for title in titles:
        assert title in somebody.main
