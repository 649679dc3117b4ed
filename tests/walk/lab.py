"""Before the walk: the first account, a lab through the five pages, people by invitation."""

import re

from tests.serving import Server
from tests.walk.company import Company
from tests.walk.person import Person

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
INSTEAD = "/en/sign-in/code/confirm/"


def somebody_can_start_labs(server: Server, email: str, name: str) -> None:
    made = server.run("init", "--email", email, "--name", name)

    assert (made.returncode, made.stderr) == (0, "")


def they_sign_in_with_a_code_by_mail(person: Person, email: str) -> None:
    person.opens("/en/sign-in/", then="Sign in")
    person.fills("Your e-mail address", email)
    person.presses("Send me a code", then="Look in your mail")
    person.follows("Sent mail", then=email)
    code = CODE.search(person.main)
    assert code is not None
    person.opens(INSTEAD, then="Look in your mail")
    person.fills("The code from the mail", code.group())
    person.presses("Sign in")


def they_set_up_a_lab(leader: Person, name: str) -> str:
    """All five pages; the address of the officer's invitation is what comes back."""
    leader.opens("/en/")
    leader.follows("Start a lab", then="Page 1 of 5")
    leader.fills("What is the lab called?", name)
    leader.fills("Who is it for?", "Young people who came here alone")
    leader.fills("What is it for?", "So that nobody has to go through their first year alone.")
    leader.presses("Save and go on", then="Page 2 of 5")
    leader.fills("Who hosts the lab?", "Lagunda Foundation")
    leader.ticks("A foundation")
    leader.presses("Save and go on", then="Page 3 of 5")
    leader.ticks("svenska", "English", "دری")
    leader.presses("Save and go on", then="Page 4 of 5")
    leader.presses("Save and go on", then="Page 5 of 5")
    leader.fills("Who is the safeguarding officer?", "Ines Lund")
    leader.presses("Save and go on", then="The invitation is made")
    return link_on(leader)


def they_open_it(leader: Person) -> None:
    leader.follows("I have passed it on", then="Everything is there.")
    leader.presses("Open the lab", then="The lab is open. It can receive its first story.")


def there_is_an_organisation(company: Company, name: str, *, place: str, unit: str) -> None:
    leader = company.leader
    leader.opens("/en/organisations/")
    leader.follows("Add an organisation", then="Kind")
    leader.fills("Name", name)
    leader.picks("Kind", "Municipality")
    leader.picks("Municipality", place)
    leader.presses("Save", then="No units yet.")
    leader.follows("Add a unit", then=name)
    leader.fills("Name", unit)
    leader.presses("Save", then="The unit is added.")


def joins(company: Company, role: str, name: str, unit: str = "") -> Person:
    """Somebody is invited by a link that is handed over, and opens it."""
    company.leader.opens(company.at("invitations/new/"), then="Invite somebody")
    company.leader.fills("Name", name)
    company.leader.picks("Role", role)
    if unit:
        company.leader.picks("For which unit?", unit)
    company.leader.presses("Make the invitation", then="It works once, and for 14 days.")
    return takes_part(company, name, link_on(company.leader), role)


def takes_part(company: Company, name: str, link: str, role: str) -> Person:
    person = company.somebody(name)
    person.opens(link, then=role)
    person.fills("Your e-mail address", f"{name.split()[0].lower()}@example.org")
    person.presses("Take part", then="Welcome. This is your page in the lab.")
    return person


def link_on(page: Person) -> str:
    """The link of an invitation, as it is read from the screen."""
    return str(page.page.get_by_role("main").get_by_role("link", name="/join/").inner_text())
