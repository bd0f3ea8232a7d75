""""Tell me of new events", by letter."""

from engage.core.tokens import LinkKind

LINKS: tuple[LinkKind, ...] = ()
