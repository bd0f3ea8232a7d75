"""Who may do what with concerns. Pure: judges plain values and rows, never asks the database."""

from typing import Protocol
from uuid import UUID

from engage.core.access import Actor


class Raised(Protocol):
    """What a policy needs to know of a concern."""

    @property
    def neighbourhood_id(self) -> UUID | None: ...


def may_tend(actor: Actor, concern: Raised) -> bool:
    """Staff of a concern's neighbourhood set its theme, merge, hide, translate and answer it."""
    return actor.is_staff(concern.neighbourhood_id)
