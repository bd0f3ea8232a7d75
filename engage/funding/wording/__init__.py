"""Funding in the reader's language: why something can't be done, what happened, what things are called."""

from engage.events.wording import explain_holds
from engage.funding.wording.facts import FACTS
from engage.funding.wording.holds import HOLDS
from engage.funding.wording.reasons import WORDING

__all__ = ["FACTS", "WORDING"]

explain_holds(dict(HOLDS))
