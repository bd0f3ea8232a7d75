from datetime import timedelta

from engage.concerns.models import ActionItem, Agenda, AgendaItem, Concern, MinutesItem, Voice
from engage.concerns.rules.meeting import ActionState
from engage.concerns.rules.steps import Step
from engage.core import secrets
from engage.core.text import Localized
from tests.conftest import NOW
from tests.factories.base import count, keep
from tests.factories.events import event

SAID = Localized.of("en", "The lamps are old.")


def raised(body="The marsh path is dark at night.", voices=1, **values):
    """A concern as it was raised, by somebody without a name and `voices` - 1 who support it."""
    return keep(Concern(**{
        "body": Localized.of("en", body), "form_key": f"concern-{next(count):06}-key", "raised_at": NOW, "step": Step.RAISED,
        "voices": [Voice(is_author=not number, locale="en", at=NOW, proven_at=NOW) for number in range(voices)], **values,
    }))


def agenda(of=None, items=("Welcome",), is_published=False):
    """A meeting's agenda with items of its own, ten minutes each."""
    of = of or event()
    made = keep(Agenda(event_id=of.id, version=1, published_at=NOW if is_published else None))
    for title in items:
        agenda_item(of, title)
    return made


def agenda_item(of, title="Lights on the marsh path", **values):
    return keep(AgendaItem(**{
        "event_id": of.id, "position": next(count), "title": Localized.of("en", title), "minutes": 10, "speaker": "",
        **values,
    }))


def minutes_item(of, said=SAID, decision=None, **values):
    decision = decision or Localized.of("en", "They are mended in spring.")
    return keep(MinutesItem(**{"agenda_item_id": of.id, "said": said, "decision": decision, "version": 1, **values}))


def action_item(item=None, **values):
    """Something open, due in two weeks, of nobody in particular; of an agenda's item where one is given."""
    belongs = {"event_id": item.event_id, "agenda_item_id": item.id, "concern_id": item.concern_id} if item else {}
    return keep(ActionItem(**{
        "form_key": secrets.new_token(), "what": Localized.of("en", "Mend the lights"), "who": "Odile",
        "department": "Highways",
        "due_on": (NOW + timedelta(days=14)).date(), "state": ActionState.OPEN, "locale": "en", "created_at": NOW,
        **belongs, **values,
    }))
