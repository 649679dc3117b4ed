"""Stages seven to nine: support, a pilot that is measured, another municipality that takes it on."""

from tests.walk.person import Person

SPRING = "The first spring"
OWNER = "Library and culture, Falkenberg Municipality"


def a_manager_agrees_on_support(manager: Person, decision: str, coach: str) -> str:
    manager.opens(decision)
    manager.follows("Agree on support", then="What was selected?")
    manager.fills("What is agreed?", "Pay for half a year, and a report each month.")
    manager.fills("From", "2020-01-01")
    manager.fills("Until", "2099-12-31")
    manager.picks("Coach", coach)
    manager.presses("Save", then="The support is agreed.")
    manager.follows("Begin", then="Begin the support?")
    manager.presses("Begin", then="The support has begun.")
    return manager.path


def they_note_what_was_given(manager: Person) -> None:
    manager.follows("Note something", then="What kind?")
    manager.ticks("Salary funding")
    manager.fills("What?", "The first month of pay")
    manager.fills("Day", "2020-01-31")
    manager.fills("Amount in kronor", "8000")
    manager.presses("Note it", then="It is noted.")
    manager.sees("The first month of pay")


def a_coach_sets_a_goal(coach: Person, support: str, goal: str) -> None:
    coach.follows("Support", then=support)
    coach.follows(support, then="Few goals with a day help more than many without.")
    coach.follows("Set a goal", then="So that two people would agree whether it is reached.")
    coach.ticks("Reaching more people")
    coach.fills("What will be true then?", goal)
    coach.fills("By which day?", "2099-06-01")
    coach.presses("Set it", then="The goal is set.")


def an_innovator_reaches_it(innovator: Person, support: str, goal: str) -> None:
    innovator.follows("Your page", then="To do now")
    innovator.follows("Support", then=support)
    innovator.follows(support, then=goal)
    innovator.follows(goal, then="It is reached")
    innovator.follows("It is reached", then="Reached on")
    innovator.presses("It is reached", then="The goal is reached.")
    innovator.sees("1 of 1 reached")


def an_innovator_reports(innovator: Person, support: str, happened: str) -> None:
    """Their own page says that it is time."""
    innovator.follows("Your page", then=f"Write the report about “{support}”.")
    innovator.follows(f"Open Write the report about “{support}”.", then="About which time?")
    innovator.fills("About which time?", SPRING)
    innovator.fills("What happened?", happened)
    innovator.fills("What comes next?", "A second library.")
    innovator.presses("Save the draft", then="The report is a draft. Nobody else sees it until you send it.")
    innovator.follows("Send the report", then="Send the report?")
    innovator.presses("Send", then="The report is sent. The reply comes here.")


def a_coach_replies(coach: Person, support: str, happened: str, reply: str) -> None:
    coach.follows("Your page", then=f"Read the report about “{support}”.")
    coach.follows(f"Open Read the report about “{support}”.", then=happened)
    coach.follows("Reply", then="Reply to the report")
    coach.fills("Reply", reply)
    coach.presses("I have read it", then="The report is read, and its writer can see that.")


def an_innovator_reads_the_reply(innovator: Person, reply: str) -> None:
    innovator.follows("Your page", then="To do now")
    innovator.follows("Support", then="Reports")
    innovator.follows("Reports", then=SPRING)
    innovator.follows(SPRING, then=reply)


def a_lead_plans_a_pilot(lead: Person, support: str, place: str) -> str:
    lead.opens(support)
    lead.follows("Plan a pilot", then="A pilot has an owner who can change a routine")
    lead.fills("What is tried?", "A letter hour each week in two libraries.")
    lead.picks("Municipality", place)
    lead.picks("Which unit owns it?", OWNER)
    lead.picks("Who leads it?", lead.name)
    lead.fills("From", "2020-02-01")
    lead.fills("Until", "2099-12-31")
    lead.fills("We stop if", "Nobody comes for a month.")
    lead.fills("If it works", "The library pays and keeps it.")
    lead.picks("Review of the child's best interests", "Letters that reach people")
    lead.presses("Save the plan", then="The pilot is planned. Now say what it is measured by.")
    return lead.path


def they_write_an_indicator(lead: Person, indicators: str, title: str) -> None:
    lead.opens(indicators)
    lead.follows("Write an indicator", then="What exactly is measured, with whom, and how?")
    lead.fills("What shows whether it got better?", title)
    lead.fills("What exactly is measured", "Each month thirty people say yes or no.")
    lead.fills("Unit", "of 100")
    lead.ticks("More is better")
    lead.presses("Save", then="The indicator is written.")


def they_aim_at(lead: Person, pilot: str, indicator: str, target: str) -> None:
    lead.opens(pilot, then="It has to say what it is measured by.")
    lead.follows("Add an indicator", then="Said before the start.")
    lead.picks("What is it measured by?", indicator)
    lead.fills("Aim", target)
    lead.presses("Save", then="It is measured by this from now on.")
    lead.sees(f"“{indicator}” has to be measured once before the start.")


def they_measure(lead: Person, pilot: str, value: str, day: str, *, is_before: bool = False) -> None:
    lead.opens(pilot)
    lead.follows("Note a measurement", then="How many were asked?")
    lead.fills("Day", day)
    lead.fills("Value", value)
    lead.fills("How many were asked?", "32")
    lead.picks("Municipality", "Falkenberg")
    if is_before:
        lead.ticks("This was before it began")
    lead.presses("Note it", then="The measurement is noted.")


def they_start_it(lead: Person, pilot: str) -> None:
    lead.opens(pilot, then="Everything is there: an owner, best interests weighed, and a value from before.")
    lead.follows("Start the pilot", then="Start the pilot?")
    lead.presses("Start it", then="The pilot runs.")


def another_municipality_takes_it_on(lead: Person, pilot: str, place: str) -> str:
    lead.opens(pilot, then="No other municipality has taken it on yet.")
    lead.follows("Note who takes it on", then="Nobody copies exactly.")
    lead.picks("Municipality", place)
    lead.presses("Note it", then="It is noted.")
    adoption = lead.path
    lead.follows("Say how far they are", then="How far are they?")
    lead.ticks("Decided")
    lead.presses("Save", then="Decided")
    return adoption


def a_leader_says_what_it_asks_next(leader: Person, pilot: str, question: str) -> None:
    """The thread does not end: what was learnt gives a new question."""
    leader.opens(pilot, then="No new question yet.")
    leader.follows("Say what comes next", then="What we learnt here often begins with a new question")
    leader.fills("Or a new one", question)
    leader.presses("Save", then="The thread goes on from here.")
    leader.sees(question)
