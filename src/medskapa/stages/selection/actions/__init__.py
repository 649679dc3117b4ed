"""What people do with calls, applications, reviews and decisions."""

from medskapa.stages.selection.actions.applications import (
    declare_conflict,
    edit_application,
    read_applications,
    send_application,
    take_back_application,
    write_application,
)
from medskapa.stages.selection.actions.calls import (
    add_criterion,
    decide_call,
    edit_call,
    edit_criterion,
    judge_call,
    open_call,
    remove_criterion,
    seat_juror,
    unseat_juror,
    write_call,
)
from medskapa.stages.selection.actions.decisions import edit_best_interests, take_decision, write_best_interests
from medskapa.stages.selection.actions.reviews import send_review, write_review

__all__ = [
    "add_criterion",
    "decide_call",
    "declare_conflict",
    "edit_application",
    "edit_best_interests",
    "edit_call",
    "edit_criterion",
    "judge_call",
    "open_call",
    "read_applications",
    "remove_criterion",
    "seat_juror",
    "send_application",
    "send_review",
    "take_back_application",
    "take_decision",
    "unseat_juror",
    "write_application",
    "write_best_interests",
    "write_call",
    "write_review",
]
