"""What Rivermouth's residents raised, in several languages, and how far each of it came."""

import json
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from engage.cli.demo.city import Cast, localized
from engage.cli.demo.diary import Diary
from engage.concerns.actions import moving, raising, supporting, tending
from engage.concerns.actions.raising import Given
from engage.concerns.policy import VOICE
from engage.concerns.queries import concerns as queries
from engage.concerns.queries import voices
from engage.concerns.rules.hiding import Ground
from engage.concerns.rules.steps import Step
from engage.core import db, i18n
from engage.core.access import NOBODY, Actor
from engage.events.models import Event
from engage.events.rules import State
from engage.messages import queries as messages
from engage.programmes import queries as programmes

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def tell(cast: Cast, diary: Diary) -> None:
    """Note all that was raised, and what came of it."""
    told = json.loads((Path(__file__).parent / "concerns.json").read_text(encoding="utf-8"))
    raised: list[Raised] = []
    for number, each in enumerate(told):
        raised.append(Raised(number, each, cast, diary))
        raised[-1].live()
        if "same" in each:
            raised[-1].join(raised[each["same"]])


class Raised:
    """One concern of the story; `id` is known once it is raised."""

    def __init__(self, number: int, told: dict[str, Any], cast: Cast, diary: Diary) -> None:
        self.number, self.told, self.cast, self.diary = number, told, cast, diary
        self.at = diary.now - told["days"] * DAY - 3 * HOUR
        self.step = timedelta(days=told["days"]) / 6  # between one step and the next
        self.id: UUID

    @property
    def staff(self) -> Actor:
        return self.cast.actors["staff"]

    def live(self) -> None:
        """Note all that happens to it, in order."""
        self.diary.note(self.at, self._raise)
        for voice in range(self.told["voices"]):
            self.diary.note(self.at + (1 + voice) * HOUR, partial(self._support, voice))
        if "summary" in self.told:
            self.diary.note(self.at + self.step / 2, lambda now: tending.summarise(
                concern_id=self.id, words=localized(self.told["summary"]), by=self.staff, now=now
            ))
        for number, (key, to) in enumerate(WAY.items()):
            if key in self.told:
                self.diary.note(self.at + (1 + number) * self.step, partial(self._move, key, to))
        if "hidden" in self.told:
            self.diary.note(self.at + self.step, lambda now: tending.hide(
                concern_id=self.id, ground=Ground.PERSON, words=self.told["hidden"], language="en", by=self.staff, now=now
            ))

    def join(self, other: "Raised") -> None:
        """Note that staff find it to be the same as another."""
        self.diary.note(self.at + self.step, lambda now: tending.merge(
            concern_id=self.id, into_id=other.id, by=self.staff, now=now
        ))

    def _raise(self, now: datetime) -> None:
        language, area = self.told["language"], self.told["area"]
        programme_id = self.cast.programme_ids["neighbourhood_meeting"]
        themes = programmes.themes(programme_id)
        self.id = raising.raise_concern(given=Given(
            text=self.told["text"], language=language, locale=language if i18n.is_offered(language) else "en",
            form_key=f"rivermouth-concern-{self.number:03}", place=self.told["place"],
            email="" if self.number % 4 == 1 else f"raised{self.number}@example.org",
            neighbourhood_id=self.cast.area_ids[area] if area else None, programme_id=programme_id if area else None,
            theme_id=themes[self.told["theme"]].id if "theme" in self.told else None,
        ), by=NOBODY, now=now).concern_id
        self._prove(f"raised{self.number}@example.org", now)

    def _support(self, number: int, now: datetime) -> None:
        email = f"neighbour{number}@example.org"
        supporting.support(concern_id=self.id, email=email, locale=("en", "fr", "es", "ar")[number % 4], by=NOBODY, now=now)
        self._prove(email, now)

    def _prove(self, email: str, now: datetime) -> None:
        """Have the letter's link opened, where one was sent."""
        address = messages.find_address(email)
        for voice in voices.of_address(address.id) if address else ():
            if voice.proven_at is None:
                supporting.confirm(voice_id=voice.id, by=Actor(links=frozenset({(VOICE, voice.id)})), now=now)

    def _move(self, key: str, to: Step, now: datetime) -> None:
        words = None if key == "agenda" else localized(self.told[key])
        event_id = self._meeting(now) if key == "agenda" else None
        moving.move(queries.locked(self.id), to, by=self.staff, now=now, event_id=event_id, words=words)

    def _meeting(self, now: datetime) -> UUID | None:
        """Return the next public meeting of the city's, in that neighbourhood if there is one."""
        area = queries.locked(self.id).neighbourhood_id
        kinds = [self.cast.programme_ids[kit] for kit in ("town_hall", "neighbourhood_meeting")]
        public = Event.state == State.PUBLISHED, Event.programme_id.in_(kinds), Event.starts_at > now
        coming = select(Event.id).where(*public).order_by(Event.neighbourhood_id != area, Event.starts_at).limit(1)
        return db.session().scalar(coming)


WAY = {"agenda": Step.ON_AGENDA, "answer": Step.ANSWERED, "action": Step.IN_ACTION, "done": Step.DONE}
