"""A closed meeting in the cities of these tests: coming, in two more states, with an invitation by letter and on paper."""

from datetime import timedelta

from engage.core.text import Localized
from engage.events.rules import State as EventState
from engage.registrations.models import Invitation
from tests import factories as make
from tests.conftest import NOW

PROGRAMME = "Canary circle"
CANARIES = ("Canary round table", "Canary of what is said there", PROGRAMME, "Guest behind doors")


SERIES = "canary-rounds"


def programme(slug):
    return make.programme(slug=slug, is_closed=True, name=Localized.of("en", PROGRAMME))


def meeting(area, host, **values):
    """A meeting whose title, words, programme and guest are canaries."""
    slug = values.pop("slug", "canary-circle")
    round_tables = values.pop("of", None) or programme(slug)
    event = make.event(CANARIES[0], of=round_tables, area=area, description=Localized.of("en", CANARIES[1]), **values)
    make.event_person(event, host)
    return event


def rows(area, host):
    """An invitation to open, and the meeting it opens: values for paths, by parameter."""
    event = meeting(area, host)
    in_turn = programme("canary-in-turn")
    meeting(area, host, of=in_turn, series_id=make.series(CANARIES[0], of=in_turn, slug=SERIES).id)
    make.registration(event, called=CANARIES[3])
    meeting(area, host, slug="canary-held", state=EventState.HELD, starts_at=NOW - timedelta(hours=5))
    meeting(area, host, slug="canary-off", state=EventState.CANCELLED)
    found = invitation(event, make.address("canary.invited@example.org"))
    of_event = {
        (f"registrations.{name}", "event_id"): event.id for name in ("invitations", "invite", "revoke", "paper")
    }
    return {"invitation_id": found.id, ("events.inside", "event_id"): event.id, **of_event}, event


def invitation(to, address=None, **values):
    return make.keep(Invitation(**{
        "event_id": to.id, "address_id": address.id if address else None, "called": "Invited", "locale": "fr",
        "created_at": NOW, "ends_at": to.starts_at, **values,
    }))


def more(base):
    """An invitation on paper that can be taken back; returns the links of who holds one."""
    return [("invitation", base.rows["invitation_id"]), ("invitation", invitation(base.closed).id)]
