"""What a consultation comes to: begun by staff, ranked by each once, closed with its numbers."""


import pytest
from sqlalchemy import select

from engage.concerns.actions import consulting as actions
from engage.concerns.actions.consulting import Asked, Where
from engage.concerns.models import Concern, Consultation, Priority
from engage.concerns.queries import consulting as queries
from engage.concerns.rules.consulting import ConsultationState
from engage.concerns.rules.reasons import Reason
from engage.core import db
from engage.core.access import Role
from engage.core.refusal import NotAllowed, Refused
from engage.core.text import Localized
from engage.programmes.models import Programme, Theme
from tests import factories as make
from tests.concerns.asking import do, points, rows, themes
from tests.conftest import NOW
from tests.factories.base import count, keep
from tests.factories.consulting import consultation, ranking, theme

WORDS = Asked(Localized.of("en", "What matters in Dallow?"), Localized({}, "en"))


@pytest.fixture
def staff(app):
    return make.actor(make.person(), Role.STAFF)


@pytest.fixture
def asked(app):
    return consultation()


# --- begun -------------------------------------------------------------------------------------------


def begun(*, where, by, key=""):
    return do(actions.begin, form_key=key or f"a-page-of-its-own-{next(count)}", asked=WORDS, where=where, by=by)


def test_staff_begin_one_for_where_they_work(app):
    area = make.neighbourhood()
    of = make.programme()
    theme(of), theme(of, "Parks")
    staff = make.actor(make.person(), Role.STAFF, areas=[area])
    found = queries.one(begun(where=Where(of.id, area.id), by=staff))
    assert (found.slug, found.neighbourhood_id) == ("what-matters-in-dallow", area.id)
    assert found.state == ConsultationState.COLLECTING
    with pytest.raises(NotAllowed):
        begun(where=Where(of.id), by=staff)  # the whole city is not theirs


def test_two_of_one_name_have_addresses_of_their_own(staff):
    of = make.programme()
    theme(of), theme(of, "Parks")
    slugs = [queries.one(begun(where=Where(of.id), by=staff)).slug for _ in range(2)]
    assert slugs == ["what-matters-in-dallow", "what-matters-in-dallow-2"]


def test_a_page_sent_twice_begins_one(staff):
    of = make.programme()
    theme(of), theme(of, "Parks")
    first, second = (begun(where=Where(of.id), by=staff, key="one-and-the-same-page") for _ in range(2))
    assert first == second
    assert len(db.session().scalars(select(Consultation)).all()) == 1


def test_of_a_closed_programme_nothing_is_asked(staff):
    of = make.programme(is_closed=True)
    theme(of), theme(of, "Parks")
    with pytest.raises(Refused) as refused:
        begun(where=Where(of.id), by=staff)
    assert refused.value.reason == Reason.PROGRAMME_IS_CLOSED


@pytest.mark.parametrize("change, reason", [
    ({"is_closed": True}, Reason.PROGRAMME_IS_CLOSED), ({}, Reason.TOO_FEW_THEMES),
])
def test_what_can_t_be_ranked_any_more_is_not_opened(staff, change, reason):
    asked = consultation(state=ConsultationState.COLLECTING)
    with db.transaction() as session:
        for name, value in change.items():
            setattr(session.get(Programme, asked.programme_id), name, value)
        for one in queries.themes(asked)[1:]:
            one.is_retired = not change
    with pytest.raises(Refused) as refused:
        do(actions.start_ranking, consultation_id=asked.id, by=staff)
    assert refused.value.reason == reason
    assert queries.one(asked.id).state == ConsultationState.COLLECTING


def test_where_there_is_nothing_to_choose_from_none_begins(staff):
    of = make.programme()
    theme(of)
    with pytest.raises(Refused) as refused:
        begun(where=Where(of.id), by=staff)
    assert refused.value.reason == Reason.TOO_FEW_THEMES
    assert not db.session().scalars(select(Consultation)).all()


def test_how_many_count_stays_once_people_choose(staff, asked):
    do(actions.change, consultation_id=asked.id, version=1, asked=Asked(WORDS.title, WORDS.question, 5), by=staff)
    assert queries.one(asked.id).most_ranked == 3


def test_who_saves_second_is_told(staff, asked):
    do(actions.change, consultation_id=asked.id, version=1, asked=WORDS, by=staff)
    with pytest.raises(Refused) as refused:
        do(actions.change, consultation_id=asked.id, version=1, asked=WORDS, by=staff)
    assert refused.value.reason == Reason.CHANGED_MEANWHILE


# --- on paper ----------------------------------------------------------------------------------------


def entered(asked, *sheets, by, at=None, key="a-batch-of-paper-1"):
    event = at or make.event(programme_id=asked.programme_id)
    return do(actions.enter_sheets, consultation_id=asked.id, event_id=event.id, form_key=key, sheets=sheets, by=by)


def test_sheets_are_entered_once(staff, asked):
    event = make.event(programme_id=asked.programme_id)
    assert entered(asked, (1, 2), (2,), by=staff, at=event) == 2
    assert entered(asked, (1, 2), (2,), by=staff, at=event) == 0
    assert points(asked) == {"Crime": 3, "Parks": 5}
    assert queries.numbers(asked.id) == queries.Numbers(online=0, paper=2, unproven=0)


def test_sheets_mean_what_was_printed_on_them(staff):
    asked = consultation(state=ConsultationState.COLLECTING)
    do(actions.start_ranking, consultation_id=asked.id, by=staff)
    with db.transaction() as session:  # between printing and the evening
        named = themes(session.get(Consultation, asked.id))
        named["Crime"].is_retired = True
        named["Youth"].position = -1
        session.add(Theme(programme_id=asked.programme_id, name=Localized.of("en", "Noise"), position=-2))
    assert entered(asked, (1, 2), (3,), by=staff) == 2
    assert points(asked) == {"Crime": 3, "Parks": 2, "Youth": 3}
    with pytest.raises(Refused):
        entered(asked, (5,), by=staff, key="another-batch-of-paper")  # nobody could read of "Noise"
    page = [one.theme.name.shown("en").text for one in queries.shown(asked.slug)[1]]
    assert page == ["Crime", "Parks", "Youth", "Roads"]
    closed(asked, "Crime", by=staff)
    assert [one.theme.name.shown("en").text for one in queries.shown(asked.slug)[1]] == page


@pytest.mark.parametrize("sheets, number", [(((1,), (9,)), 2), (((1, 1),), 1), (((1, 2, 3, 4),), 1), (((1,), (2,), (0,)), 3)])
def test_one_wrong_sheet_and_none_is_entered(staff, asked, sheets, number):
    with pytest.raises(Refused) as refused:
        entered(asked, *sheets, by=staff)
    assert (refused.value.reason, refused.value.details["number"]) == (Reason.SHEET_WRONG, number)
    assert rows() == []


def test_sheets_come_from_a_meeting_of_the_consultation(staff, asked):
    with pytest.raises(Refused) as refused:
        entered(asked, (1,), by=staff, at=make.event())
    assert refused.value.reason == Reason.NO_SUCH_MEETING


# --- closed ------------------------------------------------------------------------------------------


def closed(asked, *names, by):
    ids = [themes(asked)[name].id for name in names]
    do(actions.close, consultation_id=asked.id, priorities=ids, conclusion=Localized.of("en", "We agreed."), by=by)


def test_priorities_are_published_with_the_numbers_behind_them(staff, asked):
    named = themes(asked)
    ranking(asked, named["Parks"], named["Crime"])
    ranking(asked, named["Parks"])
    keep(Concern(
        programme_id=asked.programme_id, theme_id=named["Crime"].id, body=Localized.of("en", "Dark alley"), form_key="x" * 20,
        raised_at=NOW,
    ))
    closed(asked, "Crime", "Parks", by=staff)  # the meeting agreed on another order than the numbers
    found = db.session().scalars(select(Priority).order_by(Priority.position)).all()
    assert [(one.theme_id, one.points, one.firsts, one.rankings, one.concerns) for one in found] == [
        (named["Crime"].id, 2, 0, 1, 1), (named["Parks"].id, 6, 2, 2, 0),
    ]
    assert queries.one(asked.id).state == ConsultationState.CLOSED


def test_concerns_under_its_themes_count_wherever_they_were_raised(app):
    area, of = make.neighbourhood(), make.programme()
    own = make.keep(Theme(neighbourhood_id=area.id, name=Localized.of("en", "Noise"), position=1))
    crime = theme(of)
    asked = consultation(of, neighbourhood_id=area.id)
    make.concern(area=area, theme_id=own.id)
    make.concern(area=area, theme_id=crime.id)
    make.concern(area=area, theme_id=crime.id, hidden_at=NOW)
    make.concern(area=make.neighbourhood(), theme_id=crime.id)
    assert queries.concerns_by_theme(asked, queries.themes(asked)) == {own.id: 1, crime.id: 1}


def test_without_a_single_ranking_nothing_is_closed(staff, asked):
    with pytest.raises(Refused) as refused:
        closed(asked, "Crime", by=staff)
    assert refused.value.reason == Reason.NOT_RANKED_YET
    assert queries.one(asked.id).state == ConsultationState.RANKING


def test_it_is_closed_once(staff, asked):
    ranking(asked, themes(asked)["Crime"])
    closed(asked, "Crime", by=staff)
    with pytest.raises(Refused):
        closed(asked, "Parks", by=staff)


@pytest.mark.parametrize("act", [
    lambda of: do(actions.start_ranking, consultation_id=of.id, by=stranger()),
    lambda of: do(actions.change, consultation_id=of.id, version=1, asked=WORDS, by=stranger()),
    lambda of: closed(of, "Crime", by=stranger()),
    lambda of: entered(of, (1,), by=stranger()),
])
def test_staff_of_elsewhere_may_do_none_of_it(app, act):
    of = consultation(neighbourhood_id=make.neighbourhood().id)
    with pytest.raises(NotAllowed):
        act(of)


def stranger():
    return make.actor(make.person(), Role.STAFF, areas=[make.neighbourhood()])
