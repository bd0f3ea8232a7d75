"""Personal links: genuine, endable, read under old keys, and gone from the address bar at once."""

from uuid import uuid4

import pytest

from engage import config
from engage.core import pages, secrets, tokens
from engage.core.tokens import LinkKind


@pytest.fixture
def purpose(app):
    """A purpose whose only thing has revocation number 3."""
    thing = uuid4()
    kind = LinkKind("probe", lambda public_id: 3 if public_id == thing else None, "front.neighbourhood", "code")
    tokens.KINDS["probe"] = kind
    yield thing
    del tokens.KINDS["probe"]


def _path(url):
    return url.removeprefix("https://engage.test")


def test_a_link_is_exchanged_for_a_cookie(client, purpose):
    answer = client.get(_path(pages.link("probe", purpose, 3, "fr")))
    assert answer.status_code == 302
    assert answer.location.startswith("/fr/")
    assert "link" not in answer.location
    with client.session_transaction() as session:
        assert session["links"] == {f"probe:{purpose}": 3}


@pytest.mark.parametrize("change", [
    lambda thing: pages.link("probe", thing, 2, "fr"),  # ended by a higher number
    lambda _: pages.link("probe", uuid4(), 3, "fr"),  # of nothing
    lambda thing: pages.link("other", thing, 3, "fr"),  # another purpose
    lambda thing: pages.link("probe", thing, 3, "fr")[:-2] + "xx",
    lambda thing: pages.link("probe", thing, 3, "fr") + "é",
])
def test_any_other_link_opens_nothing(client, purpose, change):
    answer = client.get(_path(change(purpose)))
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def test_links_live_under_an_old_key_and_die_with_it(app):
    thing = uuid4()
    try:
        secrets.configure(config.load({"ENGAGE_SECRET_KEY": "o" * 40}))
        old = tokens.sign("place", thing, 0)
        secrets.configure(config.load({"ENGAGE_SECRET_KEY": "n" * 40, "ENGAGE_SECRET_KEY_FALLBACKS": "o" * 40}))
        assert tokens.is_valid("place", thing, 0, old)
        secrets.configure(config.load({"ENGAGE_SECRET_KEY": "n" * 40}))
        assert not tokens.is_valid("place", thing, 0, old)
    finally:
        secrets.configure(app.extensions["engage_config"])


def test_data_is_read_under_an_old_key_and_found_by_the_same_hash(app):
    old, new = config.DEVELOPMENT_DATA_KEY, "YW5vdGhlci1rZXktZm9yLXRoZS10ZXN0cy1vbmx5ISE="
    try:
        secrets.configure(config.load({"ENGAGE_DATA_KEY": old}))
        kept, found = secrets.encrypt("amina@example.org"), secrets.keyed_hash("amina@example.org")
        secrets.configure(config.load({"ENGAGE_DATA_KEY": f"{new},{old}"}))
        assert secrets.decrypt(kept) == "amina@example.org"
        assert secrets.keyed_hash("amina@example.org") == found
    finally:
        secrets.configure(app.extensions["engage_config"])


def test_addresses_come_from_the_configuration_and_never_from_the_host_header(app):
    with app.test_request_context(headers={"Host": "evil.example"}):
        assert pages.address("front.home", locale="fr") == "https://engage.test/fr/"
