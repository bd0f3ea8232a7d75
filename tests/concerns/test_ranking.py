"""What matters most to somebody: by account at once, by address once it is proven, each once."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from engage.concerns import jobs
from engage.concerns.actions import ranking as actions
from engage.concerns.actions.ranking import Ranked
from engage.concerns.models import Consultation
from engage.concerns.rules.consulting import ConsultationState
from engage.concerns.rules.reasons import Reason
from engage.core import city, db
from engage.core.access import NOBODY, Actor
from engage.core.refusal import NotAllowed, Refused
from engage.messages import letters
from engage.messages.models import OutboxLetter
from engage.messages.rules import State
from tests import factories as make
from tests.concerns.asking import do, points, rows, themes
from tests.conftest import NOW
from tests.factories.base import count
from tests.factories.consulting import consultation


@pytest.fixture
def asked(app):
    return consultation()


def said(of, *names, email="", by=NOBODY, key=""):
    chosen = tuple(themes(of)[name].id for name in names)
    ranked = Ranked(key or f"a-form-of-its-own-{next(count)}", chosen, "ar", email)
    return do(actions.rank, consultation_id=of.id, ranked=ranked, by=by)


def somebody(called="Amina"):
    person = make.person(called)
    contact = make.contact(person)
    return Actor(person_id=person.id, addresses=frozenset({contact.address_id}), called=called)


def test_an_account_counts_at_once_and_once(asked):
    amina = somebody()
    assert said(asked, "Crime", "Parks", by=amina)
    assert said(asked, "Youth", by=amina)
    assert points(asked) == {"Youth": 3}
    assert len(rows()) == 1


def test_an_address_counts_once_its_reader_says_so(asked):
    assert not said(asked, "Crime", email="noor@example.org")
    assert points(asked) == {}
    row = rows()[0]
    letter = db.session().scalars(select(OutboxLetter)).one()
    assert (letter.kind, letter.address_id) == ("concerns.ranking", row.address_id)
    for _twice in range(2):
        do(actions.confirm, ranking_id=row.id, by=Actor(links=frozenset({("ranking", row.id)})))
    assert points(asked) == {"Crime": 3}


def test_nobody_changes_what_an_address_chose_by_writing_it_into_a_form(asked):
    said(asked, "Crime", email="noor@example.org")
    row = rows()[0]
    do(actions.confirm, ranking_id=row.id, by=Actor(links=frozenset({("ranking", row.id)})))
    said(asked, "Roads", email="Noor@Example.org")
    assert points(asked) == {"Crime": 3}
    assert len(rows()) == 1


def test_a_form_sent_again_with_the_address_put_right_is_one_ranking_and_one_letter(asked):
    said(asked, "Crime", email="nor@example.org", key="one-and-the-same-form")
    wrong = rows()[0].address_id
    said(asked, "Crime", email="noor@example.org", key="one-and-the-same-form")
    [row] = rows()
    assert row.address_id != wrong
    assert row.revocation == 1, "the link in a letter that has left opens nothing"
    due = db.session().scalars(select(OutboxLetter).where(OutboxLetter.state == State.DUE)).all()
    assert [letter.address_id for letter in due] == [row.address_id]
    said(asked, "Crime", email="nor@example.org", key="one-and-the-same-form")
    due = db.session().scalars(select(OutboxLetter).where(OutboxLetter.state == State.DUE)).all()
    assert [letter.address_id for letter in due] == [wrong], "the first was right after all"


def test_put_right_to_an_address_that_has_ranked_it_is_that_one(asked):
    said(asked, "Parks", email="noor@example.org")
    before = rows()[0]
    said(asked, "Crime", email="nor@example.org", key="one-and-the-same-form")
    said(asked, "Crime", email="noor@example.org", key="one-and-the-same-form")
    [row] = rows()
    assert (row.id, row.asked_ids) == (before.id, [str(themes(asked)["Crime"].id)])


def test_a_form_sent_again_signed_in_is_theirs(asked):
    said(asked, "Crime", email="nor@example.org", key="one-and-the-same-form")
    assert said(asked, "Crime", by=somebody(), key="one-and-the-same-form")
    assert len(rows()) == 1
    assert points(asked) == {"Crime": 3}


def test_the_page_of_who_was_there_before_takes_nothing_from_them(asked):
    assert said(asked, "Crime", by=somebody(), key="one-and-the-same-form")
    assert said(asked, "Parks", by=somebody("Noor"), key="one-and-the-same-form")
    said(asked, "Roads", email="third@example.org", key="one-and-the-same-form")
    assert points(asked) == {"Crime": 3, "Parks": 3}


def test_the_letter_is_for_its_reader_alone(asked):
    said(asked, "Crime", email="noor@example.org")
    with pytest.raises(NotAllowed):
        do(actions.confirm, ranking_id=rows()[0].id, by=somebody())


def test_account_and_address_of_one_person_are_one_voice(asked):
    amina = somebody()
    said(asked, "Crime", by=amina)
    other = make.contact(db.session().get(type(make.person()), amina.person_id), "other@example.org", is_main=False)
    said(asked, "Parks", email="other@example.org")
    row = next(row for row in rows() if row.proven_at is None)
    assert row.address_id == other.address_id
    do(actions.confirm, ranking_id=row.id, by=Actor(links=frozenset({("ranking", row.id)})))
    assert points(asked) == {"Parks": 3}
    assert len(rows()) == 1


def test_who_confirms_on_somebody_elses_computer_takes_nothing_from_them(asked):
    amina = somebody()
    said(asked, "Crime", by=amina)
    said(asked, "Parks", email="guest@example.org")
    row = next(row for row in rows() if row.proven_at is None)
    shared = Actor(person_id=amina.person_id, addresses=amina.addresses, links=frozenset({("ranking", row.id)}))
    do(actions.confirm, ranking_id=row.id, by=shared)
    assert points(asked) == {"Crime": 3, "Parks": 3}


@pytest.mark.parametrize("state", [ConsultationState.COLLECTING, ConsultationState.CLOSED])
def test_outside_its_time_nothing_is_ranked(app, state):
    early = consultation(state=state)
    with pytest.raises(Refused) as refused:
        said(early, "Crime", by=somebody())
    assert refused.value.reason == Reason.NOT_IN_THIS_STATE


def test_what_is_confirmed_too_late_does_not_count(asked):
    said(asked, "Crime", email="noor@example.org")
    with db.transaction() as session:
        session.get(Consultation, asked.id).state = ConsultationState.CLOSED
    row = rows()[0]
    with pytest.raises(Refused):
        do(actions.confirm, ranking_id=row.id, by=Actor(links=frozenset({("ranking", row.id)})))
    assert points(asked) == {}


# --- whose it is -------------------------------------------------------------------------------------


def test_who_leaves_is_forgotten_and_what_they_chose_stays_a_number(asked):
    amina = somebody()
    said(asked, "Crime", by=amina)
    said(asked, "Parks", email="noor@example.org")
    pending = next(row.address_id for row in rows() if row.proven_at is None)
    with db.transaction():
        actions.forget_person(person_id=amina.person_id, address_id=next(iter(amina.addresses)), by=amina)
        actions.forget_person(person_id=uuid4(), address_id=pending, by=amina)
    row = rows()[0]
    assert len(rows()) == 1
    assert (row.person_id, row.address_id) == (None, None)
    assert points(asked) == {"Crime": 3}


def test_a_ranking_follows_its_reader_to_another_address(asked):
    said(asked, "Crime", email="noor@example.org")
    old, new = rows()[0].address_id, make.address("new@example.org").id
    with db.transaction():
        actions.follow_person(old_id=old, new_id=new, by=NOBODY)
    assert rows()[0].address_id == UUID(str(new))


def test_what_nobody_confirms_is_kept_a_week_with_its_address(asked):
    said(asked, "Crime", email="noor@example.org")
    again = Ranked("another-form-of-hers", (themes(asked)["Parks"].id,), "ar", "noor@example.org")
    with db.transaction():
        actions.rank(consultation_id=asked.id, ranked=again, by=NOBODY, now=NOW + timedelta(days=1))
    jobs.forget(NOW + timedelta(days=7, hours=1))
    assert len(rows()) == 1, "the button in the last letter still works"
    jobs.forget(NOW + timedelta(days=8, hours=1))
    assert rows() == []


def test_what_counts_stays_where_a_later_answer_is_never_confirmed(asked):
    said(asked, "Crime", email="noor@example.org")
    do(actions.confirm, ranking_id=rows()[0].id, by=Actor(links=frozenset({("ranking", rows()[0].id)})))
    said(asked, "Parks", email="noor@example.org")
    jobs.forget(NOW + timedelta(days=8))
    db.session().rollback()
    [row] = rows()
    assert row.asked_ids == []
    assert points(asked) == {"Crime": 3}


def test_the_letter_speaks_a_language_that_is_offered(asked):
    said(asked, "Crime", email="noor@example.org")
    row = db.session().scalars(select(OutboxLetter)).one()
    with db.transaction():
        city.change(locales=["fr"])
    letter = letters.KINDS[row.kind].render(row.facts, NOW)
    assert letter.locale == "fr"
    assert "/fr/" in letter.context["url"]
