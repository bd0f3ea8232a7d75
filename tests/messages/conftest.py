import pytest

from tests.messages import support


@pytest.fixture
def kinds(app, monkeypatch):
    support.offer_kinds(app, monkeypatch)
