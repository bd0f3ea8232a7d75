"""What tests of concerns share: raising one by the form's words, and reading the letters that would leave."""

from sqlalchemy import select

from engage.concerns.actions import raising
from engage.concerns.actions.raising import Given
from engage.concerns.letters import LETTERS
from engage.core import db
from engage.messages.letters import write
from engage.messages.models import OutboxLetter
from engage.messages.rules import State
from tests import factories as make
from tests.conftest import NOW
from tests.factories.base import count

ARABIC = "الشارع أمام المدرسة مظلم جدا في المساء."


def do(action, **values):
    with db.transaction():
        return action(**{"now": NOW, **values})


def given(text="The street is dark.", **values):
    fresh = f"form-key-of-a-test-{next(count):04}"
    return Given(**{"text": text, "language": "en", "locale": "en", "form_key": fresh, **values})


def raised(text="The street is dark.", by=None, **values):
    return do(raising.raise_concern, given=given(text, **values), by=by or make.actor())


def letters(kind="", now=NOW):
    """The letters that would leave now, as they would be read, in the order they were posted."""
    due = select(OutboxLetter).where(OutboxLetter.state == State.DUE)
    rows = db.session().scalars(due.order_by(OutboxLetter.created_at, OutboxLetter.about))
    found = [row for row in rows if row.kind.startswith(f"concerns.{kind}")]
    rendered = (LETTERS[row.kind].render(row.facts, now) for row in found)
    return [write(letter) for letter in rendered if letter]


def holder(voice_id):
    return make.actor(links=frozenset({("voice", voice_id)}))
