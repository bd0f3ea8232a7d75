"""What staff change about several dates of a series at once, and who is told."""

import pytest
import time_machine
from sqlalchemy import select

from engage.core import db, ledger
from engage.events import queries
from engage.events.models import EventLanguage
from engage.events.rules import LanguageUse, State
from engage.messages.models import OutboxLetter
from tests import factories as make
from tests.conftest import NOW
from tests.events.planning import hidden_and_dates, made, member, stored


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("scope, changed", [("this", [2]), ("following", [2, 3, 4, 5]), ("all", [0, 1, 2, 3, 4, 5])])
def test_a_change_reaches_what_it_says_and_tells_who_signed_up(app, scope, changed):
    staff, series = made(app)
    events = stored()
    for number in (0, 2):
        make.registration(events[number])
    db.session().commit()
    url = f"/en/desk/series/{series.id}/change/time"
    form = {"date": str(events[2].id), "scope": scope, "start": "19:00", "end": "21:00", "weekday": "3"}
    page = staff.post(url, data=form)
    told = 2 if scope == "all" else 1
    assert f"This reaches {len(changed)} date" in page.text
    assert ("2 letters leave:" if told == 2 else "1 letter leaves:") in page.text
    assert {event.sequence for event in stored()} == {0}
    assert staff.post(url, data={**form, "do": "1"}).status_code == 303
    db.session().expire_all()
    after = stored()
    assert [number for number, event in enumerate(after) if event.sequence] == changed
    assert {(event.wall_start.weekday(), event.wall_start.hour) for event in after if event.sequence} == {(3, 19)}
    letters = db.session().scalars(select(OutboxLetter).where(OutboxLetter.kind == "event_moved")).all()
    assert len(letters) == told


@pytest.mark.parametrize("what, form, reads", [
    ("texts", {"written_in": "fr", "title": "Priorités", "description": "Quoi ?"}, lambda e: e.title.texts["fr"]),
    ("details", {"spoken": ["ar"], "minors": "no"}, lambda e: e.minors), ("capacity", {"capacity": "40"}, lambda e: e.capacity),
])
def test_words_details_and_places_change_without_a_letter(app, what, form, reads):
    staff, series = made(app)
    make.registration(stored()[1])
    db.session().commit()
    url, form = f"/en/desk/series/{series.id}/change/{what}", {"date": str(stored()[0].id), "scope": "all", **form}
    assert staff.get(url).status_code == 200
    assert "Nobody gets a letter about it." in staff.post(url, data=form).text
    assert staff.post(url, data={**form, "do": "1"}).status_code == 303
    db.session().expire_all()
    assert len({reads(event) for event in stored()}) == 1
    assert db.session().scalars(select(OutboxLetter).where(OutboxLetter.kind.like("event_%"))).all() == []


def test_each_language_shows_its_own_words(app):
    staff, series = made(app)
    url = f"/en/desk/series/{series.id}/change/texts"
    french = {"date": str(stored()[0].id), "scope": "all", "written_in": "fr", "title": "Priorités", "description": "Quoi ?"}
    assert staff.post(f"{url}?language=fr", data={**french, "do": "1"}).status_code == 303
    assert "Priorités" in staff.get(f"{url}?language=fr").text
    assert "Priorités" not in staff.get(url).text
    assert "Priorités" in staff.get(f"/fr/series/{series.slug}").text
    assert staff.get(f"{url}?language=tlh").status_code == 200


def test_a_change_of_places_one_does_not_work_for_changes_nothing(app):
    _staff, series = made(app)
    events = stored()
    mine = member(app, area=db.session().get(type(make.neighbourhood("Far")), events[0].neighbourhood_id))
    url = f"/en/desk/series/{series.id}/change/cancel"
    form = {"date": str(events[0].id), "scope": "all", "reason": "The hall is closed.", "written_in": "en", "do": "1"}
    answer = mine.post(url, data=form)
    assert answer.status_code == 409
    assert "Nothing was changed." in answer.text
    assert {event.state for event in stored()} == {State.PUBLISHED}
    assert mine.post(url, data={**form, "scope": "this"}).status_code == 303
    db.session().expire_all()
    assert [event.state for event in stored()].count(State.CANCELLED) == 1


def test_a_date_below_its_guests_stops_the_whole_change(app):
    staff, series = made(app, capacity="20")
    events = stored()
    events[4].seats_taken = 9
    db.session().commit()
    form = {"date": str(events[0].id), "scope": "all", "capacity": "5", "do": "1"}
    answer = staff.post(f"/en/desk/series/{series.id}/change/capacity", data=form)
    assert answer.status_code == 409
    assert "9 places are taken already" in answer.text
    db.session().expire_all()
    assert {event.capacity for event in stored()} == {20}


def test_a_change_that_changes_nothing_says_so_and_leaves_no_trace(app):
    staff, series = made(app, capacity="20")
    event = stored()[0]
    make.registration(event)
    db.session().commit()
    same = {
        "time": {"start": "18:30", "end": "20:30"}, "place": {"venue": str(event.venue_id)}, "capacity": {"capacity": "20"},
        "texts": {"written_in": "en", "title": "Priorities", "description": "What matters here?"},
        "details": {"spoken": ["en"], "minors": "yes"},
    }
    for what, form in same.items():
        scope = "this" if what == "place" else "all"
        for button in ("look", "do"):
            sent = {"date": str(event.id), "scope": scope, **form, button: "1"}
            answer = staff.post(f"/en/desk/series/{series.id}/change/{what}", data=sent)
            assert (what, answer.status_code) == (what, 409)
            assert "Nothing is different" in answer.text
    assert [entry.kind for entry in ledger.history(series.id)] == ["events.SeriesScheduled"]
    assert db.session().scalars(select(OutboxLetter).where(OutboxLetter.kind == "event_moved")).all() == []


def test_only_dates_at_which_something_changes_are_counted(app):
    staff, series = made(app)
    events = stored()
    hall, already = events[1].venue_id, {events[1].id, events[4].id}
    for event in events:
        make.registration(event)
    db.session().commit()
    url, form = f"/en/desk/series/{series.id}/change/place", {"date": str(events[0].id), "scope": "all", "venue": str(hall)}
    page = staff.post(url, data=form).text
    assert "This reaches 4 dates" in page
    assert "4 letters leave:" in page
    staff.post(url, data={**form, "do": "1"})
    assert ledger.history(series.id)[0].details["dates"] == 4
    assert {event.id for event in stored() if not event.sequence} == already
    assert len(db.session().scalars(select(OutboxLetter).where(OutboxLetter.kind == "event_moved")).all()) == 4


def own_words(event, **texts):
    for name, words in texts.items():
        setattr(event, name, getattr(event, name).with_text("en", words))
    db.session().commit()


def test_what_was_not_changed_stays_each_dates_own_and_that_is_said(app):
    staff, series = made(app)
    events = stored()
    own_words(events[2], description="Only here: parking.", title="Parking")
    url = f"/en/desk/series/{series.id}/change/texts"
    words = {"written_in": "en", "title": "Our priorities", "description": "What matters here?"}
    form = {"date": str(events[0].id), "scope": "all", **words}
    page = staff.post(url, data=form).text
    lines = page.split('class="panel"')[1:]
    assert ["Is different here and stays so:" in line for line in lines] == [number == 2 for number in range(6)]
    assert ["Was different here until now:" in line for line in lines] == [number == 2 for number in range(6)]
    assert staff.post(url, data={**form, "do": "1"}).status_code == 303
    db.session().expire_all()
    after = stored()
    assert {event.title.texts["en"] for event in after} == {"Our priorities"}
    assert [event.description.texts["en"] for event in after].count("What matters here?") == 5
    assert after[2].description.texts["en"] == "Only here: parking."
    own_words(after[0], title="Another title")  # the next change is not about titles: the series keeps its own
    described = {**form, "title": "Another title", "description": "All that matters."}
    assert staff.post(url, data={**described, "do": "1"}).status_code == 303
    db.session().expire_all()
    assert {event.description.texts["en"] for event in stored()} == {"All that matters."}
    assert queries.one_series(series.id).title.texts["en"] == "Our priorities"


def test_access_and_languages_of_a_place_are_not_written_onto_others(app):
    staff, series = made(app, is_step_free="y")
    events = stored()
    events[1].is_step_free, events[1].has_hearing_loop = False, True
    db.session().add(EventLanguage(event_id=events[3].id, code="pl", use=LanguageUse.SPOKEN))
    db.session().commit()
    url = f"/en/desk/series/{series.id}/change/details"
    form = {"date": str(events[0].id), "scope": "all", "spoken": ["en"], "minors": "yes", "is_step_free": "y",
            "has_childcare": "y", "do": "1"}
    assert staff.post(url, data=form).status_code == 303
    db.session().expire_all()
    after = queries.dates(series.id)
    assert all(event.has_childcare for event in after)
    assert (after[1].is_step_free, after[1].has_hearing_loop) == (False, True)
    assert sorted(row.code for row in after[3].languages) == ["en", "pl"]
    assert not any(event.has_hearing_loop for event in after[2:])


def test_words_of_one_date_changed_for_another_take_none_of_the_first_along(app):
    """The page shows the words of one date; whoever then chooses another still changes only what they wrote."""
    staff, series = made(app)
    events = stored()
    own_words(events[2], description="Only here: parking.")
    url = f"/en/desk/series/{series.id}/change/texts"
    sent = hidden_and_dates(staff.get(f"{url}?date={events[0].id}").text)
    words = {"title": "Our priorities", "description": "What matters here?"}
    assert staff.post(url, data={**sent, **words, "date": str(events[2].id), "scope": "this", "do": "1"}).status_code == 303
    db.session().expire_all()
    assert stored()[2].title.texts["en"] == "Our priorities"
    assert stored()[2].description.texts["en"] == "Only here: parking."
