"""Who may choose the letters of an address."""

from uuid import UUID

from engage.core.access import Actor


def may_choose(actor: Actor, address_id: UUID) -> bool:
    """Say yes to who holds the link of a letter that went there, and to the person whose address it is."""
    return actor.holds("unsubscribe", address_id) or address_id in actor.addresses
