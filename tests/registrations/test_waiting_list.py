"""Any sequence of sign-ups, answers, changes and lapses, held against a simple model of seats and line."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from engage.core import db
from engage.core.access import CLOCK
from engage.core.refusal import Refused
from engage.registrations import actions, jobs, queries
from engage.registrations.rules import State
from tests import factories as make
from tests.conftest import NOW
from tests.registrations.helpers import get, link, rows, seats, sign_up

CAPACITY = 4
sizes = st.integers(1, CAPACITY)


class Line(RuleBasedStateMachine):
    """The real thing beside a model: who sits (id -> size), who is offered, who waits in order."""

    parties = Bundle("parties")

    def __init__(self):
        super().__init__()
        self.event = make.event(capacity=CAPACITY, starts_at=NOW + timedelta(days=90))
        self.now, self.count = NOW, 0
        self.held, self.seated, self.offered, self.line, self.asked = {}, {}, {}, [], {}

    # the model

    @property
    def left(self):
        return CAPACITY - sum(self.held.values()) - sum(self.seated.values()) - sum(self.offered.values())

    def pass_on(self):
        for party in list(self.line):
            if party[1] <= self.left:
                self.line.remove(party)
                self.offered[party[0]] = party[1]

    def take_off(self, found):
        for kept in (self.held, self.seated, self.offered, self.asked):
            kept.pop(found, None)
        self.line = [party for party in self.line if party[0] != found]

    # what people do

    @rule(target=parties, size=sizes)
    def ask(self, size):
        self.count += 1
        self.now += timedelta(minutes=1)
        found = sign_up(self.event, f"party{self.count}@example.org", size, now=self.now)
        if not self.line and size <= self.left:
            self.held[found] = size
        else:
            self.asked[found] = size
        return found

    @rule(found=parties)
    def answer(self, found):
        try:
            with db.transaction():
                actions.prove(registration_id=found, by=link(found), now=self.now)
        except Refused:
            return
        row = get(found)
        if found in self.held:
            self.seated[found] = self.held.pop(found)
        elif found in self.asked or not self.knows(found):
            self.asked.pop(found, None)
            if not self.line and row.party_size <= self.left:
                self.seated[found] = row.party_size
            else:
                self.line.append((found, row.party_size))
                self.line.sort(key=lambda party: get(party[0]).turn)

    def knows(self, found):
        return found in self.seated or found in self.offered or any(party[0] == found for party in self.line)

    @rule(found=parties)
    def accept(self, found):
        if found in self.offered:
            with db.transaction():
                actions.accept_offer(registration_id=found, by=link(found), now=self.now)
            self.seated[found] = self.offered.pop(found)

    @rule(found=parties)
    def cancel(self, found):
        try:
            with db.transaction():
                actions.cancel(registration_id=found, by=link(found), now=self.now)
        except Refused:
            return
        self.take_off(found)
        self.pass_on()

    @rule(found=parties, size=sizes)
    def change(self, found, size):
        before = get(found).party_size
        try:
            with db.transaction():
                actions.change_party(registration_id=found, party_size=size, by=link(found), now=self.now)
        except Refused:
            return
        for kept in (self.seated, self.offered):
            if found in kept:
                assert size <= before or not self.line, "nobody grows past those who wait"
                kept[found] = size
        self.line = [(each, size if each == found else kept) for each, kept in self.line]
        if size < before:
            self.pass_on()

    @rule(hours=st.sampled_from([1, 30]))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)
        due = queries.lapsed(self.now)
        db.session().rollback()
        for found in due:
            with db.transaction():
                actions.lapse(registration_id=found, by=CLOCK, now=self.now)
            self.take_off(found)
            self.pass_on()
        assert jobs.lapse(self.now) == 0

    # what must always hold

    @invariant()
    def seats_are_what_the_model_says(self):
        assert seats(self.event) == CAPACITY - self.left
        by_state = {State.HELD: self.held, State.CONFIRMED: self.seated, State.OFFERED: self.offered}
        for row in rows(self.event):
            for at, kept in by_state.items():
                assert (row.state == at) == (row.id in kept)
            assert row.seats_held == (row.party_size if row.state in by_state else 0)

    @invariant()
    def the_line_is_the_models_line(self):
        assert [(party.id, party.size) for party in queries.waiting(self.event.id)] == self.line
        for position, (found, _) in enumerate(self.line, 1):
            assert queries.line(get(found)).position == position
        db.session().rollback()


@pytest.mark.slow
def test_seats_and_line_follow_the_model(app):
    quick = settings(
        max_examples=25, stateful_step_count=25, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Line, settings=quick)
