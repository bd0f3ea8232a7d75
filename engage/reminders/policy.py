"""Who may see who was not reached."""

from typing import Protocol
from uuid import UUID

from engage.core.access import Actor


class Matter(Protocol):
    @property
    def neighbourhood_id(self) -> UUID | None: ...


def may_see_unreached(actor: Actor, matter: Matter) -> bool:
    """Staff of the area: they call. Hosts see no contacts."""
    return actor.is_staff(matter.neighbourhood_id)


def may_plan(actor: Actor) -> bool:
    """Reminders follow from what others did; only the city's clock plans and drops them."""
    return actor.is_clock
