"""Write a row now, in the transaction under way or in one of its own."""

import itertools

from engage.core import db

count = itertools.count(1)


def keep(row):
    """Add and flush a row; commits only when no transaction is under way."""
    if db.is_open():
        db.session().add(row)
        db.session().flush()
        return row
    with db.transaction() as session:
        session.add(row)
    return row
