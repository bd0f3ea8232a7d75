"""The one page of an application, shown again with what somebody typed into one of its panels."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from flask import g, render_template

from engage.core import access
from engage.core.fields import Form
from engage.funding import policy
from engage.funding.queries import applications
from engage.funding.wording import labels

F = TypeVar("F", bound=Form)
Page = tuple[str, int]


def page(application_id: UUID, *, problem: str = "", status: int = 200, **filled: Form) -> Page:
    """Render an application's page; a panel finds its form of a name in `filled` by `form_of`. Raises NotFound."""
    found = applications.for_actor(application_id, access.actor())
    g.funding_forms = filled
    return render_template("funding/application.html", application=found, labels=labels, policy=policy, problem=problem), status


def form_of(name: str, fresh: Callable[[], F]) -> F:
    """Return the form of a panel as it was sent, or a fresh one."""
    return g.get("funding_forms", {}).get(name) or fresh()
