"""Which letters can be ended with one click, and which somebody must get (docs/decisions/0004)."""

import pytest

from engage.accounts.rules import TicketPurpose
from engage.messages import letters
from engage.messages.rules import Topic

CHANGES = {"event_moved", "event_cancelled", "events.moved", "events.cancelled", "place_removed", "reminders.address"}
PROOF = {"place_asked", "place_known", "events.subscription", "concerns.proof", "concerns.ranking"}
ACCOUNT = {*(f"accounts.{purpose}" for purpose in TicketPurpose), "accounts.known", "accounts.unknown", "accounts.changed",
           "accounts.role"}


def _of(topic):
    return {name for name, kind in letters.KINDS.items() if kind.topic == topic and not name.startswith("test.")}


def test_every_letter_can_be_ended_but_those_one_must_get(app):
    assert _of(None) == CHANGES | PROOF | ACCOUNT


@pytest.mark.parametrize("topic", Topic)
def test_every_topic_has_letters(app, topic):
    assert _of(topic)


def test_tips_for_hosts_can_end_without_the_citys_decisions(app):
    assert _of(Topic.PROPOSALS) == {
        "events.published", "events.changes", "events.declined", "events.answered", "funding.moved", "funding.note",
    }
    assert not _of(Topic.HOSTING) & _of(Topic.PROPOSALS)


def test_every_letter_has_a_preview(app):
    assert [name for name, kind in letters.KINDS.items() if kind.sample is None and not name.startswith("test.")] == []
