"""Sessions: begun, used, ended. A row each; its end ends the session wherever it is open."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.sql.elements import ColumnElement

from engage.accounts import facts, rules
from engage.accounts.models import SignIn
from engage.core import db, ledger, secrets
from engage.core.access import Actor
from engage.core.refusal import require


def open_session(*, person_id: UUID, browser: str, is_own_device: bool, by: Actor, now: datetime) -> str:
    """Begin a session for somebody who has shown who they are; return the token its browser keeps."""
    require(by.person_id in (None, person_id))
    token = secrets.new_token()
    end = rules.session_end(now, now, is_own_device=is_own_device)
    db.session().add(SignIn(
        person_id=person_id, token_hash=secrets.keyed_hash(token), browser=rules.browser_label(browser),
        is_own_device=is_own_device, created_at=now, seen_at=now, expires_at=end,
    ))  # fmt: skip
    return token


def note_use(*, sign_in_id: UUID, until: datetime, by: Actor, now: datetime) -> None:
    """Keep a session that is in use; one that was ended meanwhile stays ended."""
    mine = update(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == by.person_id, SignIn.ended_at.is_(None))
    db.session().execute(mine.values(seen_at=now, expires_at=until))


def end_session(*, sign_in_id: UUID, by: Actor, now: datetime) -> None:
    """End one of one's own sessions. Ending it twice, or a stranger's, changes nothing."""
    _end(by, SignIn.id == sign_in_id, now)


def end_sessions(*, keep: UUID | None, by: Actor, now: datetime) -> None:
    """End all of one's sessions, but the one that is kept if any."""
    _end(by, SignIn.id != keep if keep else SignIn.id.is_not(None), now)
    if by.person_id:
        ledger.record(facts.SignedOutEverywhere(by.person_id), by=by)


def _end(by: Actor, which: ColumnElement[bool], now: datetime) -> None:
    require(by.is_signed_in)
    mine = update(SignIn).where(which, SignIn.person_id == by.person_id, SignIn.ended_at.is_(None))
    db.session().execute(mine.values(ended_at=now))
