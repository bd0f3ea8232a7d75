"""Papers of meetings in the cities of these tests: an agenda, minutes and an action item to open, and every form of theirs."""

from datetime import timedelta

from engage.concerns.models import MinutesVersion
from engage.core.text import Localized
from tests import factories as make
from tests.conftest import NOW

DAY = timedelta(days=1)


def rows(event):
    """An agenda of the dinner that everybody opens: values for paths, by parameter."""
    concern = make.raised("Canary concern", neighbourhood_id=event.neighbourhood_id, event_id=event.id)
    make.agenda(event, items=())
    item = make.agenda_item(event, "Canary item", concern_id=concern.id)
    _version(event, item)
    action = make.action_item(item, neighbourhood_id=event.neighbourhood_id)
    return {"item_id": item.id, "concern_id": concern.id, "action_id": action.id, "number": 1}


def _version(event, item, number=1):
    empty = {"source": "en", "texts": {}}
    content = [{"item_id": str(item.id), "title": item.title.as_json(), "speaker": "", "said": empty, "decision": empty}]
    return make.keep(MinutesVersion(event_id=event.id, number=number, content=content, published_at=NOW))


def more(base, area):
    """Meetings whose papers show every form there is; returns the link of whoever has something to do."""
    host = base.people["host"]
    of = make.programme(slug="talked-about")
    concern = make.raised("Potholes", neighbourhood_id=area.id)
    make.raised("Noise", 3, neighbourhood_id=area.id)
    coming, begun, told = (
        make.event(title, of=of, area=area, starts_at=NOW + days * DAY)
        for title, days in (("To plan", 9), ("To write up", -1), ("To correct", -2))
    )
    for event in (coming, begun, told):
        make.event_person(event, host)
        make.agenda(event, items=("First", "Second"))
    for event in (begun, told):
        item = make.agenda_item(event, "Third", concern_id=concern.id)
        make.minutes_item(item)
    _version(told, item)
    action = make.action_item(
        item, neighbourhood_id=area.id, address_id=make.address("does.it@example.org").id, what=Localized.of("en", "Fill them"),
        due_on=(NOW - 3 * DAY).date(),
    )
    return [("action", action.id)]
