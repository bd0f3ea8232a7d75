"""Action items in the database: promised, put off, done, dropped, late; letters to whoever does them."""

from datetime import timedelta

import pytest

from engage.accounts import actions as accounts
from engage.concerns import jobs
from engage.concerns.actions import acting
from engage.concerns.actions.acting import Promise, Task
from engage.concerns.models import ActionItem, ActionNote, Concern, ConcernStep
from engage.concerns.queries import acting as queries
from engage.concerns.rules.meeting import ActionState
from engage.concerns.rules.reasons import Reason
from engage.concerns.rules.steps import Step
from engage.core import city, db, secrets
from engage.core.access import CLOCK, Actor, Role
from engage.core.refusal import NotAllowed, Refused
from engage.core.text import Localized
from engage.messages import letters
from engage.messages.models import OutboxLetter
from engage.messages.rules import Reason as AddressReason
from engage.messages.rules import State
from tests import factories as make
from tests.conftest import NOW

STAFF, TODAY, DAY = make.actor(None, Role.STAFF), NOW.date(), timedelta(days=1)
WHAT, DONE = Localized.of("en", "Mend the lights"), Localized.of("en", "New lamps, all of them.")


def _do(act, **values):
    with db.transaction():
        return act(**{"by": STAFF, "now": NOW, **values})


def _task(**values):
    return Task(**{"what": WHAT, "who": "Odile", "department": "Highways", "email": "", **values})


def _promise(days=14, **values):
    return Promise(_task(**values), TODAY + days * DAY, secrets.new_token(), "en")


def _row(model, row_id):
    db.session().rollback()
    return db.session().get(model, row_id)


def _for(concern, promise=None, **values):
    return _do(acting.promise_for_concern, concern_id=concern.id, promise=promise or _promise(), **values)


def _letters(kind=""):
    db.session().rollback()
    rows = db.session().query(OutboxLetter).order_by(OutboxLetter.created_at)
    return [row for row in rows if row.kind.endswith(kind) and row.state == State.DUE]


def _written(row, now=NOW):
    letter = letters.KINDS[row.kind].render(row.facts, now)
    return letters.write(letter) if letter else None


def _refusal(act, *args, **values):
    with pytest.raises(Refused) as refused:
        act(*args, **values)
    return refused.value.reason


def test_a_promise_takes_a_concern_into_action_and_its_end_to_done(app):
    concern = make.raised()
    first, second = _for(concern), _for(concern)
    assert _row(Concern, concern.id).step == Step.IN_ACTION
    _do(acting.finish, action_id=first, outcome=DONE)
    assert _row(Concern, concern.id).step == Step.IN_ACTION
    _do(acting.finish, action_id=second, outcome=DONE)
    assert _row(Concern, concern.id).step == Step.DONE
    last = db.session().query(ConcernStep).filter_by(concern_id=concern.id, step=Step.DONE).one()
    assert last.words.texts == DONE.texts


def test_what_never_will_be_done_is_an_answer_with_the_reason(app):
    concern = make.raised()
    action = _for(concern)
    why = Localized.of("en", "The path is not ours.")
    _do(acting.drop, action_id=action, reason=why)
    assert _row(Concern, concern.id).step == Step.ANSWERED
    assert _row(ActionItem, action).outcome.texts == why.texts
    assert _refusal(_do, acting.finish, action_id=action, outcome=DONE) == Reason.ACTION_ENDED


def test_what_a_meeting_promised_is_told_with_its_minutes(app):
    concern = make.raised(step=Step.ON_AGENDA)
    event = make.event(starts_at=NOW - DAY)
    make.agenda(event, items=())
    item = make.agenda_item(event, concern_id=concern.id)
    _do(acting.promise_at_meeting, event_id=event.id, item_id=item.id, promise=_promise())
    assert _row(Concern, concern.id).step == Step.ON_AGENDA


@pytest.mark.parametrize(("days", "reason"), [(-1, Reason.DUE_IN_THE_PAST), (9999, Reason.DUE_TOO_LATE)])
def test_a_day_that_can_not_be(app, days, reason):
    concern = make.raised()
    assert _refusal(_for, concern, _promise(days)) == reason
    assert _row(Concern, concern.id).step == Step.RAISED
    assert db.session().query(ActionItem).count() == 0


def test_nothing_is_half_written_where_the_address_is_none(app):
    assert _refusal(_for, make.raised(), _promise(email="odile at work")) == AddressReason.NOT_AN_EMAIL
    assert _refusal(_for, make.raised(), _promise(what=Localized({}, "en"))) == Reason.WORDS_MISSING
    db.session().rollback()
    assert db.session().query(ActionItem).count() == 0


def test_the_same_form_sent_twice_is_one_promise(app):
    concern, promise = make.raised(), _promise(email="odile@example.org")
    assert _for(concern, promise) == _for(concern, promise)
    assert len(_letters("action_given")) == 1


def test_whoever_does_it_gets_a_page_by_letter(app):
    action = _for(make.raised(), _promise(email="odile@example.org"))
    letter, = _letters("action_given")
    assert f"/en/link/action/{action}/" in _written(letter).text
    owner = Actor(links=frozenset({("action", action)}))
    _do(acting.report, action_id=action, body="The lamps are ordered.", locale="fr", by=owner)
    note = db.session().query(ActionNote).one()
    assert (note.body, note.author_id, note.locale) == ("The lamps are ordered.", None, "fr")
    _do(acting.finish, action_id=action, outcome=DONE, by=owner)
    assert _row(ActionItem, action).state == ActionState.DONE
    assert _written(letter) is None


def test_whoever_has_an_account_is_written_to_in_their_language(app):
    odile = make.person("Odile", locale="fr")
    make.contact(odile, "odile@example.org")
    action = _for(make.raised(), _promise(email="Odile@Example.org"))
    row = _row(ActionItem, action)
    assert (row.owner_id, row.address_id) == (odile.id, None)
    text = _written(_letters("action_given")[0])
    assert text.locale == "fr"
    assert f"/fr/my/actions/{action}" in text.text


def test_another_owner_ends_the_link_of_the_one_before(app):
    action = _for(make.raised(), _promise(email="odile@example.org"))
    row = _row(ActionItem, action)
    _do(acting.change, action_id=action, version=row.version, task=_task(email="paul@example.org"))
    assert queries.revocation(action) == 1
    letter, = _letters("action_given")
    assert _written(letter)
    assert _row(OutboxLetter, letter.id).facts["revocation"] == 1
    _do(acting.change, action_id=action, version=_row(ActionItem, action).version, task=_task(who="Paul"))
    assert queries.revocation(action) == 1


@pytest.mark.parametrize("has_account", [False, True])
def test_who_leaves_their_office_is_taken_off_and_their_page_ends(app, has_account):
    if has_account:
        make.contact(make.person("Odile"), "odile@example.org")
    action = _for(make.raised(), _promise(email="odile@example.org"))
    letter, = _letters("action_given")
    _do(acting.change, action_id=action, version=_row(ActionItem, action).version, task=_task(who="", is_let_go=True))
    row = _row(ActionItem, action)
    assert (row.who, row.owner_id, row.address_id, row.revocation) == ("", None, None, 1)
    assert queries.revocation(action) is None
    assert _written(letter) is None
    assert jobs.nudge(NOW + 15 * DAY) == 0
    _do(acting.change, action_id=action, version=row.version, task=_task(who="Paul", email="paul@example.org"))
    assert [each.address_id for each in _letters("action_given")] == [_row(ActionItem, action).address_id]
    assert _written(_letters("action_given")[0])


def test_two_who_change_it_at_once(app):
    action = _for(make.raised())
    seen = _row(ActionItem, action).version
    _do(acting.put_off, action_id=action, version=seen, due_on=TODAY + 30 * DAY, reason="Rain", locale="en")
    assert _refusal(_do, acting.change, action_id=action, version=seen, task=_task()) == Reason.CHANGED_MEANWHILE
    assert db.session().query(ActionNote).one().due_on == TODAY + 30 * DAY


def test_late_its_owner_hears_first_then_staff_each_once_for_a_day(app):
    area = make.neighbourhood()
    officer = make.person("Miriam")
    make.contact(officer, "miriam@example.org")
    make.grant(officer, Role.STAFF, area)
    action = _for(make.raised(neighbourhood_id=area.id), _promise(2, email="odile@example.org"))
    due = NOW + 2 * DAY
    assert jobs.nudge(due) == 0
    assert jobs.nudge(due + DAY) == 1
    assert jobs.nudge(due + DAY) == jobs.nudge(due + 7 * DAY) == 0
    assert len(_letters("action_overdue")) == 1
    assert not _letters("action_late")
    assert jobs.nudge(due + 8 * DAY) == 1
    assert jobs.nudge(due + 9 * DAY) == 0
    late, = _letters("action_late")
    assert f"/en/desk/actions/{action}" in _written(late).text
    put_off = {"due_on": (due + 20 * DAY).date(), "reason": "Rain", "locale": "en", "now": due + 9 * DAY}
    _do(acting.put_off, action_id=action, version=_row(ActionItem, action).version, **put_off)
    assert not _letters("action_late")
    assert jobs.nudge(due + 21 * DAY) == 1


def test_a_city_says_how_soon_staff_hear(app):
    with db.transaction():
        city.change(overdue_staff_days=1)
    admin = make.person("Admin")
    make.contact(admin)
    make.grant(admin, Role.ADMINISTRATOR)
    make.action_item(due_on=TODAY)
    assert jobs.nudge(NOW + DAY) == 0
    assert jobs.nudge(NOW + 2 * DAY) == 1


def test_who_leaves_has_nothing_to_do_any_more(app):
    odile = make.person("Odile")
    address_id = make.contact(odile, "odile@example.org").address_id
    mine = make.action_item(owner_id=odile.id).id
    by_letter = make.action_item(address_id=address_id).id
    other = make.action_item(who="Paul").id
    with db.transaction():
        accounts.delete_account(person_id=odile.id, by=make.actor(odile), now=NOW)
    for action in (mine, by_letter):
        row = _row(ActionItem, action)
        assert (row.who, row.owner_id, row.address_id) == ("", None, None)
    assert _row(ActionItem, other).who == "Paul"


def test_what_is_still_to_do_is_kept_however_long(app):
    concern = make.raised(raised_at=NOW)
    action = make.action_item(make.agenda_item(make.event(), concern_id=concern.id)).id
    make.keep(ActionNote(action_item_id=action, body="Soon.", locale="en", at=NOW))
    jobs.forget(NOW + timedelta(days=5 * 365))
    assert _row(ActionItem, action).concern_id == concern.id
    assert db.session().query(ActionNote).count() == 1
    _do(acting.drop, action_id=action, reason=DONE)
    assert _row(ActionItem, action).state == ActionState.DROPPED


def test_promises_are_forgotten_after_three_years(app):
    action = make.action_item(make.agenda_item(make.event()), state=ActionState.DONE).id
    make.keep(ActionNote(action_item_id=action, body="Soon.", locale="en", at=NOW))
    jobs.forget(NOW + timedelta(days=3 * 365))
    assert _row(ActionItem, action)
    jobs.forget(NOW + timedelta(days=3 * 365 + 1))
    assert db.session().query(ActionItem).count() == db.session().query(ActionNote).count() == 0


def test_who_may_what(app):
    area, elsewhere = make.neighbourhood("Here"), make.neighbourhood("There")
    action = make.action_item(neighbourhood_id=area.id)
    here, there = (make.actor(None, Role.STAFF, areas=[each]) for each in (area, elsewhere))
    owner = Actor(links=frozenset({("action", action.id)}))
    for actor in (there, make.actor(make.person()), Actor(links=frozenset({("action", area.id)}))):
        with pytest.raises(NotAllowed):
            _do(acting.finish, action_id=action.id, outcome=DONE, by=actor)
    for actor in (owner, there):
        with pytest.raises(NotAllowed):
            _do(acting.drop, action_id=action.id, reason=DONE, by=actor)
    with pytest.raises(NotAllowed):
        _for(make.raised(neighbourhood_id=area.id), by=there)
    with pytest.raises(NotAllowed):
        _do(acting.nudge, action_id=action.id, by=here)
    assert not _do(acting.nudge, action_id=action.id, by=CLOCK)
    _do(acting.drop, action_id=action.id, reason=DONE, by=here)
    assert queries.count_overdue(here, TODAY) == 0
