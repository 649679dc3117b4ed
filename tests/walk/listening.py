"""Stage one: stories are told without an account, read, translated, released and answered."""

import re

from tests.walk.company import Company
from tests.walk.person import Person

CODE = re.compile(r"(?:[\d۰-۹]{3}\s+){5}[\d۰-۹]{3}")
EVERYBODY = "Everybody, without a name"


def a_teller_finds_the_lab_in_their_language(teller: Person, company: Company) -> None:
    teller.opens("/", then="دری")
    teller.follows("دری")
    teller.follows("A first year here")
    teller.follows("Tell")

    assert teller.page.locator("html").get_attribute("lang") == teller.language
    assert teller.page.locator("html").get_attribute("dir") == "rtl"
    assert "/prs/" in teller.path


def they_tell(teller: Person, words: str) -> str:
    """One question a screen; the code that they get is what comes back."""
    teller.presses("Begin", then="What happened?")
    teller.fills("What happened?", words)
    teller.presses("Next", then="Who must not read it?")
    teller.ticks("Companies")
    teller.presses("Next", then="Who may read it?")
    teller.sees_no(EVERYBODY)
    teller.presses("Back", then="Who must not read it?")
    teller.page.get_by_role("checkbox", checked=True).uncheck()
    teller.presses("Next", then=EVERYBODY)
    teller.ticks(EVERYBODY)
    teller.presses("Next", then="How old are you?")
    teller.ticks("16 or 17")
    teller.presses("Next", then="Read it through")
    teller.sees(words, EVERYBODY)
    teller.presses("Send", then="This is your end of the thread")
    return code_on(teller)


def code_on(teller: Person) -> str:
    """The code, as it is read from the screen."""
    found = CODE.search(teller.main)
    assert found is not None
    return " ".join(found.group().split())


def they_come_back(teller: Person, code: str) -> None:
    teller.opens(f"/{teller.language}/return/", then="Type your code")
    teller.fills("Your code", code)
    teller.presses("Open", then="Write to the lab")


def an_interpreter_translates(interpreter: Person, words: str, translation: str) -> None:
    interpreter.sees("1 story to translate")
    interpreter.follows("Open 1 story to translate", then="To translate")
    interpreter.follows("A story in دری", then=words)
    interpreter.fills("Translation", translation)
    interpreter.presses("Save the translation", then="Everything is translated.")


def a_moderator_releases(moderator: Person, words: str, title: str, then: str = "Until then you can undo it.") -> None:
    """They open the story that has waited longest; its words are there, and what its teller agreed to."""
    moderator.follows("A story in ", within="Queue", then="The teller agreed to")
    moderator.sees(words, EVERYBODY)
    moderator.fills("Title", title)
    moderator.presses("Release", then=then)


def somebody_else_says_yes_too(leader: Person, company: Company) -> None:
    """To what nobody else has told in that language."""
    leader.opens(company.at("moderation/"), then="It waits for a second person to say yes.")
    leader.follows("A story in دری", within="Going out", then="Somebody let it go.")
    leader.presses("Say yes, too", then="Until then you can undo it.")


def a_moderator_answers(moderator: Person, words: str) -> None:
    moderator.follows("3 people wait for an answer", then="Everybody who tells something gets an answer.")
    moderator.follows("Somebody who told a story in دری", then="They read دری.")
    moderator.fills("What you write", words)
    moderator.presses("Send", then="Sent. It stands on the teller's own page.")


def nobody_else_can_read_yet(reader: Person, company: Company, title: str) -> None:
    reader.opens(company.at("stories/"), then="No stories yet.")
    reader.sees_no(title)


def everybody_can_read(reader: Person, company: Company, title: str, words: str) -> None:
    reader.opens(company.at("stories/"), then=title)
    reader.follows(title, then=words)


def a_sense_maker_opens_a_conversation(maker: Person, title: str) -> None:
    """From their own page, by the first knot of the thread."""
    maker.follows("Listen", then="Stories")
    maker.follows("Statements", then="No statements yet.")
    maker.follows("New conversation", then="Everybody on this roll has one answer for each statement.")
    maker.fills("Name", title)
    maker.ticks("Co-creators with a code")
    maker.presses("Save", then="The conversation is saved.")


def they_suggest(maker: Person, statement: str) -> None:
    maker.follows("Suggest a statement", then="Somebody in the team looks at it first.")
    maker.fills("Statement", statement)
    maker.presses("Suggest", then="Thank you. It waits for the team.")
    maker.sees("You suggested it yourself, so others decide about it.")


def a_moderator_lets_people_answer(moderator: Person, where: str, statement: str) -> None:
    """On the page of the conversation, with what was suggested there."""
    moderator.opens(where, then=statement)
    moderator.follows(statement, then="Let people answer it")
    moderator.presses("Let people answer it", then="It can be answered now.")


def a_teller_answers(teller: Person, statement: str, answer: str) -> None:
    """From the page that their code opens. Nobody sees who answered what."""
    teller.follows("Say what you think about what others have said", then=statement)
    teller.sees("Nobody sees what you answer. Only how many agreed, and what groups of five or more have in common.")
    teller.presses(answer, then="Thank you. You have answered everything.")


def a_teller_is_asked(teller: Person, question: str) -> None:
    teller.presses("Begin", then=question)
