"""Pages made of many features: each offers its part, none knows the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask, render_template, request
from flask import current_app as app
from markupsafe import Markup

from engage.core import access
from engage.core.access import Actor


@dataclass(frozen=True)
class Panel:
    """A part that a feature shows on a page of another: "event" (the host's and staff's page of one
    event), "meeting" (everybody's page of it, whose two statements are spent), "my", "neighbourhood".
    `load(actor, subject)` gives the template's context, or None where this reader has nothing to see."""

    where: str
    position: int
    template: str
    load: Callable[[Actor, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Queue:
    """Something on the desk that waits for staff: how many, and the page where it is settled.

    What is counted are the rows of one list on that page; `anchor` is the list's id, so that the desk leads to it.
    """

    name: Any  # a lazy text, "Proposals to review"
    endpoint: str
    count: Callable[[Actor], int]
    roles: tuple[access.Role, ...] = (access.Role.STAFF, access.Role.ADMINISTRATOR)
    anchor: str = "waiting"


def offer_panels(flask_app: Flask, panels: Iterable[Panel], queues: Iterable[Queue]) -> None:
    """Take up what a feature shows on pages of others."""
    flask_app.extensions.setdefault("panels", []).extend(panels)
    flask_app.extensions.setdefault("queues", []).extend(queues)


def render_panels(where: str, subject: Any = None) -> Markup:
    """Return the panels of a page, in order, for this reader."""
    shown = sorted((panel for panel in app.extensions["panels"] if panel.where == where), key=lambda panel: panel.position)
    actor = _reader()
    loaded = ((panel.template, panel.load(actor, subject)) for panel in shown)
    parts = (render_template(template, **context) for template, context in loaded if context is not None)
    return Markup("").join(map(Markup, parts))


def _reader() -> Actor:
    """Return who looks; on a page that is the same for everybody, nobody in particular."""
    mark = access.mark_of(app.view_functions[request.endpoint]) if request.endpoint else None
    return access.NOBODY if mark and mark.kind == "public" else access.actor()


def queues() -> list[tuple[Queue, int]]:
    """Return what waits for this reader on the desk, with counts."""
    actor = access.actor()
    mine = (queue for queue in app.extensions["queues"] if actor.has_role(*queue.roles, anywhere=True))
    return [(queue, queue.count(actor)) for queue in mine]
