"""Raising a concern, with or without saying who one is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engage.concerns import facts, policy
from engage.concerns.actions import following
from engage.concerns.actions.versions import grow_lists
from engage.concerns.models import Concern, ConcernStep, Voice
from engage.concerns.queries import concerns as queries
from engage.concerns.queries import voices
from engage.concerns.rules import codes
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import db, ledger, secrets
from engage.core.access import NOBODY, Actor
from engage.core.refusal import NotFound, Refused, require
from engage.core.text import Localized
from engage.messages import actions as messages
from engage.messages.rules import Topic
from engage.places import queries as places
from engage.programmes import queries as programmes


@dataclass(frozen=True)
class Given:
    """What somebody wants the city to hear. Without an `email` they stay anonymous, and get a code."""

    text: str
    language: str
    form_key: str
    locale: str  # of the letters about it
    email: str = ""
    wants_letters: bool = True
    place: str = ""
    event_id: UUID | None = None
    programme_id: UUID | None = None
    neighbourhood_id: UUID | None = None
    theme_id: UUID | None = None


@dataclass(frozen=True)
class Raised:
    """What was raised, by which voice; `code` is for an anonymous author alone."""

    concern_id: UUID
    voice_id: UUID
    code: str = ""


def raise_concern(*, given: Given, by: Actor, now: datetime, is_typed_in: bool = False) -> Raised:
    """Make a concern public at once; the same form sent twice is one. Raises NotAllowed, Refused."""
    if not given.text:
        raise Refused(Reason.EMPTY)
    address_id = messages.address_for_mail(value=given.email, now=now).id if given.email else None
    if given.event_id is not None:
        queries.hold_meeting(given.event_id)  # before the lists, as whoever publishes its agenda does
    grow_lists()  # two presses of one button stand in line from here on
    if known := voices.first_of_form(given.form_key):
        return _as_raised(known, given)
    concern = _concern(given, now)
    require(not is_typed_in or policy.may_type_in(by, concern.neighbourhood_id))
    db.session().add(concern)
    db.session().flush()
    db.session().add(ConcernStep(concern_id=concern.id, step=Step.RAISED, at=now, event_id=concern.event_id))
    voice = _author(concern, address_id, given, by, now)
    is_nobody = not given.email and not is_typed_in  # the ledger must not know either
    ledger.record(facts.ConcernRaised(concern.id), by=NOBODY if is_nobody else by)
    return _as_raised(voice, given)


def _as_raised(voice: Voice, given: Given) -> Raised:
    """Return what was raised, with its code only where that voice has one: no form opens what a letter must prove."""
    code = _code(given)
    return Raised(voice.concern_id, voice.id, code if voice.code_hash == voices.code_hash(code) else "")


def _code(given: Given) -> str:
    """Return the code of a form: always the same, so that a second press of the button shows it too."""
    return codes.spelled(secrets.keyed_hash(f"concern form {given.form_key}"), secrets.CODE_ALPHABET)


def _concern(given: Given, now: datetime) -> Concern:
    try:
        programme_id, neighbourhood_id = _about(given)
    except NotFound as error:
        raise Refused(Reason.NO_SUCH_THING) from error
    if given.theme_id and given.theme_id not in {theme.id for theme in queries.themes_for(programme_id, neighbourhood_id)}:
        raise Refused(Reason.NO_SUCH_THING)
    return Concern(
        programme_id=programme_id, neighbourhood_id=neighbourhood_id, event_id=given.event_id, theme_id=given.theme_id,
        body=Localized.of(given.language, given.text), place=given.place, step=Step.RAISED, form_key=given.form_key,
        raised_at=now, version=1,
    )


def _about(given: Given) -> tuple[UUID | None, UUID | None]:
    """Return programme and neighbourhood: a meeting has its own. Raises NotFound."""
    if given.event_id is not None:
        event = queries.meeting(given.event_id)
        return event.programme_id, event.neighbourhood_id
    if given.programme_id is not None:
        programmes.programme(given.programme_id)
    if given.neighbourhood_id is not None:
        places.area(given.neighbourhood_id)
    return given.programme_id, given.neighbourhood_id


def _author(concern: Concern, address_id: UUID | None, given: Given, by: Actor, now: datetime) -> Voice:
    """Write down whose concern it is: an own address counts at once, another is asked by letter, none gets a code."""
    voice = Voice(
        concern_id=concern.id, is_author=True, address_id=address_id, locale=given.locale, at=now, revocation=0,
        code_hash=None if address_id else voices.code_hash(_code(given)), ended_at=None if given.wants_letters else now,
    )
    if address_id in by.addresses:
        voice.person_id, voice.proven_at = by.person_id, now
    db.session().add(voice)
    db.session().flush()
    if voice.proven_at is None:
        following.ask_proof(voice, now=now)
    elif address_id is not None and given.wants_letters:
        messages.resume_topic(address_id=address_id, topic=Topic.CONCERNS)
    return voice
