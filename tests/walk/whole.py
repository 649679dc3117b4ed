"""The whole thread, walked by eight people and those who help them, from a story told in Dari to the echo that its teller reads."""

from dataclasses import dataclass, field

from tests.browsing import People
from tests.serving import Server
from tests.walk import choosing, creating, giving_back, lab, listening, meeting, realising, understanding
from tests.walk.company import Company
from tests.walk.person import Person
from tests.walk.waiting import ten_minutes_go_by

IN_DARI = "من دو سال صبر کردم تا کسی نامه را برایم خواند. یک زن با نردبان آبی در کتابخانه کمکم کرد."
IN_ENGLISH = "I waited for two years until somebody read the letter to me. A woman with a blue ladder at the library helped me."
LOCKS = "The locks were changed overnight. Nobody at the office knew whom to call, so I slept beside a green aquarium."
SCHOOL = "The school sent its letters to a place where I no longer lived. They came back with a picture of a grey heron."
CANARIES = ("نردبان آبی", "blue ladder", "green aquarium", "grey heron")  # words that no title, address, mail or log may hold

ALOUD, LOCKED, LOST = "A letter that nobody read aloud", "A door that did not open", "A letter that went elsewhere"
CONVERSATION, STATEMENT = "About letters", "A letter should say whom to call"
INSIGHT = "Letters reach people who cannot act on them"
QUESTION = "How might we make letters reach those they are for?"
IDEA, PROTOTYPE, TEAM = "Letter hour", "Letter hour at the library", "Reading aloud"
DAY, ASKED_AGAIN = "A day at the library", "Which letter did you understand at once?"
CALL, INDICATOR = "Support for letter hours", "I know what to do with a letter"
GOAL, HAPPENED = "Two libraries read letters", "Eleven people came, and nine of them came back."
REPLY, NEXT_QUESTION = "Ask the second library in person.", "How might we make letters need no reading aloud?"
ANSWER_IN_DARI = "سپاس از شما. ما آنچه گفتید را خواندیم."
ECHO = "Because of what you told, a library reads letters with people every week."
ECHO_IN_DARI = "به خاطر آنچه شما گفتید، کتابخانه هر هفته نامه‌ها را با مردم می‌خواند."


@dataclass
class Walk:
    """What is known of a walk while it is walked."""

    company: Company
    codes: dict[str, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)

    def path(self, name: str) -> str:
        """Where an artefact lies."""
        return self.paths[name]


def walk_the_thread(server: Server, people: People) -> Walk:
    """From an empty installation to an echo that is read. Every artefact is made on a page, by somebody who may."""
    walk = Walk(Company(server.url, people))
    _there_is_a_lab(walk, server)
    _three_tell(walk)
    mona = _stories_are_released_and_answered(walk, server)
    _they_are_understood(walk, mona)
    _something_is_tried(walk)
    _it_is_chosen_and_supported(walk)
    _it_becomes_real_and_spreads(walk)
    _it_is_given_back(walk)
    return walk


def _there_is_a_lab(walk: Walk, server: Server) -> None:
    company = walk.company
    lab.somebody_can_start_labs(server, "vera@example.org", "Vera Holm")
    company.leader = company.somebody("Vera Holm")
    lab.they_sign_in_with_a_code_by_mail(company.leader, "vera@example.org")
    link = lab.they_set_up_a_lab(company.leader, "A first year here")
    company.lab = company.leader.path.split("/")[3]
    lab.takes_part(company, "Ines Lund", link, "Safeguarding officer")
    lab.they_open_it(company.leader)


def _three_tell(walk: Walk) -> None:
    company = walk.company
    amir = company.somebody("Amir", language="prs")
    listening.a_teller_finds_the_lab_in_their_language(amir, company)
    walk.codes["Amir"] = listening.they_tell(amir, IN_DARI)
    for name, words in (("Bahar", LOCKS), ("Chaman", SCHOOL)):
        teller = company.somebody(name)
        teller.opens(company.at("tell/"), then="Before you tell")
        walk.codes[name] = listening.they_tell(teller, words)


def _stories_are_released_and_answered(walk: Walk, server: Server) -> Person:
    company = walk.company
    stranger = company.somebody("A stranger")
    interpreter = lab.joins(company, "Interpreter", "Yasmin Rahimi")
    listening.an_interpreter_translates(interpreter, IN_DARI, IN_ENGLISH)
    lab.joins(company, "Moderator", "Mona Berg")
    mona = company.somebody("Mona Berg")
    lab.they_sign_in_with_a_code_by_mail(mona, "mona@example.org")
    mona.follows("Open 3 stories to moderate", then="3 wait")
    listening.a_moderator_releases(mona, IN_DARI, ALOUD, then="It waits for a second person to say yes.")
    listening.somebody_else_says_yes_too(company.leader, company)
    for words, title in ((LOCKS, LOCKED), (SCHOOL, LOST)):
        listening.a_moderator_releases(mona, words, title)
    listening.a_moderator_answers(mona, ANSWER_IN_DARI)
    listening.nobody_else_can_read_yet(stranger, company, LOCKED)
    ten_minutes_go_by(server.data)
    listening.everybody_can_read(stranger, company, LOCKED, LOCKS)
    return mona


def _they_are_understood(walk: Walk, mona: Person) -> None:
    company = walk.company
    sam = lab.joins(company, "Sense-maker", "Sam Ek")
    _those_who_told_are_asked_what_they_think(walk, sam, mona)
    sam.follows("Your page", then="To do now")
    walk.paths["insight"] = understanding.a_sense_maker_writes_an_insight(sam, INSIGHT)
    understanding.words_that_nobody_said_are_no_quote(sam, LOST)
    understanding.they_add_a_voice(sam, ALOUD, "I waited for two years until somebody read the letter to me.")
    understanding.they_add_a_voice(sam, LOCKED, "Nobody at the office knew whom to call")
    understanding.they_add_a_voice(sam, LOST, "The school sent its letters to a place where I no longer lived.")
    understanding.they_confirm_it(sam)
    understanding.a_stranger_does_not_see_it(company.somebody("A stranger"), company, INSIGHT)


def _those_who_told_are_asked_what_they_think(walk: Walk, sam: Person, mona: Person) -> None:
    listening.a_sense_maker_opens_a_conversation(sam, CONVERSATION)
    conversation = sam.path
    listening.they_suggest(sam, STATEMENT)
    listening.a_moderator_lets_people_answer(mona, conversation, STATEMENT)
    for name, language, answer in (("Amir", "prs", "I agree"), ("Chaman", "en", "I do not agree")):
        teller = walk.company.somebody(name, language=language)
        listening.they_come_back(teller, walk.codes[name])
        listening.a_teller_answers(teller, STATEMENT, answer)


def _something_is_tried(walk: Walk) -> None:
    company = walk.company
    walk.paths["challenge"] = creating.a_leader_frames_a_challenge(company.leader, walk.path("insight"), QUESTION)
    creating.they_open_it(company.leader)
    bahar = company.somebody("Bahar")
    listening.they_come_back(bahar, walk.codes["Bahar"])
    creating.a_co_creator_shares_an_idea(bahar, company, QUESTION, IDEA)
    creating.they_begin_a_team(bahar, TEAM)
    walk.paths["prototype"] = creating.they_build_a_prototype(bahar, PROTOTYPE, TEAM)
    creating.they_try_it(bahar)
    creating.they_change_it(bahar, walk.path("prototype"))
    _they_meet_for_a_day(walk, bahar)


def _they_meet_for_a_day(walk: Walk, bahar: Person) -> None:
    company = walk.company
    frida = lab.joins(company, "Facilitator", "Frida Storm")
    meeting.a_facilitator_plans_a_day(frida, DAY)
    meeting.they_write_its_run_sheet(frida)
    meeting.they_set_up_a_table(frida, PROTOTYPE)
    meeting.they_give_a_seat(frida, "Sam Ek")
    meeting.a_co_creator_sits_down(bahar, company, DAY, PROTOTYPE, as_name="A bird")
    creating.a_facilitator_asks_again(frida, QUESTION, to_tellers=ASKED_AGAIN)
    stranger = company.somebody("A stranger")
    stranger.opens(company.at("tell/"), then="Before you tell")
    listening.a_teller_is_asked(stranger, ASKED_AGAIN)


def _it_is_chosen_and_supported(walk: Walk) -> None:
    company = walk.company
    per = lab.joins(company, "Programme manager", "Per Vik")
    jo = lab.joins(company, "Juror", "Jo Lind")
    kim = lab.joins(company, "Coach", "Kim Dahl")
    ida = lab.joins(company, "Innovator", "Ida Falk")
    call = choosing.a_manager_opens_a_call(per, company, CALL, "Jo Lind")
    application = choosing.an_innovator_applies(ida, walk.path("prototype"))
    choosing.the_jury_begins(per, call)
    choosing.a_juror_reviews(jo, company, PROTOTYPE)
    choosing.a_manager_weighs_the_childs_best_interests(per, company, ALOUD)
    walk.paths["decision"] = choosing.they_decide(per, application, call)
    choosing.the_applicant_reads_why(ida, walk.path("decision"))
    walk.paths["support"] = realising.a_manager_agrees_on_support(per, walk.path("decision"), "Kim Dahl")
    realising.they_note_what_was_given(per)
    _it_is_followed(kim, ida)


def _it_is_followed(kim: Person, ida: Person) -> None:
    realising.a_coach_sets_a_goal(kim, PROTOTYPE, GOAL)
    realising.an_innovator_reaches_it(ida, PROTOTYPE, GOAL)
    realising.an_innovator_reports(ida, PROTOTYPE, HAPPENED)
    realising.a_coach_replies(kim, PROTOTYPE, HAPPENED, REPLY)
    realising.an_innovator_reads_the_reply(ida, REPLY)


def _it_becomes_real_and_spreads(walk: Walk) -> None:
    company = walk.company
    lab.there_is_an_organisation(company, "Falkenberg Municipality", place="Falkenberg", unit="Library and culture")
    lina = lab.joins(company, "Pilot lead", "Lina Moberg", realising.OWNER)
    realising.they_write_an_indicator(lina, company.at("indicators/"), INDICATOR)
    pilot = walk.paths["pilot"] = realising.a_lead_plans_a_pilot(lina, walk.path("support"), "Falkenberg")
    realising.they_aim_at(lina, pilot, INDICATOR, "60")
    realising.they_measure(lina, pilot, "31", "2020-01-15", is_before=True)
    realising.they_start_it(lina, pilot)
    realising.they_measure(lina, pilot, "55", "2020-09-15")
    realising.a_leader_says_what_it_asks_next(company.leader, pilot, NEXT_QUESTION)
    walk.paths["adoption"] = realising.another_municipality_takes_it_on(lina, pilot, "Varberg")


def _it_is_given_back(walk: Walk) -> None:
    company, leader = walk.company, walk.company.leader
    giving_back.a_leader_tells_those_who_told(leader, walk.path("pilot"), text=ECHO, in_dari=ECHO_IN_DARI)
    amir: Person = company.somebody("Amir", language="prs")
    listening.they_come_back(amir, walk.codes["Amir"])
    giving_back.the_teller_reads_it(amir, story=IN_DARI, answer=ANSWER_IN_DARI, echo=ECHO_IN_DARI)
    giving_back.they_see_who_has_read_it(amir)
    giving_back.the_lab_sees_that_it_was_read(leader, company.at("thread/echoes/"), ECHO)
    giving_back.the_whole_thread_can_be_seen(leader, walk.path("adoption"), ALOUD, LOCKED, LOST, INSIGHT, QUESTION, IDEA, PROTOTYPE)
