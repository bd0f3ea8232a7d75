"""What every change of an application shares: the move from one state to another, notes, the letter about it."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import update

from engage.core import db, i18n, ledger
from engage.core.access import Actor
from engage.core.refusal import Refused
from engage.events.actions import telling
from engage.funding import facts
from engage.funding.actions import budget
from engage.funding.models import Application, Note
from engage.funding.rules import states
from engage.funding.rules.reasons import Reason
from engage.funding.rules.states import State

# What the pages of a round tell apart; awards and money given back grow them with the budget.
SHOWN_PUBLICLY = frozenset({State.REPORTED, State.SETTLED, State.LAPSED})


def move(
    application: Application, to: State, *, by: Actor, now: datetime, note: str = "", is_told: bool = True, **values: Any
) -> None:
    """Move a locked application to another state, with a line in its history and a letter to each host.

    `values` are columns that change with it. Raises Refused where the table says no, or somebody was faster.
    """
    if reason := states.transition_refusal(State(application.state), to):
        raise Refused(reason, state=State(application.state))
    written = write(application, note, by=by, now=now) if note else None
    step = update(Application).where(Application.id == application.id, Application.state == application.state)
    step = step.values(state=to, sequence=Application.sequence + 1, **values).returning(Application.id)
    if db.session().execute(step.execution_options(synchronize_session=False)).first() is None:
        raise Refused(Reason.CHANGED_MEANWHILE)
    db.session().refresh(application, ["state", "sequence", *values])
    if to in SHOWN_PUBLICLY:
        budget.grow_page(application.round_id)
    note_id = written.id if written else None
    ledger.record(facts.ApplicationMoved(application.id, application.round_id, application.event_id, to, note_id), by=by)
    if is_told:
        _tell(application, note_id, now)


def write(
    application: Application, body: str, *, note_id: UUID | None = None, by: Actor, now: datetime, is_internal: bool = False
) -> Note:
    """Keep a note about an application in the language of whoever writes it."""
    note = Note(
        id=note_id or uuid4(), application_id=application.id, author_id=by.person_id, is_internal=is_internal,
        locale=i18n.locale(), body=body, at=now,
    )
    db.session().add(note)
    db.session().flush()
    return note


def _tell(application: Application, note_id: Any, now: datetime) -> None:
    details = {"application_id": application.id, "state": application.state, "note_id": note_id}
    about = f"funding:{application.id}:{application.sequence}"
    telling.tell_hosts(application.event, "funding.moved", about=about, now=now, **details)
