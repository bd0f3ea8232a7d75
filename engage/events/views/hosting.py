"""Proposing and hosting an event."""

from engage.core.pages import Panel
from engage.core.tokens import LinkKind

LINKS: tuple[LinkKind, ...] = ()
PANELS: tuple[Panel, ...] = ()
