"""Decide which concerns may become one, and whose voices are the same."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from engage.concerns.rules.reasons import Reason


class Side(Protocol):
    """What merging needs to know of a concern."""

    @property
    def id(self) -> UUID: ...
    @property
    def merged_into_id(self) -> UUID | None: ...
    @property
    def hidden_at(self) -> datetime | None: ...


class Who(Protocol):
    """What tells whose a voice is."""

    @property
    def person_id(self) -> UUID | None: ...
    @property
    def address_id(self) -> UUID | None: ...


W = TypeVar("W", bound=Who)


def change_refusal(concern: Side) -> Reason | None:
    """Say why staff can't work on a concern now, or None if they can."""
    if concern.merged_into_id is not None:
        return Reason.IS_MERGED
    return Reason.IS_HIDDEN if concern.hidden_at is not None else None


def merge_refusal(concern: Side, into: Side) -> Reason | None:
    """Say why a concern can't become part of another, or None if it can."""
    if concern.id == into.id:
        return Reason.INTO_ITSELF
    if into.merged_into_id == concern.id:
        return Reason.IN_A_CIRCLE
    if into.merged_into_id is not None:
        return Reason.INTO_MERGED
    if into.hidden_at is not None:
        return Reason.INTO_HIDDEN
    return change_refusal(concern)


def same_voice(voice: Who, others: Sequence[W]) -> W | None:
    """Return the voice among others that is the same person's, by account or by address. Anonymous ones are nobody's."""
    for other in others:
        is_person = voice.person_id is not None and voice.person_id == other.person_id
        is_address = voice.address_id is not None and voice.address_id == other.address_id
        if is_person or is_address:
            return other
    return None
