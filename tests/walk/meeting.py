"""A lab day: its run sheet, a table that works on the prototype, and who sits there."""

from tests.walk.company import Company
from tests.walk.person import Person


def a_facilitator_plans_a_day(facilitator: Person, name: str) -> None:
    facilitator.follows("Lab days", then="No lab day yet")
    facilitator.follows("Plan the first one", then="Plan a day or a meeting")
    facilitator.fills("What is it called?", name)
    facilitator.ticks("Lab day")
    facilitator.fills("Starts", "2099-05-04T10:00")
    facilitator.fills("Ends", "2099-05-04T15:00")
    facilitator.fills("Where?", "The library")
    facilitator.presses("Save", then="It stands in the calendar.")


def they_write_its_run_sheet(facilitator: Person) -> None:
    facilitator.follows("Add a block", then="What do we do?")
    facilitator.fills("What do we do?", "Try it out")
    facilitator.fills("How?", "Each table lets two people from another one try what it built.")
    facilitator.ticks("At the tables")
    facilitator.fills("How many minutes?", "45")
    facilitator.presses("Save", then="The block is on the run sheet.")
    facilitator.sees("Try it out", "45 minutes")


def they_set_up_a_table(facilitator: Person, prototype: str) -> None:
    facilitator.follows("Add a table", then="Choose it when the table has begun to build.")
    facilitator.picks("Prototype", prototype)
    facilitator.presses("Save", then="The table is there. Give people a seat next.")


def they_give_a_seat(facilitator: Person, name: str) -> None:
    facilitator.follows("Give a seat", then="Whoever had a seat at another table of this day moves here.")
    facilitator.picks("Somebody with a name in the lab", name)
    facilitator.presses("Give the seat", then="They have a seat.")
    facilitator.presses(f"Check in {name}", then="They have come.")


def a_co_creator_sits_down(maker: Person, company: Company, day: str, prototype: str, *, as_name: str) -> None:
    """The lab's front leads them to the day, and the day to the table."""
    maker.opens(company.at(), then="Lab days")
    maker.follows(day, then="Run sheet")
    maker.follows(prototype, then="At the table")
    maker.follows("Sit down here", then="The others see the name you choose.")
    maker.fills("Name to show", as_name)
    maker.presses("Sit down", then="Welcome. You have a seat at this table.")
    maker.sees(as_name)
