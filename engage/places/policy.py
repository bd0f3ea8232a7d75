"""Who may do what with places."""

from uuid import UUID

from engage.core.access import Actor, Role


def may_import(actor: Actor) -> bool:
    """Administrators of the whole city draw its map; so does the command line."""
    return actor.is_clock or actor.is_administrator


def may_see_venues(actor: Actor) -> bool:
    """Staff of any area see every venue."""
    return actor.has_role(Role.STAFF, Role.ADMINISTRATOR, anywhere=True)


def may_edit_venue(actor: Actor, neighbourhood_id: UUID) -> bool:
    """Staff keep the venues of their areas."""
    return actor.is_clock or actor.is_staff(neighbourhood_id)
