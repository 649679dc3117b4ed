"""Stages three to five: a question, an idea, a prototype that is tried."""

from tests.walk.company import Company
from tests.walk.person import Person


def a_leader_frames_a_challenge(leader: Person, insight: str, question: str) -> str:
    leader.opens(insight)
    leader.follows("Frame a challenge from it", then="A good challenge says for whom and what, and leaves open how.")
    leader.fills("Question", question)
    leader.presses("Save", then="Saved as a draft.")
    return leader.path


def they_open_it(leader: Person) -> None:
    leader.follows("Open it", then="Open this challenge?")
    leader.presses("Open it", then="The challenge is open.")


def a_co_creator_shares_an_idea(maker: Person, company: Company, question: str, title: str) -> None:
    maker.opens(company.at("challenges/"), then=question)
    maker.follows(question, then="No ideas yet")
    maker.follows("Share an idea", then="Say yours in your own words.")
    maker.fills("What is it called?", title)
    maker.fills("What is it, and who does what?", "Once a week somebody reads letters aloud with whoever comes.")
    maker.ticks("Meeting")
    maker.fills("Name to show with it", "A bird")
    maker.presses("Share the idea", then="Thank you. Your idea is shared with the lab.")
    maker.sees("A bird")


def they_begin_a_team(maker: Person, name: str) -> None:
    maker.follows("Begin a team", then="New team")
    maker.fills("What is the team called?", name)
    maker.presses("Save", then="The team is there, and you are in it.")


def they_build_a_prototype(maker: Person, title: str, team: str) -> str:
    maker.follows("Make a prototype", then="Build as little as possible so that somebody can try it.")
    maker.fills("What is it called?", title)
    maker.fills("What is it, and what does it test?", "Whether people come back with a second letter.")
    maker.fills("What does it look like now?", "A table, two chairs and a sign.")
    maker.picks("Team", team)
    maker.presses("Save", then="The prototype is there. Plan a trial next.")
    return maker.path


def they_try_it(maker: Person) -> None:
    maker.follows("Plan a trial", then="Say now what would count.")
    maker.fills("We believe that", "Who got help with one letter comes back.")
    maker.fills("It holds up if", "Two of three come back.")
    maker.presses("Plan it", then="Planned. Note the result when it has been tried.")
    maker.follows("Note the result", then="What came out?")
    maker.fills("What happened?", "Three came, and two of them came back.")
    maker.fills("What did we learn?", "The sign has to stand in four languages.")
    maker.ticks("It held up")
    maker.presses("Note the result", then="The result is noted.")
    maker.sees("It held up", "The sign has to stand in four languages.")


def they_change_it(maker: Person, prototype: str) -> None:
    maker.opens(prototype, then="Version 1")
    maker.follows("New version", then="What does it look like now, and what changed?")
    maker.fills("What does it look like now", "The same table, and a sign in four languages.")
    maker.presses("Save", then="Version 2")


def a_facilitator_asks_again(facilitator: Person, question: str, *, to_tellers: str) -> None:
    """The challenge goes back to those who tell, with what it still needs to know."""
    facilitator.follows("Your page", then="To do now")
    facilitator.follows("Frame", then="Questions we work on")
    facilitator.follows(question, then="Ask for new stories")
    facilitator.follows("Ask for new stories", then="What do you still need to hear from people?")
    facilitator.fills("Question to tellers", to_tellers)
    facilitator.presses("Ask this", then="Tellers are asked this question from now on.")
    facilitator.sees("Asked again", to_tellers)
