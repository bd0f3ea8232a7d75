"""Who may say how it was, and who may see what was said."""

from uuid import UUID

from engage.core.access import Actor

PURPOSE = "feedback"  # of the personal link


def may_answer(actor: Actor, ticket_id: UUID) -> bool:
    """Whoever holds the link in the letter; being signed in gives nothing here."""
    return actor.holds(PURPOSE, ticket_id)
