"""Who is asking: from the session's cookie to an actor.

The cookie holds a random token and nothing about its holder; the row it leads to is the session.
Nothing here runs for a public page.
"""

from contextlib import suppress
from uuid import UUID

from flask import Response, g, request, session
from flask.blueprints import BlueprintSetupState
from sqlalchemy.exc import OperationalError

from engage.accounts import actions, queries, rules
from engage.accounts.views import bp, carrying
from engage.core import access, clock, pages, secrets
from engage.core.access import Actor
from engage.core.db import transaction

COOKIE_KEY = carrying.SIGN_IN


def identify() -> Actor:
    """Return who acts in this request."""
    found = _identity()
    if found is None:
        return Actor(links=pages.links_held())
    person = found.person
    return Actor(
        person_id=person.id, scopes=found.scopes, addresses=found.addresses, links=pages.links_held(),
        is_trained=rules.is_trained(person.trained_on, person.trained_until, queries.today()),
        called=person.called, locale=person.locale,
    )


def _identity() -> queries.Identity | None:
    token = session.get(COOKIE_KEY)
    if not token:
        return None
    now = clock.now()
    found = queries.identity(secrets.keyed_hash(str(token)), now, queries.today())
    if found is None:
        return None
    g.sign_in_id = found.sign_in.id
    if rules.is_seen_anew(found.sign_in.seen_at, now):
        end = rules.session_end(found.sign_in.created_at, now, is_own_device=found.sign_in.is_own_device)
        g.seen_sign_in = (found.sign_in.id, now, end)
        session.modified = True  # its cookie is given anew as well, so that it doesn't end before the row
    return found


def current_sign_in() -> UUID | None:
    """Return the session that this browser is in."""
    return (access.actor().is_signed_in and g.get("sign_in_id")) or None


def browser(*, is_own_device: bool) -> actions.Browser:
    """Return what a session is about to be opened in."""
    return actions.Browser(request.user_agent.string, is_own_device, session.get(COOKIE_KEY))


def begin(entry: actions.Entry, *, is_own_device: bool, spent: UUID | None = None) -> None:
    """Give this browser a session. What an earlier one held goes; opened personal links stay, but the spent one."""
    links = {key: value for key, value in session.get("links", {}).items() if not spent or not key.endswith(str(spent))}
    _clear()
    session.permanent = is_own_device
    session[COOKIE_KEY] = entry.token
    if links:
        session["links"] = links
    access.begin(identify)


def end() -> None:
    """Take everything from this browser: session, opened links, half-sent forms."""
    _clear()
    access.begin(identify)


def _clear() -> None:
    """Empty the cookie; forms shown from here on get a token of the new session."""
    session.clear()
    g.pop("csrf_token", None)


@bp.after_app_request
def note_use(response: Response) -> Response:
    """Note now and then that a session is used. A busy database may miss one: it is a courtesy."""
    seen = g.pop("seen_sign_in", None)
    if seen is not None:
        sign_in_id, now, until = seen
        with suppress(OperationalError), transaction():
            actions.note_use(sign_in_id=sign_in_id, until=until, by=access.actor(), now=now)
    return response


@bp.record
def _offer(state: BlueprintSetupState) -> None:
    pages.identified_by(identify)
    state.app.extensions["sign_in_first"] = carrying.sign_in_first
