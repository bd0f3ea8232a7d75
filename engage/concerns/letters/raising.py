"""Letters of concerns: what comes of what somebody raised, or said that it matters to them too."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from engage.accounts import queries as accounts
from engage.concerns.models import Concern, Voice
from engage.concerns.policy import VOICE
from engage.concerns.queries import doors, showing, voices
from engage.concerns.rules.hiding import Ground
from engage.concerns.rules.steps import Step
from engage.concerns.wording.hiding import TOLD as GROUND_TOLD
from engage.concerns.wording.steps import TOLD
from engage.core import pages
from engage.core.text import Localized
from engage.messages.letters import Letter, LetterKind, spoken
from engage.messages.rules import Topic

Facts = Mapping[str, Any]


def _letter(name: str, voice: Voice, **context: Any) -> Letter:
    """Return a letter in the language of whose voice it is."""
    locale = spoken(voice.locale)
    person = accounts.person(voice.person_id) if voice.person_id else None
    return Letter(locale, f"concerns/mail/{name}", {
        "called": person.called if person else "", "body": voice.concern.body, "summary": voice.concern.summary,
        "is_author": voice.is_author, "url": pages.link(VOICE, voice.id, voice.revocation, locale), **context,
    })


def _heard(facts: Facts) -> Voice | None:
    """Return whose letter it is, unless they want none any more."""
    voice = voices.voice(UUID(facts["voice_id"]))
    return voice if voice is not None and voice.proven_at is not None and voice.ended_at is None else None


def proof(facts: Facts, _now: datetime) -> Letter | None:
    """Send the link whose page lets a voice count, and begins or ends its letters."""
    voice = voices.voice(UUID(facts["voice_id"]))
    if voice is None or voice.address_id is None or voice.concern.hidden_at is not None:
        return None
    return _letter("proof", voice, is_proven=voice.proven_at is not None)


def step(facts: Facts, _now: datetime) -> Letter | None:
    """Tell of a step further, unless the concern is hidden by now."""
    voice = _heard(facts)
    if voice is None or voice.concern.hidden_at is not None:
        return None
    taken = showing.line(UUID(facts["step_id"]))
    if taken is None or not doors.may_hear(voice.concern, taken.event_id):
        return None
    event = taken.event
    meeting = {name: getattr(event, name) for name in ("title", "starts_at", "ends_at", "zone")} if event else None
    address = pages.address("events.show", locale=spoken(voice.locale), slug=event.slug) if event else ""
    return _letter("step", voice, told=TOLD[Step(taken.step)], words=taken.words, meeting=meeting, meeting_url=address)


def hidden(facts: Facts, _now: datetime) -> Letter | None:
    """Tell an author that what they raised is hidden, and why, unless it is shown again by now."""
    voice = _heard(facts)
    if voice is None or voice.concern.hidden_at is None:
        return None
    return _letter("hidden", voice, **_why(voice.concern))


def _why(concern: Concern) -> dict[str, Any]:
    ground = GROUND_TOLD[Ground(concern.hidden_for)] if concern.hidden_for else ""
    return {"ground": ground, "words": concern.hidden_words if concern.hidden_reason else None}


def merged(facts: Facts, _now: datetime) -> Letter | None:
    """Tell that a concern goes on as part of another that says the same."""
    voice = _heard(facts)
    return None if voice is None or voice.concern.hidden_at is not None else _letter("merged", voice)


# --- samples: what a preview shows, with made-up people --------------------------------------------

_BODY = Localized.of("ar", "الشارع أمام المدرسة مظلم جدا في المساء، والأطفال يخافون.")
_SUMMARY = Localized({
    "en": "The street by the school is very dark in the evening.", "fr": "La rue de l’école est très sombre le soir.",
    "es": "La calle de la escuela está muy oscura por la tarde.",
}, "en")
_WORDS = Localized({
    "en": "Two lamps will be put up in May.", "fr": "Deux lampadaires seront posés en mai.",
    "es": "En mayo se pondrán dos farolas.", "ar": "سيُركَّب مصباحان في شهر مايو.",
}, "en")
_MEETING = {
    "title": Localized({
        "en": "Town hall meeting", "fr": "Réunion publique", "es": "Asamblea vecinal", "ar": "لقاء عام مفتوح",
    }, "en"),
    "starts_at": datetime(2027, 5, 20, 17, 30, tzinfo=UTC), "ends_at": datetime(2027, 5, 20, 19, 30, tzinfo=UTC), "zone": "UTC",
}
_MADE_UP: Mapping[str, Any] = {
    "called": "", "body": _BODY, "summary": _SUMMARY, "is_author": True, "url": "https://example.org/", "is_proven": False,
    "told": TOLD[Step.ANSWERED], "words": _WORDS, "meeting": _MEETING, "meeting_url": "https://example.org/",
    "ground": GROUND_TOLD[Ground.PERSON],
}


def _sample(name: str) -> Callable[[str], Letter]:
    return lambda locale: Letter(locale, f"concerns/mail/{name}", _MADE_UP)


LETTERS: dict[str, LetterKind] = {
    "concerns.proof": LetterKind(proof, None, _sample("proof")),
    "concerns.step": LetterKind(step, Topic.CONCERNS, _sample("step")),
    "concerns.hidden": LetterKind(hidden, Topic.CONCERNS, _sample("hidden")),
    "concerns.merged": LetterKind(merged, Topic.CONCERNS, _sample("merged")),
}
