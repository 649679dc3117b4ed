"""Stages seven to nine: support, a pilot that is measured, another municipality that takes it on."""

from tests.walk.person import Person

OWNER = "Library and culture, Falkenberg Municipality"


def a_manager_agrees_on_support(manager: Person, decision: str) -> str:
    manager.opens(decision)
    manager.follows("Agree on support", then="What was selected?")
    manager.fills("What is agreed?", "Pay for half a year, and a report each month.")
    manager.fills("From", "2020-01-01")
    manager.fills("Until", "2099-12-31")
    manager.presses("Save", then="The support is agreed.")
    manager.follows("Begin", then="Begin the support?")
    manager.presses("Begin", then="The support has begun.")
    return manager.path


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
