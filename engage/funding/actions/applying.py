"""An application until it is judged: begun, written in steps, sent in, talked about, taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update

from engage.core import clock, db, secrets
from engage.core.access import CLOCK, Actor
from engage.core.refusal import Refused, require
from engage.events import actions as event_actions
from engage.events import policy as events_policy
from engage.events import queries as events
from engage.events import rules as event_rules
from engage.events.actions import What, telling
from engage.events.models import Event
from engage.events.rules import LanguageUse
from engage.funding import policy
from engage.funding.actions import budget, conditions, inviting, moving
from engage.funding.models import Application, BudgetLine, FundingRound
from engage.funding.queries import applications, rounds
from engage.funding.rules import applying, preparing, states
from engage.funding.rules import rounds as round_rules
from engage.funding.rules.applying import Access, BudgetKind, Missing, Standing
from engage.funding.rules.deciding import ReviewState
from engage.funding.rules.reasons import Reason
from engage.funding.rules.states import State
from engage.programmes import policy as programmes_policy


@dataclass(frozen=True)
class Dinner:
    """When, where and in which languages it is planned, and who asks besides the host themselves."""

    planned_on: date | None
    neighbourhood_id: UUID | None
    languages: tuple[str, ...]
    access: tuple[Access, ...] = ()
    organisation: str = ""


@dataclass(frozen=True)
class People:
    """Why, whom it brings together, and how others are reached."""

    why: str
    who: str
    reach: str
    has_two_households: bool = False


@dataclass(frozen=True)
class Answers:
    """To the round's own questions, by key: a text, an option's key, or a number."""

    answers: Mapping[str, str | int | None]


@dataclass(frozen=True)
class Budget:
    """What the money is for, in minor units of the round's currency, and how much is asked in all."""

    lines: tuple[tuple[BudgetKind, int, str], ...]
    asked: int | None


Step = Dinner | People | Answers | Budget


def begin(*, round_id: UUID, dinner: UUID | What, form_key: str, by: Actor, now: datetime) -> UUID:
    """Begin an application for one of one's own proposals, or for a new one, and return its id; the same form sent
    twice is one application.

    Raises NotFound, NotAllowed, Refused.
    """
    require(policy.may_apply(by))
    assert by.person_id  # noqa: S101 - the policy lets nobody else apply
    if begun := applications.begun(secrets.id_of_form(form_key), by):
        return begun
    round_ = rounds.one(round_id)
    if refused := not_open(round_, now):
        raise refused
    event = _new_dinner(dinner, by, now) if isinstance(dinner, What) else events.locked(dinner)
    require(events_policy.is_host(by, event))
    _check_fits(round_, event)
    _check_start(by.person_id, event.id)
    application = Application(
        id=secrets.id_of_form(form_key), round_id=round_.id, event_id=event.id, number=_next_number(round_.id),
        host_id=by.person_id, called=by.called, created_at=now, lines=[], **_said_of(event),
    )
    db.session().add(application)
    db.session().flush()
    return application.id


def _said_of(event: Event) -> dict[str, Any]:
    """Return what a dinner's invitation says already of what an application asks."""
    return {
        "locale": event.title.source, "planned_on": event.wall_start.date() if event.wall_start else None,
        "neighbourhood_id": event.neighbourhood_id, "access": [flag for flag in Access if getattr(event, flag)],
        "languages": [row.code for row in event.languages if row.use == LanguageUse.SPOKEN],
    }


def _new_dinner(what: What, by: Actor, now: datetime) -> Event:
    event = events.locked(event_actions.create_draft(what=what, by=by, now=now, trains_later=True))
    if not programmes_policy.may_propose(by, event.programme):
        event_actions.place_hold(event_id=event.id, reason=preparing.HOLD_TRAINING, by=by, now=now)
    return event


def let_through(*, person_id: UUID, by: Actor, now: datetime) -> None:
    """Let the dinners go on that were begun by somebody who is trained only now."""
    for application in applications.of_person(person_id):
        event_actions.lift_hold(event_id=application.event_id, reason=preparing.HOLD_TRAINING, by=by, now=now)


def not_open(round_: FundingRound, now: datetime) -> Refused | None:
    """Return the refusal of who would apply in a round now, or None while one can."""
    reason = round_rules.open_refusal(_phase(round_, now))
    return Refused(reason, **_about(round_, reason)) if reason else None


def _phase(round_: FundingRound, now: datetime) -> round_rules.Phase:
    assert round_.opens_at  # noqa: S101 - published
    assert round_.closes_at  # noqa: S101 - published
    return round_rules.phase(round_rules.RoundState(round_.state), round_.opens_at, round_.closes_at, now)


def _about(round_: FundingRound, reason: Reason, application: Application | None = None) -> dict[str, Any]:
    """Return what the words of a refusal need."""
    lines = sum(line.amount for line in application.lines) if application else 0
    needed: Mapping[Reason, dict[str, Any]] = {
        Reason.NOT_OPEN_YET: {"opens_at": round_.opens_at, "zone": round_.zone},
        Reason.ROUND_CLOSED: {"closed_at": round_.closes_at, "zone": round_.zone},
        Reason.OVER_CAP: {"cap": round_.cap, "currency": round_.currency},
        Reason.TOO_MANY_LINES: {"most": applying.MOST_LINES},
        Reason.LINES_DONT_ADD_UP: {
            "lines": lines, "total": (application.asked or 0) if application else 0, "currency": round_.currency,
        },
    }
    return needed.get(reason, {})


def _check_fits(round_: FundingRound, event: Event) -> None:
    if event.programme_id not in {row.programme_id for row in round_.programmes}:
        raise Refused(Reason.NOT_IN_ROUND_PROGRAMMES)
    if event.state not in event_rules.PROPOSAL:
        raise Refused(Reason.DINNER_IS_PUBLIC)


def _check_start(person_id: UUID, event_id: UUID) -> None:
    unreported = applications.of_person(person_id, states.UNREPORTED)
    has_twin = applications.standing_of(event_id) is not None
    if reason := applying.start_refusal(has_unreported=bool(unreported), has_twin=has_twin):
        raise Refused(reason, **(_earlier(unreported) if reason == Reason.REPORT_OUTSTANDING else {}))


def _earlier(unreported: Sequence[Application]) -> dict[str, Any]:
    title = unreported[0].event.title
    return {"title": title.shown(title.source).text}


def _next_number(round_id: UUID) -> int:
    grow = update(FundingRound).where(FundingRound.id == round_id).values(last_number=FundingRound.last_number + 1)
    found = grow.returning(FundingRound.last_number).execution_options(synchronize_session=False)
    return int(db.session().execute(found).scalar_one())


def save(*, application_id: UUID, step: Step, by: Actor, now: datetime) -> None:
    """Keep one step of an application. Raises NotFound, NotAllowed, Refused."""
    application = applications.locked(application_id)
    require(policy.may_write(by, application))
    if application.state not in states.WRITABLE:
        raise Refused(Reason.NOT_IN_THIS_STATE, state=State(application.state))
    if isinstance(step, Budget):
        _write_budget(application, step)
    elif isinstance(step, Dinner):
        _write_dinner(application, step, by, now)
    else:
        for name, value in vars(step).items():
            setattr(application, name, dict(value) if isinstance(value, Mapping) else value)
    db.session().flush()


def _write_budget(application: Application, step: Budget) -> None:
    if len(step.lines) > applying.MOST_LINES:
        raise Refused(Reason.TOO_MANY_LINES, most=applying.MOST_LINES)
    application.lines = [
        BudgetLine(position=position, kind=kind, amount=amount, note=note)
        for position, (kind, amount, note) in enumerate(step.lines)
    ]
    application.asked = step.asked


def _write_dinner(application: Application, step: Dinner, by: Actor, now: datetime) -> None:
    application.planned_on, application.neighbourhood_id = step.planned_on, step.neighbourhood_id
    application.languages, application.access = list(step.languages), [str(item) for item in step.access]
    application.organisation = step.organisation
    inviting.fill(application, by=by, now=now)


def submit(*, application_id: UUID, by: Actor, now: datetime) -> None:
    """Send an application in; its dinner isn't public before the city has decided. Raises NotFound, NotAllowed, Refused."""
    application = applications.locked(application_id)
    require(policy.may_write(by, application))
    if application.state not in states.WRITABLE:
        raise Refused(Reason.NOT_IN_THIS_STATE, state=State(application.state))
    is_again = application.state == State.CHANGES_REQUESTED
    if lacking := missing_of(application):
        raise Refused(Reason.NOT_COMPLETE, missing=lacking)
    _check_submit(application, now, is_again=is_again)
    event_actions.place_hold(event_id=application.event_id, reason=preparing.HOLD_DECISION, by=by, now=now)
    telling.expect_answer(application.event, by)
    asked = [review for review in application.reviews if review.state != ReviewState.CONFLICT]
    is_read_on = is_again and len(asked) >= application.round.least_reviews
    moving.move(application, State.SUBMITTED, by=by, now=now, is_told=not is_read_on, submitted_at=now)
    if is_read_on:  # the same people read it at once: one letter says so
        moving.move(application, State.IN_REVIEW, by=CLOCK, now=now)


def _check_submit(application: Application, now: datetime, *, is_again: bool) -> None:
    reason = applying.submit_refusal(standing(application, now), is_again=is_again)
    if reason == Reason.REPORT_OUTSTANDING:
        raise Refused(reason, **_earlier(_unreported(application)))
    if reason:
        raise Refused(reason, **_about(application.round, reason, application))


def _unreported(application: Application) -> list[Application]:
    return applications.of_person(application.host_id, states.UNREPORTED) if application.host_id else []


def standing(application: Application, now: datetime) -> Standing:
    """Return what decides whether an application may be sent in."""
    round_, planned_on = application.round, application.planned_on
    return Standing(
        phase=_phase(round_, now), asked=application.asked or 0, cap=round_.cap,
        lines=tuple(line.amount for line in application.lines), neighbourhood_id=application.neighbourhood_id,
        areas=rounds.areas(round_), programme_id=application.event.programme_id,
        programmes=frozenset(row.programme_id for row in round_.programmes),
        is_event_proposal=application.event.state in event_rules.PROPOSAL,
        is_date_past=planned_on is not None and planned_on < clock.local(now, round_.zone).date(),
        has_unreported=bool(_unreported(application)), has_twin=False,  # the index on the dinner lets no twin stand
    )


def missing_of(application: Application) -> tuple[Missing, ...]:
    """Return what an application still needs before it can be sent in."""
    return applying.missing({
        Missing.TITLE: application.event.title.texts,
        Missing.PLANNED_ON: application.planned_on,
        Missing.NEIGHBOURHOOD: application.neighbourhood_id,
        Missing.LANGUAGES: application.languages,
        Missing.WHY: application.why,
        Missing.WHO: application.who,
        Missing.REACH: application.reach,
        Missing.HOUSEHOLDS: application.has_two_households or not inviting.has_co_host(application),
        Missing.ANSWERS: applying.has_answers(application.round.questions, application.answers),
        Missing.LINES: application.lines,
        Missing.ASKED: application.asked,
    })


def withdraw(*, application_id: UUID, by: Actor, now: datetime) -> None:
    """Take an application back; money awarded goes back to the round, the dinner may go on unfunded.

    Raises NotFound, NotAllowed, Refused.
    """
    application = applications.locked(application_id)
    require(policy.may_withdraw(by, application))
    was = State(application.state)
    moving.move(application, State.WITHDRAWN, by=by, now=now, is_told=was != State.DRAFT)
    if application.award and was in states.PREPARING:
        budget.free(application.round_id, application.award)
    event_actions.lift_hold(event_id=application.event_id, reason=preparing.HOLD_DECISION, by=by, now=now)
    conditions.refresh(application, by=by, now=now)
