"""Letters to those a concern matters to, and what becomes of their voices when they move or leave."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from engage.concerns.actions.versions import grow
from engage.concerns.models import Concern, ConcernStep, Voice
from engage.concerns.queries import voices
from engage.core import db
from engage.core.access import Actor
from engage.messages import actions as messages

TOLD_FOR = timedelta(days=14)  # a step is still worth a letter that late
PROOF_FOR = timedelta(days=7)
STEP, MERGED = "concerns.step", "concerns.merged"


def tell_step(concern: Concern, step: ConcernStep, *, now: datetime) -> None:
    """Tell everybody a concern matters to that it came a step further: once for each address and step."""
    for voice in voices.heard(concern.id):
        tell_one(voice, step, now=now)


def tell_one(voice: Voice, step: ConcernStep, *, now: datetime) -> None:
    """Tell one of those a concern matters to of a step."""
    _post(voice, _about_step(step), STEP, now, step_id=step.id)


def _about_step(step: ConcernStep) -> str:
    return f"concern-step:{step.id}"


def spare(voice: Voice, steps: Collection[ConcernStep], *, now: datetime) -> None:
    """Let letters about some steps not leave: whose voice it is hears the same otherwise."""
    messages.drop_about(abouts=[f"{_about_step(step)}:{voice.address_id}" for step in steps], now=now)


def tell_hidden(concern: Concern, *, now: datetime) -> None:
    """Tell the authors that what they raised is hidden, and why."""
    for voice in voices.heard(concern.id):
        if voice.is_author:
            _post(voice, f"concern-hidden:{concern.id}:{now:%Y%m%dT%H%M%S}", "concerns.hidden", now)


def tell_merged(moved: Collection[Voice], source: Concern, *, now: datetime) -> None:
    """Tell those who raised or supported a concern that it goes on as part of another."""
    for voice in moved:
        if voice.proven_at is not None and voice.ended_at is None and voice.address_id is not None:
            messages.drop(thread=_thread(voice), kinds={MERGED}, now=now)  # joined once more before that letter left
            _post(voice, f"concern-merged:{source.id}", MERGED, now)


def ask_proof(voice: Voice, *, now: datetime) -> None:
    """Send the letter whose link proves an address: at most one an hour, however often the form is sent."""
    if voice.address_id is not None:
        messages.post(
            about=f"voice:{voice.id}:{now:%Y%m%d%H}", kind="concerns.proof", to=voice.address_id, now=now,
            expires_at=now + PROOF_FOR, facts={"voice_id": voice.id},
        )


def _post(voice: Voice, about: str, kind: str, now: datetime, **facts: UUID) -> None:
    if voice.address_id is not None:
        messages.post(
            about=f"{about}:{voice.address_id}", kind=kind, to=voice.address_id, now=now, expires_at=now + TOLD_FOR,
            facts={"voice_id": voice.id, **facts}, thread=_thread(voice),
        )


def _thread(voice: Voice) -> str:
    return f"voice:{voice.id}"


def join_voices(voice: Voice, same: Voice) -> None:
    """Make one voice of two that are the same person's: an author stays one, letters go on if either wanted them.

    What has not left for the one leaves for the other.
    """
    db.session().delete(voice)
    db.session().flush()  # first: until it is gone, nobody else may have its account or address
    messages.hand_on(thread=_thread(voice), to=_thread(same), facts={"voice_id": same.id})
    same.is_author = same.is_author or voice.is_author
    same.proven_at = min(filter(None, (same.proven_at, voice.proven_at)), default=None)
    same.ended_at = same.ended_at if voice.ended_at is not None else None
    same.merged_from_id = same.merged_from_id or voice.merged_from_id
    same.person_id = same.person_id or voice.person_id
    db.session().flush()


def follow_person(*, old_id: UUID, new_id: UUID, by: Actor) -> None:
    """Let voices follow somebody to their new address; where both spoke, they are one."""
    for voice in voices.of_address(old_id):
        others = [other for other in voices.of_concern(voice.concern_id) if other.id != voice.id]
        same = next((other for other in others if other.address_id == new_id), None)
        if same is not None:
            join_voices(voice, same)
            grow(same.concern_id)
        else:
            voice.address_id = new_id
            voice.revocation += 1  # links in letters to the old address open nothing any more


def forget_person(*, person_id: UUID, address_id: UUID | None, by: Actor) -> None:
    """Forget whose the voices of somebody were who leaves: what they raised stays, as raised by nobody in particular."""
    for voice in voices.of_person(person_id, address_id):
        if voice.is_author:
            voice.person_id = voice.address_id = None
        else:
            db.session().delete(voice)
            grow(voice.concern_id)
