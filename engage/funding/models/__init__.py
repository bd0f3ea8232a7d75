"""Tables of funding. A round's awards move by one conditional UPDATE under its CHECK, never otherwise."""

from engage.funding.models.after import File, Payment, Receipt, Report
from engage.funding.models.applications import Agreement, Application, BudgetLine, CoachNote, Note, Review, Training
from engage.funding.models.rounds import FundingRound, RoundArea, RoundProgramme

__all__ = [
    "Agreement", "Application", "BudgetLine", "CoachNote", "File", "FundingRound", "Note", "Payment", "Receipt", "Report",
    "Review", "RoundArea", "RoundProgramme", "Training",
]
