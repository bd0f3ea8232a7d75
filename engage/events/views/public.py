"""The list, the calendar and the page of an event, for everybody."""

from engage.core.pages import Panel

PANELS: tuple[Panel, ...] = ()
