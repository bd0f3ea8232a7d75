"""Series made through the pages, as staff make them."""

import re

from sqlalchemy import select

from engage.core import db
from engage.core.access import Role
from engage.events.models import Event, Series
from tests import factories as make
from tests.accounts.signing import sign_in

NEW = "/en/desk/series/new"
KEY = "form-key-of-a-series"


def member(app, role=Role.STAFF, area=None):
    client, person = app.test_client(), make.person("Sam")
    make.grant(person, role, area)
    sign_in(client, person)
    return client


def venues(*names):
    return [make.venue(make.neighbourhood(name), name=f"{name} Hall") for name in names]


def plan(programme, places, **values):
    """The first page as staff fill it in: six first Tuesdays from January on, at three places in turn."""
    return {
        "form_key": KEY, "pattern": "monthly", "nth": "1", "weekday": "1", "every": "1", "first_day": "2027-01-01",
        "times": "6", "start": "18:30", "end": "20:30", "venues": [str(venue.id) for venue in places],
        "programme": str(programme.id), "written_in": "en", "title": "Priorities", "description": "What matters here?",
        "spoken": ["en"], "minors": "yes", "look": "1", **values,
    }


def more_dates(*venue_ids, **values):
    """The first page of adding dates: two days in autumn."""
    return {
        "form_key": "form-key-of-more-dates", "pattern": "days", "nth": "1", "weekday": "1", "days": "2027-09-07\n2027-10-05",
        "start": "18:30", "end": "20:30", "venues": [str(venue_id) for venue_id in venue_ids], "look": "1", **values,
    }


def hidden_and_dates(page):
    """What a browser would send from the preview: each field with its value."""
    page = page.partition("<main")[2]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", page):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") != "checkbox" and "name" in attributes:
            sent.setdefault(attributes["name"], []).append(attributes.get("value", ""))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        sent[name] = re.findall(r'<option selected value="([^"]*)"', options)
    return sent


def stored():
    return list(db.session().scalars(select(Event).order_by(Event.starts_at)))


def made(app, **values):
    """A series made through the pages."""
    staff, places = member(app), venues("Dallow", "Saints", "Biscot")
    page = staff.post(NEW, data=plan(make.programme(), places, **values)).text
    assert staff.post(NEW, data={**hidden_and_dates(page), "make": "1"}).status_code == 303
    return staff, db.session().scalars(select(Series)).one()
