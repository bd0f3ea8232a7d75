"""Concerns in the reader's language: why something can't be done, what happened, what things are called."""

from engage.concerns.wording import consulting, facts, reasons
from engage.core.ledger import Names
from engage.core.refusal import Wording

WORDING: Wording = {**reasons.WORDING, **consulting.WORDING}
FACTS: Names = {**facts.FACTS, **consulting.FACTS}
