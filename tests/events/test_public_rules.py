from datetime import timedelta

import pytest

from engage.events import rules
from engage.events.rules import Phase, Seats, SeatsLabel, State
from tests.conftest import NOW

HOUR = timedelta(hours=1)
PAUSED, NOT_PAUSED = True, False


@pytest.mark.parametrize(("capacity", "taken", "is_paused", "told"), [
    (None, 40, NOT_PAUSED, Seats(SeatsLabel.OPEN)),
    (None, 40, PAUSED, Seats(SeatsLabel.PAUSED)),
    (12, 0, NOT_PAUSED, Seats(SeatsLabel.PLENTY)),
    (12, 5, NOT_PAUSED, Seats(SeatsLabel.PLENTY)),
    (12, 6, NOT_PAUSED, Seats(SeatsLabel.PLENTY, drawn=6)),
    (12, 8, NOT_PAUSED, Seats(SeatsLabel.PLENTY, drawn=6)),
    (12, 9, NOT_PAUSED, Seats(SeatsLabel.FEW, left=3, drawn=9)),
    (12, 12, NOT_PAUSED, Seats(SeatsLabel.FULL, drawn=12)),
    (12, 12, PAUSED, Seats(SeatsLabel.PAUSED, drawn=12)),
    (3, 1, NOT_PAUSED, Seats(SeatsLabel.FEW, left=2, drawn=1)),
    (1, 0, NOT_PAUSED, Seats(SeatsLabel.FEW, left=1)),
    (200, 190, NOT_PAUSED, Seats(SeatsLabel.PLENTY, drawn=100)),
    (200, 191, NOT_PAUSED, Seats(SeatsLabel.FEW, left=9, drawn=191)),
])
def test_public_seats(capacity, taken, is_paused, told):
    assert rules.public_seats(capacity, taken, is_paused) == told


@pytest.mark.parametrize(("state", "starts", "ends", "phase"), [
    (State.PUBLISHED, 1, 2, Phase.COMING),
    (State.PUBLISHED, 0, 2, Phase.UNDER_WAY),
    (State.PUBLISHED, -2, 0, Phase.OVER),
    (State.HELD, -1, 1, Phase.OVER),
    (State.CANCELLED, 1, 2, Phase.CANCELLED),
    (State.CANCELLED, -2, -1, Phase.CANCELLED),
])
def test_phase(state, starts, ends, phase):
    assert rules.phase(state, NOW + starts * HOUR, NOW + ends * HOUR, NOW) == phase
