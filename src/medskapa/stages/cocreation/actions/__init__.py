"""What people do with challenges, ideas, teams, prototypes and trials."""

from medskapa.stages.cocreation.actions.challenges import (
    ask_again,
    close_challenge,
    edit_challenge,
    keep_promise,
    open_challenge,
    promise,
    write_challenge,
)
from medskapa.stages.cocreation.actions.ideas import edit_idea, set_aside_idea, share_idea, take_up_idea
from medskapa.stages.cocreation.actions.prototypes import (
    add_version,
    edit_prototype,
    edit_version,
    make_prototype,
    stop_prototype,
    take_up_prototype,
)
from medskapa.stages.cocreation.actions.teams import edit_team, join_team, leave_team, make_team
from medskapa.stages.cocreation.actions.trials import edit_trial, note_trial, plan_trial

__all__ = [
    "add_version",
    "ask_again",
    "close_challenge",
    "edit_challenge",
    "edit_idea",
    "edit_prototype",
    "edit_team",
    "edit_trial",
    "edit_version",
    "join_team",
    "keep_promise",
    "leave_team",
    "make_prototype",
    "make_team",
    "note_trial",
    "open_challenge",
    "plan_trial",
    "promise",
    "set_aside_idea",
    "share_idea",
    "stop_prototype",
    "take_up_idea",
    "take_up_prototype",
    "write_challenge",
]
