"""A meeting, and a browser for each of those who might open its pages."""

from datetime import timedelta

from engage.concerns.queries import agendas
from engage.core import db
from engage.core.access import Role
from engage.core.text import Localized
from engage.events.rules import PersonRole
from tests import factories as make
from tests.accounts.signing import sign_in
from tests.conftest import NOW
from tests.funding.browsing import Browser

DAY = timedelta(days=1)


class Stage:
    """The meeting, a concern of its neighbourhood, and who looks."""

    def __init__(self, app, starts_at=NOW + 20 * DAY):
        area, elsewhere = make.neighbourhood("Here"), make.neighbourhood("There")
        self.area = area
        self.event = make.event("Town hall", area=area, starts_at=starts_at)
        self.id, self.slug = self.event.id, self.event.slug
        self.concern = make.raised(neighbourhood_id=area.id)
        self.browsers = {}
        for name in ("host", "staff", "staff_elsewhere", "official", "stranger"):
            person = make.person(name)
            self.browsers[name] = Browser(app.test_client(), person)
            sign_in(self.browsers[name].client, person)
        make.event_person(self.event, self.host.person)
        make.event_person(self.event, self.official.person, role=PersonRole.OFFICIAL)
        make.grant(self.staff.person, Role.STAFF, area)
        make.grant(self.staff_elsewhere.person, Role.STAFF, elsewhere)

    def __getattr__(self, name):
        return self.browsers[name]

    @property
    def items(self):
        db.session().rollback()
        return agendas.items(self.id)

    @property
    def version(self):
        db.session().rollback()
        found = agendas.of(self.id)
        return found.version if found else 0


def held(app, said="The lamps are old."):
    stage = Stage(app, NOW - DAY)
    make.agenda(stage.event, items=())
    make.agenda_item(stage.event, concern_id=stage.concern.id)
    if said:
        make.minutes_item(stage.items[0], said=Localized.of("en", said))
    return stage
