"""Letters of funding: from ids to what a host reads. None says who judged, or how."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from engage.accounts import queries as accounts
from engage.core import pages
from engage.core.city import city
from engage.core.refusal import NotFound
from engage.core.text import Localized
from engage.events import policy as events_policy
from engage.events.models import EventPerson
from engage.events.rules import Acceptance
from engage.funding.models import Application
from engage.funding.queries import applications, money
from engage.funding.rules.deciding import DeclineReason
from engage.funding.rules.states import FUNDED, State
from engage.funding.wording import labels
from engage.funding.wording.told import TOLD
from engage.messages.letters import Letter, LetterKind
from engage.messages.rules import Topic

Facts = Mapping[str, Any]
MONEY_MOVES = frozenset({State.PAID_IN_ADVANCE, State.SETTLED, State.LAPSED})  # what was paid, is to be, or to come back


def host_letter(name: str, facts: Facts, application: Application, **context: Any) -> Letter | None:
    """Return a letter to one of the hosts in their language, or None when they host no more."""
    part = next((part for part in application.event.people if part.id == UUID(facts["part_id"])), None)
    if part is None or part.role not in events_policy.HOSTING or part.acceptance != Acceptance.ACCEPTED:
        return None
    locale = _locale(part)
    url = pages.address("funding.application", locale=locale, application_id=application.id)
    return Letter(locale, f"funding/mail/{name}", {**_about(application), "called": part.called, "url": url, **context})


def found(facts: Facts) -> Application | None:
    """Return the application a letter is about, or None when it is gone."""
    try:
        return applications.one(UUID(facts["application_id"]))
    except NotFound:
        return None


def _locale(part: EventPerson) -> str:
    """Return the language of a host: of the account the part or its address belongs to."""
    person = accounts.person(part.person_id) if part.person_id else part.address_id and accounts.holder(part.address_id)
    return person.locale if person and person.locale in city().locales else city().default_locale


def _about(application: Application) -> dict[str, Any]:
    """Return what every letter may say of an application."""
    return {
        "title": application.event.title, "round_name": application.round.name, "currency": application.round.currency,
        "award": application.award if application.state in FUNDED else None, "zone": application.round.zone,
        "report_due_at": application.report_due_at if application.state in (State.HELD, State.REPORT_DUE) else None,
        "approved": application.approved,
        "balance": money.balance_of(application) if application.state in MONEY_MOVES else None,
    }


def moved(facts: Facts, _now: datetime) -> Letter | None:
    """Tell a host of a change, unless the application has gone on since."""
    application = found(facts)
    if application is None or application.state != facts["state"]:
        return None
    note = applications.note(UUID(facts["note_id"])) if facts.get("note_id") else None
    reasons = application.decline_reasons if application.state == State.DECLINED else ()
    return host_letter(
        "moved", facts, application, told=TOLD[State(application.state)], note=note.body if note else "",
        reasons=[(labels.DECLINED[DeclineReason(code)], labels.ADVICE[DeclineReason(code)]) for code in reasons],
    )


def note(facts: Facts, _now: datetime) -> Letter | None:
    """Tell a host that the city wrote about their application."""
    application, written = found(facts), applications.note(UUID(facts["note_id"]))
    if application is None or written is None or written.is_internal:
        return None
    return host_letter("note", facts, application, note=written.body)


def coach(facts: Facts, _now: datetime) -> Letter | None:
    """Tell a host who helps them, unless it is somebody else by now."""
    application = found(facts)
    if application is None or str(application.coach_id) != facts["coach_id"]:
        return None
    person = accounts.person(UUID(facts["coach_id"]))
    return host_letter("coach", facts, application, coach=person.called) if person else None


def nudge(facts: Facts, _now: datetime) -> Letter | None:
    """Remind a host of a report that is overdue, as long as none came and the award has not lapsed."""
    application = found(facts)
    if application is None or application.state != State.REPORT_DUE or application.report_due_at is None:
        return None
    lapses_at = application.report_due_at + timedelta(days=application.round.lapse_days)
    return host_letter("nudge", facts, application, due_at=application.report_due_at, lapses_at=lapses_at)


# --- samples: what a preview shows, with made-up people --------------------------------------------

TITLE = Localized(
    {"en": "Dinner with neighbours", "fr": "Dîner entre voisins", "es": "Cena entre vecinos", "ar": "عشاء مع الجيران"}, "en"
)
MADE_UP: Mapping[str, Any] = {
    "title": TITLE, "called": "Amina", "url": "https://example.org/", "currency": "USD", "award": 15_000, "zone": "UTC",
    "round_name": Localized({"en": "Spring 2027", "fr": "Printemps 2027", "es": "Primavera de 2027", "ar": "ربيع 2027"}, "en"),
    "report_due_at": None, "approved": None, "balance": None, "note": "", "reasons": [], "on": date(2027, 5, 20),
    "due_at": datetime(2027, 6, 3, 17, 30, tzinfo=UTC),
}


def sample(name: str, **context: Any) -> Callable[[str], Letter]:
    """Return what shows a letter in a locale, with made-up people."""
    return lambda locale: Letter(locale, f"funding/mail/{name}", {**MADE_UP, **context})


LETTERS: dict[str, LetterKind] = {
    "funding.moved": LetterKind(moved, Topic.PROPOSALS, sample("moved", told=TOLD[State.AWARDED])),
    "funding.coach": LetterKind(coach, Topic.HOSTING, sample("coach", coach="Odile")),
    "funding.nudge": LetterKind(nudge, Topic.HOSTING, sample("nudge", lapses_at=datetime(2027, 6, 13, 17, 30, tzinfo=UTC))),
    "funding.note": LetterKind(note, Topic.PROPOSALS, sample("note", note="Could you tell us how many children come?")),
}
