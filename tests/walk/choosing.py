"""Stage six: a call, an application that grew from the prototype, a juror's review, and a decision with its reasons."""

from tests.walk.company import Company
from tests.walk.person import Person

ANSWERS = {
    "What is it about?": "Letters that reach people",
    "Which children are affected, and how?": "Those who came alone, and their brothers and sisters.",
    "What have the children themselves said?": "That nobody explained the letters to them.",
    "What is known?": "That letters are not read when they frighten.",
    "How were the interests weighed?": "Being helped weighs more than doing it alone.",
    "Conclusion, and why": "It is good for them, since they can act.",
    "How and when are the children told?": "With an echo, when it begins.",
    "Looked at again on": "2098-06-01",
}


def a_manager_opens_a_call(manager: Person, company: Company, title: str, juror: str) -> str:
    manager.opens(company.at("calls/"), then="No calls yet")
    manager.follows("Write a call", then="What is the call called?")
    manager.fills("What is the call called?", title)
    manager.fills("What can be applied for, and by whom?", "Half a year of pay for somebody who reads letters.")
    manager.fills("Opens", "2020-01-01T08:00")
    manager.fills("Closes", "2099-12-31T17:00")
    manager.presses("Save the draft", then="The call is a draft. Now write what counts.")
    call = manager.path
    they_say_what_counts(manager)
    they_seat(manager, juror)
    manager.follows("Open the call", then="Open the call?")
    manager.presses("Open the call", then="Open from 1 January 2020")
    return call


def they_say_what_counts(manager: Person) -> None:
    manager.follows("Add what counts", then="1 means")
    manager.fills("What counts?", "Young people made it")
    manager.fills("1 means", "Nobody asked them")
    manager.fills("5 means", "They led it")
    manager.presses("Add", then="They led it")


def they_seat(manager: Person, juror: str) -> None:
    manager.follows("Give a seat", then="Whoever applies cannot judge.")
    manager.picks("Juror", juror)
    manager.ticks("This juror belongs to the target group")
    manager.presses("Give the seat", then="The juror has a seat.")


def an_innovator_applies(innovator: Person, prototype: str) -> str:
    """What the lab knows is there already: nobody writes it twice."""
    innovator.opens(prototype, then="Apply for support with this")
    innovator.follows("Apply", then="so that nobody has to write it twice")
    assert "The sign has to stand in four languages." in innovator.page.get_by_label("What do you want to do?").input_value()
    innovator.fills("What will be different, and for whom?", "People act on the letters they get.")
    innovator.fills("How much do you ask for", "50000")
    innovator.presses("Save the draft", then="Nobody else sees it until you send it.")
    innovator.follows("Send the application", then="Send the application?")
    innovator.presses("Send", then="The application is sent.")
    return innovator.path


def the_jury_begins(manager: Person, call: str) -> None:
    manager.opens(call)
    manager.follows("Let the jury begin", then="Let the jury begin?")
    manager.presses("Let the jury begin", then="Being judged")


def a_juror_reviews(juror: Person, company: Company, title: str) -> None:
    juror.opens(company.at("desk/"), then=f"Review “{title}”.")
    juror.follows(f"Open Review “{title}”.", then="Your review")
    juror.ticks("4")
    juror.fills("Two strengths", "Close to people. Cheap.")
    juror.fills("One thing to change", "More languages from the first day.")
    juror.presses("Send", then="Your review is sent.")
    juror.sees("4 of 5")


def a_manager_weighs_the_childs_best_interests(manager: Person, company: Company, story: str) -> None:
    manager.opens(company.at("best-interests/new/"), then="Every measure that touches children needs this")
    for label, text in ANSWERS.items():
        manager.fills(label, text)
    manager.ticks(story)
    manager.presses("Save", then="The review is written.")
    manager.sees("1 story was heard.")


def they_decide(manager: Person, application: str, call: str) -> str:
    manager.opens(application, then="More languages from the first day.")
    manager.follows("Decide", then="What the jury wrote")
    manager.ticks("Selected")
    manager.fills("Why?", "It was tried, and people came back.")
    manager.fills("Feedback to the applicant", "Strong: close to people. Change: more languages.")
    manager.picks("Review of the child's best interests", ANSWERS["What is it about?"])
    manager.presses("Decide", then="The decision is taken.")
    decision = manager.path
    manager.opens(call)
    manager.follows("See the jury's scores and decide", then="Everyone has an answer with reasons.")
    manager.presses("The call is decided", then="What was selected is public now.")
    return decision


def the_applicant_reads_why(innovator: Person, decision: str) -> None:
    innovator.opens(decision, then="It was tried, and people came back.")
    innovator.sees("Strong: close to people.")
