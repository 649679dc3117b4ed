"""What people type about calls, applications, reviews and decisions."""

from medskapa.stages.selection.forms.applications import ApplicationForm, ConflictForm, ReviewForm
from medskapa.stages.selection.forms.calls import CallForm, CriterionForm, JurorForm
from medskapa.stages.selection.forms.decisions import BestInterestsForm, DecisionForm

__all__ = ["ApplicationForm", "BestInterestsForm", "CallForm", "ConflictForm", "CriterionForm", "DecisionForm", "JurorForm", "ReviewForm"]
