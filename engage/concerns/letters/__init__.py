"""Letters of concerns: from ids to what somebody reads."""

from engage.concerns.letters import consulting, raising
from engage.messages.letters import LetterKind

LETTERS: dict[str, LetterKind] = {**raising.LETTERS, **consulting.LETTERS}
