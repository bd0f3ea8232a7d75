"""Sign a test's browser in: `sign_in(client, person)`."""

from datetime import UTC, datetime

from engage.accounts.models import SignIn
from engage.core import secrets
from tests.conftest import NOW
from tests.factories.base import keep

FAR = datetime(2100, 1, 1, tzinfo=UTC)


def sign_in(client, person, **values):
    """Open a session for a person in this client, whatever time a test travels to.

    `seen_at` lies ahead, so that using the session writes nothing and statement counts hold.
    """
    token = secrets.new_token()
    row = keep(SignIn(**{
        "person_id": person.id, "token_hash": secrets.keyed_hash(token), "browser": "Firefox, Linux", "is_own_device": True,
        "created_at": NOW, "seen_at": FAR, "expires_at": FAR, **values,
    }))
    with client.session_transaction() as session:
        session["sign_in"] = token
    return row


def sign_out(client):
    """Make this client a stranger again."""
    with client.session_transaction() as session:
        session.clear()
