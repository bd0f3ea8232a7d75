from uuid import uuid4

from engage.core import db
from engage.feedback.models import Answer, Result, Ticket
from engage.feedback.rules import OPEN_FOR
from tests.factories.base import keep


def _text(**texts):
    return {"source": "en", "texts": texts}


QUESTIONS = [
    {"key": "heard", "kind": "scale", "text": _text(en="Did people listen to you?", ar="هل استمعوا إليكم؟"), "options": []},
    {"key": "again", "kind": "choice", "text": _text(en="Would you come again?", fr="Reviendriez-vous ?"), "options": [
        {"key": "yes", "text": _text(en="Yes", fr="Oui")}, {"key": "no", "text": _text(en="No", fr="Non")},
    ]},
    {"key": "words", "kind": "text", "text": _text(en="What was good?"), "options": []},
]


def ticket(at, of=None, **values):
    """Leave to answer about an event, whose result is there from its first ticket on."""
    if db.session().get(Result, at.id) is None:
        keep(Result(event_id=at.id))
    registration_id = of.id if of else None
    return keep(Ticket(**{
        "id": uuid4(), "event_id": at.id, "registration_id": registration_id, "expires_at": at.ends_at + OPEN_FOR, **values,
    }))


def answer(at, said=None, **values):
    return keep(Answer(**{"event_id": at.id, "answers": said or {"heard": 4}, **values}))
