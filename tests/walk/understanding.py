"""Stage two: what several people's stories say together."""

from tests.walk.company import Company
from tests.walk.person import Person

WHY = "It is the same, seen from another side"


def a_sense_maker_writes_an_insight(maker: Person, title: str) -> str:
    maker.follows("Open 3 released stories are in no insight yet.", then="Their words come in the next step.")
    maker.fills("The insight in one sentence", title)
    maker.presses("Save", then="Saved as a draft.")
    maker.sees("It can be confirmed when the stories of three people speak for it.")
    return maker.path


def they_add_a_voice(maker: Person, story: str, quote: str) -> None:
    maker.follows("Add a voice", then="Whose words say this?")
    maker.follows(story, then="Copy it from the text, just as it stands.")
    maker.fills("The quote", quote)
    maker.fills("Why does it count?", WHY)
    maker.presses("Add this voice", then="The voice is there now.")
    maker.sees(quote)


def words_that_nobody_said_are_no_quote(maker: Person, story: str) -> None:
    maker.follows("Add a voice", then="Whose words say this?")
    maker.follows(story, then="The quote")
    maker.fills("The quote", "Nobody ever said this")
    maker.fills("Why does it count?", WHY)
    maker.presses("Add this voice", then="One thing to put right before you can go on")
    maker.follows("Another story", then="Whose words say this?")
    maker.follows("Back to the insight", then="In their words")


def they_confirm_it(maker: Person) -> None:
    maker.sees("Carried by 3 tellers.")
    maker.follows("Confirm", then="Confirm this insight?")
    maker.presses("Confirm", then="Confirmed.")


def a_stranger_does_not_see_it(stranger: Person, company: Company, title: str) -> None:
    """Confirmed is for the lab; public it becomes from five tellers on."""
    stranger.opens(company.at("insights/"), then="What the lab has understood")
    stranger.sees_no(title)
