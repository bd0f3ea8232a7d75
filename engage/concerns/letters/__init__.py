"""Letters of concerns: from ids to what somebody reads."""

from engage.concerns.letters import consulting
from engage.messages.letters import LetterKind

LETTERS: dict[str, LetterKind] = {**consulting.LETTERS}
