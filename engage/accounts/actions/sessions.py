"""Sessions: begun, used, ended. A row each; its end ends the session wherever it is open."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.sql.elements import ColumnElement

from engage.accounts import adapters, facts, policy, queries, rules
from engage.accounts.models import SignIn
from engage.core import db, ledger, secrets
from engage.core.access import Actor
from engage.core.refusal import require


@dataclass(frozen=True)
class Browser:
    """What a session is opened in: whose device, and the token of the session it takes the place of."""

    agent: str = ""
    is_own_device: bool = False
    former_token: str | None = None


@dataclass(frozen=True)
class Entry:
    """A session just begun: the token its browser keeps, and what was carried through sign-in."""

    token: str
    person_id: UUID
    carried: str | None = None


def holder_by_password(*, email: str, password: str, by: Actor, now: datetime) -> UUID | None:
    """Return whose email address and password these are, with as much work whoever it is.

    Reads only, and takes long on purpose: call it outside of a transaction.
    """
    address = queries.mail_address(email)
    person = queries.holder(address.id) if address else None
    is_right = adapters.is_password(person.password_hash if person else None, password)
    return person.id if person and is_right else None


def open_session(*, person_id: UUID, browser: Browser, by: Actor, now: datetime) -> Entry:
    """Begin a session for somebody who has just shown who they are."""
    if browser.former_token:
        former = update(SignIn).where(SignIn.token_hash == secrets.keyed_hash(browser.former_token), SignIn.ended_at.is_(None))
        db.session().execute(former.values(ended_at=now))
    token = secrets.new_token()
    db.session().add(SignIn(
        person_id=person_id, token_hash=secrets.keyed_hash(token), browser=rules.browser_label(browser.agent),
        is_own_device=browser.is_own_device, created_at=now, seen_at=now,
        expires_at=rules.session_end(now, now, is_own_device=browser.is_own_device),
    ))
    return Entry(token, person_id)


def note_use(*, sign_in_id: UUID, until: datetime, by: Actor, now: datetime) -> None:
    """Keep a session that is in use; one that was ended meanwhile stays ended."""
    mine = update(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == by.person_id, SignIn.ended_at.is_(None))
    db.session().execute(mine.values(seen_at=now, expires_at=until))


def end_session(*, sign_in_id: UUID, by: Actor, now: datetime) -> None:
    """End one of one's own sessions. Ending it twice, or a stranger's, changes nothing."""
    require(by.is_signed_in)
    end_all(SignIn.person_id == by.person_id, SignIn.id == sign_in_id, by=by, now=now)


def end_sessions(*, person_id: UUID, keep: UUID | None = None, by: Actor, now: datetime) -> None:
    """End all sessions of a person, but the one that is kept if any."""
    require(policy.may_change_account(by, person_id))
    is_other = SignIn.id != keep if keep else SignIn.id.is_not(None)
    end_all(SignIn.person_id == person_id, is_other, by=by, now=now)
    ledger.record(facts.SignedOutEverywhere(person_id), by=by)


def end_all(*which: ColumnElement[bool], by: Actor, now: datetime) -> None:
    """End the sessions a condition names; the caller has asked whether `by` may."""
    db.session().execute(update(SignIn).where(*which, SignIn.ended_at.is_(None)).values(ended_at=now))
