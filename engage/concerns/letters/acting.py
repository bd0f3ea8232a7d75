"""Letters about action items: to whoever has something to do, and to staff when it is late."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from engage.accounts import queries as accounts
from engage.accounts.models import Person
from engage.concerns import policy
from engage.concerns.models import ActionItem
from engage.concerns.queries import acting
from engage.concerns.rules.meeting import ActionState
from engage.core import pages
from engage.core.refusal import NotFound
from engage.core.text import Localized
from engage.messages import actions as messages
from engage.messages.letters import Letter, LetterKind, spoken
from engage.messages.rules import Topic

GIVEN, OVERDUE, LATE = "concerns.action_given", "concerns.action_overdue", "concerns.action_late"
Facts = Mapping[str, Any]


def thread(action_id: UUID) -> str:
    return f"action:{action_id}"


def tell_owner(action: ActionItem, kind: str, *, key: str, now: datetime, expires_at: datetime) -> bool:
    """Write to whoever does it, once for each `key`; say whether the letter is new."""
    to = next(iter(acting.owner_of(action)), None)
    return to is not None and messages.post(
        about=f"{kind}:{action.id}:{key}:{to}", kind=kind, to=to, now=now, expires_at=expires_at, thread=thread(action.id),
        subject_id=action.id,
        facts={"action_id": action.id, "revocation": action.revocation, "due_on": action.due_on.isoformat()},
    )


def tell_staff(action: ActionItem, person: Person, *, key: str, now: datetime, expires_at: datetime) -> bool:
    """Write to one of the staff that something is late, once for each `key`; say whether the letter is new."""
    to = accounts.main_address_id(person.id)
    return to is not None and messages.post(
        about=f"{LATE}:{action.id}:{key}:{person.id}", kind=LATE, to=to, now=now, expires_at=expires_at,
        thread=thread(action.id),
        facts={"action_id": action.id, "due_on": action.due_on.isoformat(), "person_id": person.id},
    )


def _found(facts: Facts) -> ActionItem | None:
    """Return what a letter is about, or None when it is ended, gone or due on another day."""
    try:
        action = acting.one(UUID(facts["action_id"]))
    except NotFound:
        return None
    return action if action.state == ActionState.OPEN and action.due_on.isoformat() == facts["due_on"] else None


def _about(action: ActionItem) -> dict[str, Any]:
    """Return what every letter says of an action item."""
    return {
        "what": action.what, "who": action.who, "department": action.department, "due_on": action.due_on,
        "meeting": action.event.title if action.event else None,
    }


def to_owner(name: str) -> Callable[[Facts, datetime], Letter | None]:
    """Return what writes a letter to whoever does it: none once that is somebody else."""
    def render(facts: Facts, _now: datetime) -> Letter | None:
        action = _found(facts)
        if action is None or action.revocation != facts["revocation"]:
            return None
        owner = accounts.person(action.owner_id) if action.owner_id else None
        locale = spoken(owner.locale if owner else action.locale)
        return Letter(locale, f"concerns/mail/{name}", {
            **_about(action), "called": owner.called if owner else action.who, "url": _way(action, locale),
        })
    return render


def _way(action: ActionItem, locale: str) -> str:
    """Return the page of whoever does it: by their account, else by a personal link."""
    if action.address_id:
        return pages.link(policy.ACTION, action.id, action.revocation, locale)
    return pages.address("concerns.owned", locale=locale, action_id=action.id)


def late(facts: Facts, _now: datetime) -> Letter | None:
    """Tell one of the staff what was not done on its day, as long as it is so and they are there."""
    action, person = _found(facts), accounts.person(UUID(facts["person_id"]))
    if action is None or person is None:
        return None
    locale = spoken(person.locale)
    url = pages.address("concerns_desk.action", locale=locale, action_id=action.id)
    return Letter(locale, "concerns/mail/action_late", {**_about(action), "called": person.called, "url": url})


# --- samples: what a preview shows, with made-up people ---------------------------------------------

MADE_UP: Mapping[str, Any] = {
    "called": "Amina", "who": "Amina", "department": "Highways", "url": "https://example.org/", "due_on": date(2027, 5, 20),
    "what": Localized({
        "en": "Mend the lights on the marsh path", "fr": "Réparer l’éclairage du chemin du marais",
        "es": "Reparar las luces del camino de la marisma", "ar": "إصلاح أضواء ممر المستنقع",
    }, "en"),
    "meeting": Localized({
        "en": "Lights on the marsh path", "fr": "De la lumière sur le chemin du marais",
        "es": "Luces en el camino de la marisma", "ar": "أضواء على ممر المستنقع",
    }, "en"),
}


def _sample(name: str) -> Callable[[str], Letter]:
    return lambda locale: Letter(locale, f"concerns/mail/{name}", MADE_UP)


LETTERS: dict[str, LetterKind] = {
    GIVEN: LetterKind(to_owner("action_given"), Topic.ACTIONS, _sample("action_given")),
    OVERDUE: LetterKind(to_owner("action_overdue"), Topic.ACTIONS, _sample("action_overdue")),
    LATE: LetterKind(late, Topic.ACTIONS, _sample("action_late")),
}
