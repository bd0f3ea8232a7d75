"""What every change of an event shares: the move from one state to another, and the pages' versions."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm.attributes import set_committed_value

from engage.core import db
from engage.core.refusal import Refused
from engage.events import rules
from engage.events.models import Event, ListingVersion
from engage.events.rules import Reason, State


def move_state(event: Event, to: State, **values: Any) -> None:
    """Move an event to another state. Raises Refused where the table says no, or somebody was faster."""
    if refusal := rules.transition_refusal(event.state, to):
        raise Refused(refusal, state=event.state)
    move = update(Event).where(Event.id == event.id, Event.state == event.state).values(state=to, **values)
    moved = db.session().execute(move.returning(Event.id).execution_options(synchronize_session=False)).first()
    if moved is None:
        raise Refused(Reason.CHANGED_MEANWHILE)
    db.session().refresh(event, ["state", *values])


def grow_version(event: Event) -> None:
    """Say that the event's public page looks different now."""
    grow = update(Event).where(Event.id == event.id).values(version=Event.version + 1)
    number = db.session().scalar(grow.returning(Event.version).execution_options(synchronize_session=False))
    set_committed_value(event, "version", number)


def note_paper(*, event: Event, paper: str, is_shown: bool) -> None:
    """Have a locked event's public page name a paper that a feature above publishes, or name it no more."""
    if (paper in event.papers) != is_shown:
        event.papers = sorted({*event.papers, paper} - (set() if is_shown else {paper}))
        db.session().flush()
        grow_version(event)


def grow_listing(event: Event) -> None:
    """Say that the event's page and every list it stands in look different now."""
    grow_version(event)
    insert = postgresql.insert if db.db.engine.dialect.name == "postgresql" else sqlite.insert
    first = insert(ListingVersion).values(id=1, number=1)  # in a new city nobody has made the row yet
    db.session().execute(first.on_conflict_do_update(index_elements=["id"], set_={"number": ListingVersion.number + 1}))
