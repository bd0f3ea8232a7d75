"""Try an action with what a form says, and tell how it went."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from engage.core import db
from engage.core.fields import Form
from engage.core.refusal import Refused

T = TypeVar("T")


class Tried(NamedTuple):
    """How it went: done, or what to say on top of the filled page and its status."""

    is_done: bool
    problem: str = ""
    status: int = 200


def attempt(form: Form, act: Callable[[], object], *more: Form) -> Tried:
    """Do one action in a transaction if the page was sent and is whole; a refusal goes beside its field.

    A page may be made of several forms: the refusal goes into the first that has a field for it.
    """
    forms = (form, *more)
    if not form.is_submitted():
        return Tried(is_done=False)
    are_whole = [each.validate() for each in forms]  # each of them, so that every field says what is wrong
    if not all(are_whole):
        return Tried(is_done=False, status=422)
    try:
        with db.transaction():
            act()
    except Refused as refused:
        return Tried(is_done=False, problem=_shown(refused, forms), status=409)
    return Tried(is_done=True)


def attempted(form: Form, act: Callable[[], T], *more: Form) -> tuple[Tried, T | None]:
    """Do as `attempt`, and return what the action gave back as well: None where it was not done."""
    given: list[T] = []
    tried = attempt(form, lambda: given.append(act()), *more)
    return tried, given[0] if tried.is_done else None


def _shown(refused: Refused, forms: Sequence[Form]) -> str:
    """Put a refusal beside the fields it is about; return it for the top of the page where there are none."""
    missing = refused.details.get("missing", ())
    pointed = [form.point_out(missing) for form in forms]  # each of them, so that everything missing is marked
    if any(pointed):
        return ""
    fitting = next((form for form in forms if refused.reason in form.BESIDE), forms[0])
    return fitting.show(refused)
