"""Who has a place at a funded dinner, and who asks for one: what they said, without who they are."""

from uuid import UUID

from engage.funding.rules.mix import Party
from engage.registrations import queries as registrations
from engage.registrations.models import Registration
from engage.registrations.rules import State


def parties(event_id: UUID) -> tuple[list[Party], list[Party]]:
    """Return the parties with a place, and those whose request is open."""
    found = registrations.proven(event_id)
    return (
        [_party(row) for row in found if row.state == State.CONFIRMED],
        [_party(row) for row in found if row.state == State.REQUESTED],
    )


def _party(row: Registration) -> Party:
    return Party(row.neighbourhood_id, tuple(row.speaks), row.is_first_time)
