"""A series before everybody: its page, its calendar, and being told of new dates by letter."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engage.core import city, db, secrets
from engage.core.access import Role
from engage.core.refusal import Refused
from engage.events import actions, jobs, queries
from engage.events.actions import Plan, Shift, WhenAndWhere, Where, Wish
from engage.events.letters import LETTERS
from engage.events.models import Event, Subscription
from engage.events.rules import State
from engage.events.rules.series import MOST_DATES, Pattern, Rule, Scope, SeriesReason
from engage.messages import actions as messages
from engage.messages.letters import write
from engage.messages.models import OutboxLetter
from tests import factories as make
from tests.conftest import NOW
from tests.events import giving
from tests.events.test_proposing import do
from tests.statements import counted

DAY = timedelta(days=1)


@pytest.fixture
def staff():
    return make.actor(make.person(), Role.STAFF)


def dates(venue, *days):
    return [WhenAndWhere(giving.when(day), Where(venue_id=venue.id)) for day in days]


def planned(staff, venue, count=3, **values):
    plan = Plan("key-of-this-series", Rule(Pattern.DAYS), giving.what(make.programme()), giving.details(), **values)
    days = [giving.DAY + number * DAY for number in range(count)]
    return do(actions.schedule_series, plan=plan, dates=dates(venue, *days), by=staff)


def extended(series_id, staff, more):
    return do(actions.add_dates, series_id=series_id, form_key=secrets.new_token(), dates=more, by=staff)


def following(series_id, email="noor@example.org", *, is_proven=True):
    do(actions.subscribe, email=email, wish=Wish(series_id=series_id), locale="fr", by=make.actor())
    address = messages_address(email)
    row = queries.live_subscription(address, series_id=series_id)
    if is_proven:
        do(actions.confirm_subscription, subscription_id=row.id, by=make.actor(addresses=frozenset({address})))
    return row.id


def messages_address(email):
    with db.transaction():
        return messages.address_for_mail(value=email, now=NOW).id


def letters():
    return db.session().scalars(select(OutboxLetter).where(OutboxLetter.kind == "events.new_dates")).all()


def test_its_page_lists_its_dates_in_two_statements(app, client, staff):
    series = queries.one_series(planned(staff, make.venue()))
    path = f"/en/series/{series.slug}"
    client.get(path)
    with counted() as seen:
        page = client.get(path)
    assert page.status_code == 200
    assert len(seen) == 2
    assert page.text.count('class="event"') == 3
    assert "Set-Cookie" not in page.headers
    assert client.get(path, headers={"If-None-Match": page.headers["ETag"]}).status_code == 304
    event = queries.dates(series.id)[0]
    assert f"/en/events/{event.slug}" in page.text
    assert path in client.get(f"/en/events/{event.slug}").text


@pytest.mark.parametrize("change", ["moved", "added", "cancelled"])
def test_page_and_calendar_change_with_its_dates(app, client, staff, change):
    venue = make.venue()
    series = queries.one_series(planned(staff, venue))
    event, paths = queries.dates(series.id)[0].id, (f"/en/series/{series.slug}", f"/en/feeds/series/{series.slug}.ics")
    before = [client.get(path).headers["ETag"] for path in paths]
    if change == "added":
        extended(series.id, staff, dates(venue, giving.DAY + 40 * DAY))
    elif change == "moved":
        to = Shift(giving.when().start, giving.when().end, weekday=0)
        do(actions.alter, series_id=series.id, event_id=event, scope=Scope.THIS, change=to, by=staff)
    else:
        do(actions.cancel, event_id=event, reason="No", locale="en", by=staff)
    assert all(client.get(path).headers["ETag"] != etag for path, etag in zip(paths, before, strict=True))


def test_its_calendar_holds_its_dates_and_no_others(app, client, staff):
    series = queries.one_series(planned(staff, make.venue()))
    make.event("Something else")
    path = f"/en/feeds/series/{series.slug}.ics"
    with counted() as seen:
        feed = client.get(path)
    assert len(seen) == 2
    assert feed.mimetype == "text/calendar"
    assert feed.text.count("BEGIN:VEVENT") == 3
    assert "Something else" not in feed.text


@pytest.mark.parametrize("path", ["/en/series/none", "/en/feeds/series/none.ics"])
def test_no_such_series(app, client, path):
    assert client.get(path).status_code == 404


def test_followers_get_one_letter_for_dates_made_together(app, staff):
    venue = make.venue()
    series_id = planned(staff, venue)
    proven = following(series_id)
    following(series_id, "unproven@example.org", is_proven=False)
    assert letters() == []
    extended(series_id, staff, dates(venue, giving.DAY + 40 * DAY, giving.DAY + 41 * DAY))
    (letter,) = letters()
    assert letter.facts["subscription_id"] == str(proven)
    found = LETTERS["events.new_dates"].render(letter.facts, NOW)
    assert found.locale == "fr"
    assert [event["starts_at"].day for event in found.context["events"]] == [29, 30]
    assert "29 janvier 2027" in write(found).text


def test_what_is_followed_is_not_told_of_weekly_as_well(app, staff):
    venue = make.venue()
    series_id = planned(staff, venue)
    following(series_id)
    extended(series_id, staff, dates(venue, giving.DAY + 40 * DAY))
    assert jobs.tell_subscribers(NOW + 8 * DAY) == 0


def test_a_letter_about_dates_called_off_since_is_not_sent(app, staff):
    venue = make.venue()
    series_id = planned(staff, venue)
    following(series_id)
    extended(series_id, staff, dates(venue, giving.DAY + 40 * DAY))
    do(actions.cancel, event_id=queries.dates(series_id)[-1].id, reason="No", locale="en", by=staff)
    assert LETTERS["events.new_dates"].render(letters()[0].facts, NOW) is None


def test_following_on_pages(app, client, staff):
    series_id = planned(staff, make.venue())
    series = queries.one_series(series_id)
    form = client.get(f"/en/news?series={series_id}")
    assert "Dinner in Dallow: a letter whenever there are new dates." in form.text.replace("\u2068", "").replace("\u2069", "")
    assert client.post("/en/news", data={"series": str(series_id), "email": "ann@example.org"}).status_code == 303
    row = db.session().scalars(select(Subscription)).one()
    assert (row.series_id, row.proven_at) == (series.id, None)
    assert client.get("/en/news?series=00000000-0000-4000-8000-000000000000").status_code == 404


def test_nobody_follows_a_series_behind_closed_doors(app, client, staff):
    closed = make.series("Canary rounds", of=make.programme(is_closed=True))
    page = client.get(f"/en/news?series={closed.id}")
    assert (page.status_code, "Canary" in page.text) == (404, False)
    assert client.post("/en/news", data={"series": str(closed.id), "email": "ann@example.org"}).status_code == 404
    with pytest.raises(Refused):
        following(closed.id)


def test_who_followed_before_doors_were_closed_hears_no_more(app, staff):
    venue = make.venue()
    series_id = planned(staff, venue)
    following(series_id)
    with db.transaction():
        queries.one_series(series_id).programme.is_closed = True
    extended(series_id, staff, dates(venue, giving.DAY + 40 * DAY))
    assert [LETTERS["events.new_dates"].render(letter.facts, NOW) for letter in letters()] == [None]


def test_who_follows_in_a_language_no_longer_offered_reads_the_citys_own(app, staff):
    venue = make.venue()
    series_id = planned(staff, venue)
    following(series_id)
    extended(series_id, staff, dates(venue, giving.DAY + 40 * DAY))
    with db.transaction():
        city.change(locales=["en", "ar"])
    asked = db.session().scalars(select(OutboxLetter).where(OutboxLetter.kind == "events.subscription")).one()
    for letter in (*letters(), asked):
        found = LETTERS[letter.kind].render(letter.facts, NOW)
        assert (found.locale, "/fr/" in write(found).text) == ("en", False)


@pytest.mark.parametrize("count, reason", [(0, SeriesReason.NO_DATES), (MOST_DATES + 1, SeriesReason.TOO_MANY_DATES)])
def test_an_action_takes_no_more_dates_than_a_page_does(app, staff, count, reason):
    venue = make.venue()
    with pytest.raises(Refused) as refused:
        planned(staff, venue, count)
    assert refused.value.reason == reason
    assert db.session().scalar(select(func.count()).select_from(Event)) == 0


def test_one_date_that_cannot_be_takes_all_of_them_back(app, staff):
    venue = make.venue()
    plan = Plan("key-of-this-series", Rule(Pattern.DAYS), giving.what(make.programme()), giving.details())
    with pytest.raises(Refused):
        do(actions.schedule_series, plan=plan, dates=dates(venue, giving.DAY, NOW.date() - DAY), by=staff)
    assert db.session().scalar(select(func.count()).select_from(Event)) == 0


def test_who_leads_the_talk_is_named_on_each_and_clashes_show(app, staff):
    guide = make.person("Fay")
    series_id = planned(staff, make.venue(), facilitator_id=guide.id)
    events = queries.dates(series_id)
    assert [[part.called for part in event.people] for event in events] == [["Fay"]] * 3
    first = events[0]
    there = make.venue().id, make.neighbourhood("Far").id
    wanted = queries.Wanted(first.starts_at, first.ends_at, first.zone, *there, frozenset({guide.id}))
    assert [[shared.clash for shared in found] for found in queries.clashes([wanted])] == [["host"]]
    assert {event.state for event in events} == {State.PUBLISHED}
