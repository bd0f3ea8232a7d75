"""Rivermouth's funding: one round in the middle of its life, with applications in every state and several languages."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from engage.accounts import actions as accounts
from engage.accounts import queries as people
from engage.attendance import actions as attendance
from engage.cli.demo.city import PASSWORD, Cast, localized
from engage.cli.demo.diary import Diary
from engage.core import clock, i18n
from engage.core.access import CLOCK, Actor, Role, Scope
from engage.events import actions as events
from engage.events.actions import What, When, WhenAndWhere, Where
from engage.funding.actions import (
    agreeing,
    applying,
    coaching,
    deciding,
    inviting,
    paying,
    reporting,
    reviewing,
    rounds,
    settling,
)
from engage.funding.actions.applying import Answers, Budget, Dinner, People
from engage.funding.actions.deciding import Award, Decline
from engage.funding.queries import agreements, applications, reports
from engage.funding.queries import rounds as round_queries
from engage.funding.rules.applying import BudgetKind
from engage.funding.rules.deciding import DeclineReason
from engage.funding.rules.paying import Direction
from engage.funding.rules.rounds import PayMode
from engage.funding.rules.states import State

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OPENED, CLOSES = 88 * DAY, 6 * DAY
BUDGET, CAP = 250_000, 15_000
SCORES = ({"bridges": 5, "reach": 4, "plan": 4}, {"bridges": 4, "reach": 4, "plan": 3})
PAID = frozenset({State.PAID_IN_ADVANCE, State.LAPSED})  # the rest have agreed and are paid against receipts

# How far each state has come, in the order of things.
WAY: tuple[State, ...] = (
    State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.AWARDED, State.AGREED, State.HELD, State.REPORTED, State.SETTLED,
)
COME: Mapping[State, int] = {state: number for number, state in enumerate(WAY)} | {
    State.CHANGES_REQUESTED: 1, State.WITHDRAWN: 1, State.DECLINED: 2, State.PAID_IN_ADVANCE: 4, State.REPORT_DUE: 5,
    State.LAPSED: 5,
}


def tell(cast: Cast, diary: Diary) -> None:
    """Note the round and all that was applied for."""
    told = json.loads((Path(__file__).parent / "funding.json").read_text(encoding="utf-8"))
    opened = diary.now - OPENED
    round_: list[UUID] = []
    diary.note(opened, lambda now: _staff(cast, told["staff"], now))
    diary.note(opened + HOUR, lambda now: round_.append(_open(cast, told["round"], opened, diary.now + CLOSES, now)))
    for number, each in enumerate(told["applications"]):
        Application(number, each, cast, diary, round_).live()


def _staff(cast: Cast, told: list[list[str]], now: datetime) -> None:
    for key, email, called, locale, role in told:
        cast.actors[key] = _join(email, called, locale, now, Role(role))


def _join(email: str, called: str, locale: str, now: datetime, *roles: Role) -> Actor:
    person_id = accounts.create_account(
        email=email, called=called, password=PASSWORD, roles=list(roles), locale=locale, by=CLOCK, now=now
    )
    address_id = people.main_address_id(person_id)
    return Actor(
        person_id=person_id, scopes=tuple(Scope(role) for role in roles), called=called, locale=locale,
        addresses=frozenset({address_id} if address_id else ()),
    )


def _open(cast: Cast, told: dict[str, Any], opens_at: datetime, closes_at: datetime, now: datetime) -> UUID:
    by = cast.actors["staff"]
    round_id = rounds.make(name=told["name"]["en"], locale="en", currency="GBP", by=by, now=now)
    values = {
        **{name: localized(told[name]) for name in ("name", "call", "help")}, "opens_at": opens_at, "closes_at": closes_at,
        "budget": BUDGET, "cap": CAP, "pay_mode": PayMode.ADVANCE, "hides_names": True,
        "programmes": frozenset({cast.programme_ids["dialogue_dinner"]}),
        "questions": [_as_kept(question) for question in told["questions"]],
        "criteria": [_as_kept(criterion) for criterion in told["criteria"]],
    }
    round_ = round_queries.one(round_id)
    rounds.change(round_id=round_id, version=round_.version, part="texts", values=values, by=by, now=now)
    rounds.publish(round_id=round_id, by=by, now=now)
    return round_id


def _as_kept(told: dict[str, Any]) -> dict[str, Any]:
    """Return a question or criterion with its texts as they are kept."""
    kept = dict(told)
    for name in ("text", "name", "meaning"):
        if name in kept:
            kept[name] = localized(kept[name]).as_json()
    if "options" in kept:
        kept["options"] = [_as_kept(option) for option in kept["options"]]
    return kept


class Application:
    """One application of the story; `id` and `host` are known once it is begun."""

    def __init__(self, number: int, told: dict[str, Any], cast: Cast, diary: Diary, round_: list[UUID]) -> None:
        self.number, self.told, self.cast, self.diary, self.round = number, told, cast, diary, round_
        self.state = State(told["state"])
        zone = cast.told["city"]["zone"]
        self.day = clock.local(diary.now, zone).date() + told["days"] * DAY
        self.starts_at = clock.at(datetime.combine(self.day, time(18, 30)), zone)
        self.begun_at = min(diary.now, self.starts_at) - 24 * DAY - number * HOUR
        self.id: UUID
        self.event_id: UUID
        self.host: Actor

    def live(self) -> None:
        """Note all that happens to it, as far as it has come."""
        steps: tuple[tuple[timedelta, Callable[[datetime], object]], ...] = (
            (0 * DAY, self._begin), (2 * DAY, self._submit), (4 * DAY, self._read), (7 * DAY, self._award),
            (8 * DAY, self._agree),
        )
        for after, step in steps[: COME[self.state] + 1]:
            self.diary.note(self.begun_at + after, step)
        aside = {State.CHANGES_REQUESTED: self._give_back, State.WITHDRAWN: self._withdraw, State.DECLINED: self._decline}
        if self.state in aside:
            self.diary.note(self.begun_at + 6 * DAY, aside[self.state])
        if COME[self.state] >= COME[State.AGREED]:
            self._prepare()
        if COME[self.state] >= COME[State.HELD]:
            self.diary.note(self.starts_at + HOUR, self._welcome)
            self.diary.note(self.starts_at + 4 * HOUR, self._close)
        if COME[self.state] >= COME[State.REPORTED]:
            self.diary.note(self.starts_at + 3 * DAY, self._report)
        if self.state == State.SETTLED:
            self.diary.note(self.starts_at + 6 * DAY, self._settle)

    @property
    def staff(self) -> Actor:
        return self.cast.actors["staff"]

    # --- applied ------------------------------------------------------------------------------------

    def _begin(self, now: datetime) -> None:
        self.host = self._who(now)
        locale = self.host.locale or "en"
        what = What(self.cast.programme_ids["dialogue_dinner"], locale, self.told["title"], self.told["why"])
        self.id = applying.begin(round_id=self.round[0], dinner=what, form_key=uuid4().hex, by=self.host, now=now)
        self.event_id = applications.one(self.id).event_id
        with i18n.speaking(locale):
            for step in self._steps():
                applying.save(application_id=self.id, step=step, by=self.host, now=now)
        if "co_host" in self.told:
            called, email = self.told["co_host"]
            inviting.ask_co_host(application_id=self.id, called=called, email=email, locale=locale, by=self.host, now=now)

    def _who(self, now: datetime) -> Actor:
        """Return somebody of the city's cast, or somebody who joins for this."""
        if isinstance(self.told["host"], str):
            return self.cast.actors[self.told["host"]]
        called, locale = self.told["host"]
        return _join(f"{called.split()[0].lower()}.{self.number}@example.org", called, locale, now)

    def _steps(self) -> tuple[applying.Step, ...]:
        told = self.told
        lines = tuple((BudgetKind(kind), amount, note) for kind, amount, note in told["lines"])
        return (
            Dinner(self.day, self.cast.area_ids[told["area"]], tuple(told["speaks"])),
            People(told["why"], told["who"], told["reach"], has_two_households="co_host" in told),
            Answers({"seats": 12, "before": "no"}),
            Budget(lines, sum(amount for _kind, amount, _note in lines)),
        )

    def _submit(self, now: datetime) -> None:
        applying.submit(application_id=self.id, by=self.host, now=now)

    def _withdraw(self, now: datetime) -> None:
        applying.withdraw(application_id=self.id, by=self.host, now=now)

    # --- decided ------------------------------------------------------------------------------------

    def _read(self, now: datetime) -> None:
        for key, scores in zip(("vera", "rosa"), SCORES, strict=True):
            self._ask(key, now)
            if key == "rosa" or self.state != State.IN_REVIEW:  # reviewers of the demo city find something to read
                said = {key: max(1, score - self.number % 2) for key, score in scores.items()}
                reviewing.give_review(application_id=self.id, scores=said, comments={}, by=self.cast.actors[key], now=now)

        if self.state == State.IN_REVIEW and self.number % 2:  # staff judge as well: nobody's queue is empty
            self._ask("staff", now)
            self._ask("admin", now)

    def _ask(self, key: str, now: datetime) -> None:
        person_id = self.cast.actors[key].person_id
        assert person_id  # noqa: S101 - they have joined
        reviewing.ask_reviewer(application_id=self.id, person_id=person_id, by=self.staff, now=now)

    def _give_back(self, now: datetime) -> None:
        deciding.request_changes(application_id=self.id, note=self.told["note"], by=self.staff, now=now)

    def _decline(self, now: datetime) -> None:
        reasons = tuple(DeclineReason(code) for code in self.told["reasons"])
        deciding.decide(application_id=self.id, decision=Decline(reasons, self.told["note"]), by=self.staff, now=now)

    def _award(self, now: datetime) -> None:
        self._answer_as_co_host(now)
        award = Award(self.told["award"], self.told.get("note", ""))
        deciding.decide(application_id=self.id, decision=award, by=self.staff, now=now)
        coach = self.cast.actors["odile"].person_id
        coaching.choose_coach(application_id=self.id, person_id=coach, by=self.staff, now=now)
        if self.number % 2:
            coaching.plan_contact(application_id=self.id, on=self.day - 5 * DAY, by=self.cast.actors["odile"], now=now)

    def _answer_as_co_host(self, now: datetime) -> None:
        for part in applications.one(self.id).event.people:
            if part.address_id:
                holder = Actor(links=frozenset({("cohost", part.id)}))
                events.answer_invitation(event_person_id=part.id, is_accepted=True, by=holder, now=now)

    # --- made ready, held, told -----------------------------------------------------------------------

    def _agree(self, now: datetime) -> None:
        document = agreements.in_force()
        assert document  # noqa: S101 - a new city has one
        agreeing.accept(application_id=self.id, version=document.version, by=self.host, now=now)

    def _prepare(self) -> None:
        """Note training, money and invitation of a dinner that is to be public."""
        is_ready = self.state != State.AGREED
        if is_ready:
            self.diary.note(self.begun_at + 9 * DAY, self._train)
            self.diary.note(self.begun_at + 9 * DAY + HOUR, self._pay)
            self.diary.note(self.begun_at + 10 * DAY, self._publish)

    def _train(self, now: datetime) -> None:
        assert self.host.person_id  # noqa: S101 - they have joined
        accounts.train(person_id=self.host.person_id, on=now.date(), until=None, by=CLOCK, now=now)

    def _pay(self, now: datetime) -> None:
        paying.enter(
            application_id=self.id, direction=Direction.OUT, amount=self.told["award"], on=now.date(),
            reference=f"Order {1200 + self.number}", form_key=uuid4().hex, by=self.staff, now=now,
        )

    def _publish(self, now: datetime) -> None:
        venue_id = self.cast.venue_ids["Guildhall"]
        area_id = self.cast.area_ids[self.told["area"]]
        when = When(self.day, time(18, 30), time(21))
        where = WhenAndWhere(when, Where(neighbourhood_id=area_id, venue_id=venue_id))
        events.save_step(event_id=self.event_id, step=where, by=self.host, now=now)
        events.submit(event_id=self.event_id, by=self.host, now=now)
        events.publish(event_id=self.event_id, by=self.staff, now=now)

    def _welcome(self, now: datetime) -> None:
        attendance.add_walk_in(
            event_id=self.event_id, form_key=uuid4().hex, people=self.told["people"], by=self.host, now=now
        )

    def _close(self, now: datetime) -> None:
        attendance.close(event_id=self.event_id, by=self.host, now=now)

    def _report(self, now: datetime) -> None:
        told = self.told["report"]
        said = reporting.Told(
            talked=told["talked"], outcome=told["outcome"], quote=told["quote"], may_publish_quote=True,
            may_name_host=self.number % 2 == 0,
        )
        with i18n.speaking(self.host.locale or "en"):
            reporting.save(application_id=self.id, told=said, by=self.host, now=now)
        for kind, amount, note in told["receipts"]:
            reporting.add_receipt(
                application_id=self.id, kind=BudgetKind(kind), amount=amount, note=note, upload=None, form_key=uuid4().hex,
                by=self.host, now=now,
            )
        reporting.send_in(application_id=self.id, by=self.host, now=now)

    def _settle(self, now: datetime) -> None:
        for receipt in reports.receipts(self.id):
            settling.judge_receipt(receipt_id=receipt.id, approved=receipt.amount, note="", by=self.staff, now=now)
        settling.settle(application_id=self.id, by=self.staff, now=now)
