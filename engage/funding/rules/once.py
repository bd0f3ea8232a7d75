"""The same form sent twice makes one row: its id follows from the key the form was born with."""

from uuid import NAMESPACE_OID, UUID, uuid5


def id_of(form_key: str) -> UUID:
    """Return the id of what a form makes."""
    return uuid5(NAMESPACE_OID, form_key)
