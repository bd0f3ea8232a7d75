"""Letters of programmes: from ids and facts to what somebody reads."""

from engage.messages.letters import LetterKind

LETTERS: dict[str, LetterKind] = {}
