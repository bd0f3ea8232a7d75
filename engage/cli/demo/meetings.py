"""The life of Rivermouth's meetings: proposed, published, filled, held or called off, talked about."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from engage.cli.demo import afterwards, guests
from engage.cli.demo.city import Cast
from engage.cli.demo.diary import Diary
from engage.core import clock, secrets
from engage.core.access import Actor
from engage.events import actions as events
from engage.events.actions import Details, What, When, WhenAndWhere, Where, Words
from engage.events.rules import Minors, PersonRole
from engage.messages import actions as messages

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OPEN_FOR = timedelta(days=26)  # before a meeting, if it is not too far ahead
FLAGS = ("is_step_free", "has_hearing_loop", "has_sign_language", "has_childcare", "helps_transport")


def tell(cast: Cast, diary: Diary) -> "list[Meeting]":
    """Note everything about every meeting, and the worker's rounds; return them."""
    meetings = [Meeting(number, told, cast, diary) for number, told in enumerate(cast.told["meetings"])]
    for meeting in meetings:
        meeting.live()
    guests.subscribe(cast, diary)
    letters_from = diary.now - guests.LETTERS_FOR
    diary.note(letters_from, lambda now: _clear_away([each for each in meetings if each.ends_at < letters_from], now))
    for days in range(guests.LETTERS_FOR.days):
        diary.tick(diary.now - days * DAY)
    return meetings


def _clear_away(meetings: "list[Meeting]", now: datetime) -> None:
    """Cancel the letters of long ago."""
    for meeting in meetings:
        messages.drop_subject(subject_id=meeting.id, now=now)


class Meeting:
    """One meeting of the story; `id` is known once it is made."""

    def __init__(self, number: int, told: dict[str, Any], cast: Cast, diary: Diary) -> None:
        self.number, self.told, self.cast, self.diary = number, told, cast, diary
        self.id: UUID
        zone = cast.told["city"]["zone"]
        self.day = clock.local(diary.now, zone).date() + told["days"] * DAY
        self.starts_at = clock.at(datetime.combine(self.day, self._hour("start")), zone)
        self.ends_at = clock.at(datetime.combine(self.day, self._hour("end")), zone)
        self.opens_at = min(self.starts_at - OPEN_FOR, diary.now - (2 + number % 5) * DAY)

    def _hour(self, name: str) -> time:
        return time.fromisoformat(self.told[name])

    @property
    def host(self) -> Actor:
        """Whoever answers for it: the host, else the city's staff."""
        return self.cast.actors[self.told.get("host", "staff")]

    @property
    def staff(self) -> Actor:
        return self.cast.actors["staff"]

    def act(self, at: datetime, do: Callable[..., object], **values: Any) -> None:
        """Note an action on this meeting; values that are functions are asked when it is time."""
        self.diary.note(at, lambda now: do(event_id=self.id, now=now, **{
            name: value() if callable(value) else value for name, value in values.items()
        }))

    def live(self) -> None:
        """Note all that happens to it."""
        state = self.told.get("state", "published")
        if state != "published":
            self._propose(self.diary.now - self.told["sent"] * DAY, is_sent=state != "draft")
            self._decide(state)
            return
        if "host" in self.told:
            self._propose(self.opens_at - 2 * DAY)
            self.act(self.opens_at, events.publish, by=lambda: self.staff)
        else:
            self.diary.note(self.opens_at, self._schedule)
        self._name_people()
        guests.come(self)
        self._remind()
        if "cancel" in self.told:
            (locale, reason), = self.told["cancel"].items()
            self.act(self.diary.now - 20 * HOUR, events.cancel, reason=reason, locale=locale, by=lambda: self.staff)
        afterwards.hold(self)

    # --- made -------------------------------------------------------------------------------------

    def _propose(self, at: datetime, *, is_sent: bool = True) -> None:
        self.diary.note(at, self._write)
        if is_sent:
            self.act(at + HOUR, events.submit, by=lambda: self.host)

    def _write(self, now: datetime) -> None:
        self.id = events.create_draft(what=self._what(), by=self.host, now=now)
        for step in (self._when_and_where(), self._details()):
            events.save_step(event_id=self.id, step=step, by=self.host, now=now)
        self._translate(now)

    def _schedule(self, now: datetime) -> None:
        self.id = events.schedule(
            form_key=secrets.new_token(), what=self._what(), when_and_where=self._when_and_where(), details=self._details(),
            by=self.staff, now=now,
        )
        self._translate(now)

    def _translate(self, now: datetime) -> None:
        save: Callable[..., object] = events.save_words if "host" in self.told else events.change_texts
        for locale in list(self.told["title"])[1:]:
            words = Words(locale, *(self.told.get(name, {}).get(locale, "") for name in ("title", "description", "food")))
            save(event_id=self.id, words=words, by=self.host, now=now)

    def _what(self) -> What:
        locale, title = next(iter(self.told["title"].items()))
        return What(self.cast.programme_ids[self.told["kit"]], locale, title, self.told["description"].get(locale, ""))

    def _when_and_where(self) -> WhenAndWhere:
        told, cast = self.told, self.cast
        where = Where(
            neighbourhood_id=cast.area_ids[told["area"]] if "area" in told else None,
            venue_id=cast.venue_ids[told["venue"]] if "venue" in told else None,
            address=told.get("home", ""), directions=told.get("directions", ""),
        )
        return WhenAndWhere(When(self.day, self._hour("start"), self._hour("end")), where)

    def _details(self) -> Details:
        told = self.told
        locale = next(iter(told["title"]))
        return Details(
            locale=locale, spoken=tuple(told.get("spoken", ())), interpreted=tuple(told.get("interpreted", ())),
            capacity=told.get("capacity"), food=told.get("food", {}).get(locale, ""),
            minors=Minors(told.get("minors", "with_adult")), **{flag: flag in told.get("flags", ()) for flag in FLAGS},
        )

    # --- decided, with people, announced ----------------------------------------------------------

    def _decide(self, state: str) -> None:
        read_at = self.diary.now - (self.told["sent"] - 1) * DAY
        reviewer: Callable[[], Actor] = lambda: self.cast.actors["vera"]  # noqa: E731 - asked when it is time
        if state in ("changes", "answered"):
            self.act(read_at, events.request_changes, note=self.told["note"], by=reviewer)
        if state == "answered":
            self.act(read_at + 2 * DAY, events.answer, body=self.told["answer"], by=lambda: self.host)
        if state == "declined":
            self.act(read_at, events.decline, reason=self.told["note"], by=reviewer)

    def _name_people(self) -> None:
        at = self.opens_at + HOUR
        for called, title in self.told.get("officials", ()):
            self.act(at, events.add_named, called=called, title=title, role=PersonRole.OFFICIAL, by=lambda: self.staff)
        if self.told["kit"] == "town_hall":
            self.act(at, events.add_facilitator, person_id=lambda: self.cast.person_ids["tom"], by=lambda: self.staff)
        if "partner" in self.told:
            self.act(at, events.add_named, called=self.told["partner"], role=PersonRole.PARTNER, by=lambda: self.staff)
        if "co_host" in self.told:
            self.act(
                at, events.invite_co_host, called=self.told["co_host"], email="peter.hart@example.org", locale="en",
                by=lambda: self.host,
            )

    def _remind(self) -> None:
        """Have the worker look in when letters are due, so that none is late."""
        for at in (
            self.starts_at - 7 * DAY, clock.days_before(self.starts_at, 1, time(18), self.cast.told["city"]["zone"]),
            self.starts_at - 2 * HOUR, self.ends_at + 15 * HOUR, self.ends_at + 16 * HOUR + 3 * DAY,
        ):
            if at > self.diary.now - guests.LETTERS_FOR:
                self.diary.tick(at + timedelta(minutes=1))
