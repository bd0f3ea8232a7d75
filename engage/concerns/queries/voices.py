"""Whose a concern is: those who raised it or said that it matters to them too."""

from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from engage.concerns.models import Concern, Voice
from engage.concerns.queries import concerns
from engage.concerns.rules import codes
from engage.core import db, secrets
from engage.core.access import Actor
from engage.core.refusal import NotFound


def counts() -> ColumnElement[bool]:
    """Return the criterion for voices that count: authors, and whoever has proven that they are somebody."""
    return or_(Voice.is_author, Voice.proven_at.is_not(None))


def number_of() -> ColumnElement[int]:
    """Return how many a concern matters to, as a column of a select of concerns."""
    counted = select(func.count()).select_from(Voice).where(Voice.concern_id == Concern.id, counts())
    return counted.correlate(Concern).scalar_subquery()


def voice(voice_id: UUID) -> Voice | None:
    """Return a voice with its concern, and what it was merged from."""
    whole = (joinedload(Voice.concern), joinedload(Voice.merged_from))
    wanted = select(Voice).where(Voice.id == voice_id).options(*whole)
    return db.session().scalars(wanted.execution_options(populate_existing=True)).one_or_none()


def revocation(voice_id: UUID) -> int | None:
    """Return the number that ends a voice's links, None where there is no such voice."""
    return db.session().scalar(select(Voice.revocation).where(Voice.id == voice_id))


def locked(voice_id: UUID) -> Voice:
    """Return a voice, its concern locked before it until the transaction ends. Raises NotFound."""
    concern_id = db.session().scalar(select(Voice.concern_id).where(Voice.id == voice_id))
    if concern_id is None:
        raise NotFound
    concerns.locked(concern_id)
    wanted = select(Voice).where(Voice.id == voice_id).with_for_update()
    found = db.session().scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    return found


def of_concern(concern_id: UUID) -> list[Voice]:
    return list(db.session().scalars(select(Voice).where(Voice.concern_id == concern_id).order_by(Voice.at, Voice.id)))


def heard(concern_id: UUID) -> list[Voice]:
    """Return those who want to hear what comes of a concern, and have proven their address."""
    wanted = select(Voice).where(
        Voice.concern_id == concern_id, Voice.proven_at.is_not(None), Voice.ended_at.is_(None), Voice.address_id.is_not(None)
    )
    return list(db.session().scalars(wanted.order_by(Voice.at, Voice.id)))


def of_address(address_id: UUID) -> list[Voice]:
    return list(db.session().scalars(select(Voice).where(Voice.address_id == address_id).order_by(Voice.at, Voice.id)))


def of_person(person_id: UUID, address_id: UUID | None) -> list[Voice]:
    """Return the voices of an account, or of an address that was somebody's."""
    theirs = Voice.person_id == person_id
    if address_id is not None:
        theirs = or_(theirs, Voice.address_id == address_id)
    return list(db.session().scalars(select(Voice).where(theirs).order_by(Voice.at, Voice.id)))


def of_actor(actor: Actor) -> list[Voice]:
    """Return somebody's own voices with their concerns, newest first."""
    mine = or_(Voice.person_id == actor.person_id, Voice.address_id.in_(actor.addresses))
    wanted = select(Voice).where(mine, counts()).options(joinedload(Voice.concern))
    return list(db.session().scalars(wanted.order_by(Voice.at.desc(), Voice.id)))


def first_of_form(form_key: str) -> Voice | None:
    """Return the author's voice of a form that was sent before, wherever it was merged to since."""
    raised = select(Concern.id).where(Concern.form_key == form_key).scalar_subquery()
    wanted = select(Voice).where(Voice.is_author, or_(Voice.concern_id == raised, Voice.merged_from_id == raised))
    return db.session().scalars(wanted.order_by(Voice.at, Voice.id).limit(1)).first()


def code_hash(code: str) -> str:
    """Return the hash a code is found by."""
    return secrets.keyed_hash(f"concern code {code}")


def by_code(typed: str) -> Voice | None:
    """Return the voice of a code, in whatever way it was typed."""
    wanted = select(Voice).where(Voice.code_hash == code_hash(codes.read(typed)))
    return db.session().scalars(wanted).one_or_none()

