"""Try an action with what a form says, and tell how it went."""

from collections.abc import Callable

from engage.core import db, refusal
from engage.core.fields import Form


def attempt(form: Form, act: Callable[[], object]) -> tuple[bool, str, int]:
    """Do one action in a transaction if the form was sent and is whole: whether done, what was refused, the status."""
    if not form.is_submitted():
        return False, "", 200
    if not form.validate():
        return False, "", 422
    try:
        with db.transaction():
            act()
    except refusal.Refused as refused:
        return False, refusal.say(refused), 409
    return True, "", 200
