"""Who may do what with accounts. Pure."""

from uuid import UUID

from engage.core.access import Actor, Role

TICKET = "ticket"  # the purpose of links that work once


def may_use_ticket(actor: Actor, ticket_id: UUID) -> bool:
    """Only who opened the letter's link may press its button."""
    return actor.holds(TICKET, ticket_id)


def may_change_account(actor: Actor, person_id: UUID) -> bool:
    """An account is changed by its owner alone, and by whoever runs the machine."""
    return actor.is_clock or actor.person_id == person_id


def may_search_people(actor: Actor) -> bool:
    """Staff find people to give them a part in an event; where they work does not matter."""
    return actor.has_role(Role.STAFF, Role.ADMINISTRATOR, anywhere=True)


def may_see_contacts(actor: Actor) -> bool:
    """Contacts in full are for administrators; staff see enough to recognise one."""
    return actor.is_administrator


def may_train(actor: Actor) -> bool:
    """Staff note who has been trained."""
    return actor.is_clock or may_search_people(actor)


def may_prove_phones(actor: Actor, areas: frozenset[UUID] = frozenset()) -> bool:
    """Staff call a number to hear that its holder wants to be called: where they are known, or anybody who is known nowhere."""
    mine = actor.areas(Role.STAFF, Role.ADMINISTRATOR)
    return may_search_people(actor) and (mine is None or not areas or not areas.isdisjoint(mine))


def may_grant(actor: Actor) -> bool:
    """Administrators give and end roles, and so does who runs the machine."""
    return actor.is_clock or actor.is_administrator


def may_edit_city(actor: Actor) -> bool:
    """Settings and documents of the city are the administrators'."""
    return actor.is_clock or actor.is_administrator
