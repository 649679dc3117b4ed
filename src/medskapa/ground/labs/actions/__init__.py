"""The verbs of a lab, sorted by what they are about."""

from medskapa.ground.labs.actions.calendar import edit_gathering, plan_gathering
from medskapa.ground.labs.actions.codes import change_code, new_pseudonym
from medskapa.ground.labs.actions.invitations import invite, take_back_invitation, use_invitation
from medskapa.ground.labs.actions.lab import close_lab, edit_lab, open_lab, start_lab, word, word_all
from medskapa.ground.labs.actions.people import (
    add_participation,
    agree,
    edit_participation,
    end_role,
    give_role,
    withdraw_agreement,
)
from medskapa.ground.labs.actions.settings import (
    add_help_contact,
    add_phase,
    edit_help_contact,
    edit_phase,
    remove_help_contact,
    remove_phase,
)
from medskapa.ground.labs.actions.vouching import confirm_language, note_reading, take_back_vouching

__all__ = [
    "add_help_contact",
    "add_participation",
    "add_phase",
    "agree",
    "change_code",
    "close_lab",
    "confirm_language",
    "edit_gathering",
    "edit_help_contact",
    "edit_lab",
    "edit_participation",
    "edit_phase",
    "end_role",
    "give_role",
    "invite",
    "new_pseudonym",
    "note_reading",
    "open_lab",
    "plan_gathering",
    "remove_help_contact",
    "remove_phase",
    "start_lab",
    "take_back_invitation",
    "take_back_vouching",
    "use_invitation",
    "withdraw_agreement",
    "word",
    "word_all",
]
