"""Concerns in the reader's language: why something can't be done, what happened, what things are called."""

from engage.concerns.wording.facts import FACTS
from engage.concerns.wording.reasons import WORDING

__all__ = ["FACTS", "WORDING"]
