"""What people read about calls, applications, reviews and decisions."""

from medskapa.stages.selection.queries.applications import (
    applications_of,
    is_applicant,
    is_hidden_from,
    judges_call,
    may_judge,
    prefilled,
    readable_applications,
    starting_points,
    unjudged_by,
    visible_applications,
)
from medskapa.stages.selection.queries.calls import call_with_criteria, close_ones, jurors_of, open_calls, seat_of, visible_calls
from medskapa.stages.selection.queries.decisions import (
    all_best_interests,
    is_for,
    not_selected_count,
    readable_decisions,
    undecided,
    visible_best_interests,
    visible_decisions,
)
from medskapa.stages.selection.queries.judging import Judged, Judging, Mark, judging_of
from medskapa.stages.selection.queries.reviews import criteria_of, is_own, own_review, reviews_of, visible_reviews
from medskapa.stages.selection.queries.roles import must_be_able_to_apply

__all__ = [
    "Judged",
    "Judging",
    "Mark",
    "all_best_interests",
    "applications_of",
    "call_with_criteria",
    "close_ones",
    "criteria_of",
    "is_applicant",
    "is_for",
    "is_hidden_from",
    "is_own",
    "judges_call",
    "judging_of",
    "jurors_of",
    "may_judge",
    "must_be_able_to_apply",
    "not_selected_count",
    "open_calls",
    "own_review",
    "prefilled",
    "readable_applications",
    "readable_decisions",
    "reviews_of",
    "seat_of",
    "starting_points",
    "undecided",
    "unjudged_by",
    "visible_applications",
    "visible_best_interests",
    "visible_calls",
    "visible_decisions",
    "visible_reviews",
]
