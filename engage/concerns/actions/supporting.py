""""This matters to me too": once for each account or proven address, and the letters about it."""

from datetime import datetime
from uuid import UUID

from engage.accounts import queries as accounts
from engage.concerns import facts, policy
from engage.concerns.actions import following
from engage.concerns.actions.versions import grow
from engage.concerns.models import Voice
from engage.concerns.queries import concerns as queries
from engage.concerns.queries import voices
from engage.concerns.rules.merging import same_voice
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import db, ledger
from engage.core.access import Actor
from engage.core.refusal import NotFound, Refused, require
from engage.messages import actions as messages
from engage.messages.rules import Topic


def support(*, concern_id: UUID, email: str, locale: str, by: Actor, now: datetime) -> bool:
    """Count one more voice; say whether it counts at once, or a letter asks first. Raises NotFound, Refused.

    Signed-in people need no `email`. To others known and unknown addresses look the same.
    """
    concern = queries.stand_in(concern_id)
    if not queries.is_shown(concern):
        raise NotFound
    voice = Voice(concern_id=concern.id, locale=locale, at=now, revocation=0, **_who(email, by, now))
    known = same_voice(voice, voices.of_concern(concern.id))
    is_own = voice.person_id is not None
    if known is not None and is_own and known.proven_at is not None:
        raise Refused(Reason.ALREADY_COUNTED)
    if known is None and concern.step == Step.DONE:
        raise Refused(Reason.IS_DONE)
    voice = known or _added(voice)
    if not is_own:
        following.ask_proof(voice, now=now)
        return False
    _prove(voice, by=by, now=now)
    return True


def _who(email: str, by: Actor, now: datetime) -> dict[str, UUID | None]:
    """Return whose voice it is: somebody signed in speaks for themselves, unless they type another address."""
    if by.person_id is not None and not email:
        return {"person_id": by.person_id, "address_id": accounts.main_address_id(by.person_id)}
    address = messages.address_for_mail(value=email, now=now)
    is_own = address.id in by.addresses
    return {"person_id": by.person_id if is_own else None, "address_id": address.id}


def _added(voice: Voice) -> Voice:
    db.session().add(voice)
    db.session().flush()
    return voice


def _prove(voice: Voice, *, by: Actor, now: datetime) -> None:
    is_new = voice.proven_at is None
    voice.proven_at, voice.ended_at = voice.proven_at or now, None
    if voice.address_id is not None:
        messages.resume_topic(address_id=voice.address_id, topic=Topic.CONCERNS)
    db.session().flush()
    if is_new:
        grow(voice.concern_id)
        ledger.record(facts.ConcernSupported(voice.concern_id), by=by)


def confirm(*, voice_id: UUID, by: Actor, now: datetime) -> None:
    """Let a voice count and its letters begin, or begin again. Raises NotFound, NotAllowed."""
    voice = voices.locked(voice_id)
    require(policy.is_own(by, voice))
    if voice.address_id is None:
        raise NotFound
    _join_account(voice)
    _prove(voice, by=by, now=now)


def _join_account(voice: Voice) -> None:
    """Make one voice of two where the address is that of an account which has spoken already: everybody counts once."""
    person = accounts.holder(voice.address_id) if voice.address_id else None
    if person is None:
        return
    others = [other for other in voices.of_concern(voice.concern_id) if other.id != voice.id]
    for other in others:
        if other.person_id == person.id:
            following.join_voices(other, voice)
    voice.person_id = person.id


def end(*, voice_id: UUID, by: Actor, now: datetime) -> UUID:
    """End the letters about a concern and return its id; an address that was never proven is let go altogether.

    Raises NotFound, NotAllowed.
    """
    voice = voices.locked(voice_id)
    require(policy.is_own(by, voice))
    concern_id = voice.concern_id
    if voice.proven_at is not None:
        voice.ended_at = voice.ended_at or now
    elif voice.is_author:
        voice.address_id = None
    else:
        db.session().delete(voice)
    return concern_id

