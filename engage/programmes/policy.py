"""Who may do what with programmes."""

from typing import Protocol
from uuid import UUID

from engage.core.access import Actor, Role
from engage.programmes.rules import Proposers


class Proposable(Protocol):
    """What a programme says of who may propose its events."""

    @property
    def who_may_propose(self) -> Proposers: ...

    @property
    def is_active(self) -> bool: ...
    @property
    def is_closed(self) -> bool: ...


def may_edit(actor: Actor) -> bool:
    """Administrators of the whole city change how a format works; the command line installs kits."""
    return actor.is_clock or actor.is_administrator


def may_edit_themes(actor: Actor, area: UUID | None = None) -> bool:
    """Staff of a neighbourhood name its themes; those of a programme are the whole city's staff's."""
    return actor.is_clock or actor.is_staff(area)


def may_look(actor: Actor) -> bool:
    """Staff see how every programme is set."""
    return actor.has_role(Role.STAFF, Role.ADMINISTRATOR, anywhere=True)


def may_propose(actor: Actor, programme: Proposable, *, trains_later: bool = False) -> bool:
    """Staff may always; others as the programme says, and never in a closed one.

    Who `trains_later` may begin, and waits with the rest.
    """
    if not programme.is_active or not actor.is_signed_in:
        return False
    if actor.has_role(Role.STAFF, Role.ADMINISTRATOR, anywhere=True):
        return True
    if programme.is_closed:
        return False
    if programme.who_may_propose == Proposers.TRAINED:
        return actor.is_trained or trains_later
    return programme.who_may_propose == Proposers.ANYONE
