"""Letters of concerns: from ids to what somebody reads."""

from engage.concerns.letters import consulting, raising
from engage.concerns.letters.acting import GIVEN, LATE, OVERDUE, tell_owner, tell_staff, thread
from engage.concerns.letters.acting import LETTERS as OF_ACTIONS
from engage.messages.letters import LetterKind

__all__ = ["GIVEN", "LATE", "LETTERS", "OVERDUE", "tell_owner", "tell_staff", "thread"]

LETTERS: dict[str, LetterKind] = {**raising.LETTERS, **consulting.LETTERS, **OF_ACTIONS}
