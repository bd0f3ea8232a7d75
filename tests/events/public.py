"""What tests of public pages share."""

import re
from datetime import timedelta

import pytest
import time_machine

from tests import factories as make
from tests.conftest import NOW


@pytest.fixture
def at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


def text(response):
    assert response.status_code == 200, response.status_code
    return response.get_data(as_text=True)


def titles(page):
    return re.findall(r'<h[23]><a href="/\w+/events/[^"]*"[^>]*>(.*?)</a>', page)


def in_days(days, **values):
    return make.event(starts_at=NOW + timedelta(days=days), **values)
