"""What Rivermouth's meetings talk about: concerns, agendas, minutes in two versions, promises kept, late and to come."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from engage.cli.demo.city import localized
from engage.cli.demo.diary import Diary
from engage.cli.demo.meetings import Meeting
from engage.concerns.actions import acting, agendas, minutes
from engage.concerns.actions.acting import Promise, Task
from engage.concerns.models import Concern, ConcernStep, Voice
from engage.concerns.queries import agendas as queries
from engage.concerns.rules.steps import Step
from engage.core import db, secrets
from engage.events import queries as events

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def tell(diary: Diary, meetings: list[Meeting]) -> None:
    """Note what was raised, and what became of it at the meetings."""
    told = json.loads((Path(__file__).parent / "talk.json").read_text(encoding="utf-8"))
    by_title = {next(iter(meeting.told["title"].values())): meeting for meeting in meetings}
    raised: dict[str, UUID] = {}
    for each in told["concerns"]:
        diary.note(diary.now - each["days"] * DAY, _raising(each, by_title[each["meeting"]], raised))
    for each in told["agendas"]:
        Talk(each, by_title[each["meeting"]], raised, diary).live()


def _raising(told: Mapping[str, Any], meeting: Meeting, raised: dict[str, UUID]) -> Callable[[datetime], None]:
    """Return what keeps a concern as somebody raised it, and others said that it matters to them."""
    def raise_it(now: datetime) -> None:
        event = events.for_manage(meeting.id)
        body = localized(told["text"])
        voices = [
            Voice(is_author=not number, locale=body.source, at=now, proven_at=now) for number in range(told["voices"])
        ]
        concern = Concern(
            body=body, step=Step.RAISED, form_key=secrets.new_token(), raised_at=now, event_id=meeting.id,
            neighbourhood_id=event.neighbourhood_id, programme_id=event.programme_id, voices=voices,
            steps=[ConcernStep(step=Step.RAISED, at=now)],
        )
        db.session().add(concern)
        db.session().flush()
        raised[told["key"]] = concern.id
    return raise_it


class Talk:
    """The papers of one meeting."""

    def __init__(self, told: Mapping[str, Any], meeting: Meeting, raised: Mapping[str, UUID], diary: Diary) -> None:
        self.told, self.meeting, self.raised, self.diary = told, meeting, raised, diary
        self.promised: dict[str, UUID] = {}

    def live(self) -> None:
        """Note the agenda before the meeting, the minutes after it, and what was done since."""
        self.diary.note(self.meeting.starts_at - self.told["before"] * DAY, self._plan)
        if "minutes" not in self.told:
            return
        after = self.meeting.ends_at
        self.diary.note(after + HOUR, self._write)
        self.diary.note(after + DAY, self._publish)
        if "correction" in self.told:
            self.diary.note(after + 3 * DAY, self._correct)
        self.diary.note(after + 6 * DAY, self._finish)

    def _by(self) -> dict[str, Any]:
        return {"event_id": self.meeting.id, "by": self.meeting.staff}

    def _version(self) -> int:
        agenda = queries.of(self.meeting.id)
        return agenda.version if agenda else 0

    def _plan(self, now: datetime) -> None:
        for own in self.told["own"]:
            agendas.add_own(
                version=self._version(), title=localized(own["title"]), minutes=own["minutes"], speaker=own["speaker"], now=now,
                **self._by(),
            )
        concerns = [self.raised[key] for key in self.told["concerns"]]
        agendas.add_concerns(version=self._version(), concern_ids=concerns, now=now, **self._by())
        agendas.publish(version=self._version(), now=now, **self._by())

    def _write(self, now: datetime) -> None:
        for item, told in zip(queries.items(self.meeting.id), self.told["minutes"], strict=True):
            said, decision = localized(told["said"]), localized(told["decision"])
            minutes.write(item_id=item.id, version=0, said=said, decision=decision, now=now, **self._by())
            for action in told.get("actions", ()):
                self._promise(item.id, action, now)

    def _promise(self, item_id: UUID, told: Mapping[str, Any], now: datetime) -> None:
        task = Task(localized(told["what"]), told["who"], told["department"], told["email"])
        promise = Promise(task, acting.today(now) + told["due"] * DAY, secrets.new_token(), "en")
        made = acting.promise_at_meeting(item_id=item_id, promise=promise, now=now, **self._by())
        self.promised[task.what.texts["en"]] = made

    def _publish(self, now: datetime) -> None:
        minutes.publish(correction=localized(self.told.get("correction", {})), now=now, **self._by())

    def _correct(self, now: datetime) -> None:
        for item, told in zip(queries.items(self.meeting.id), self.told["minutes"], strict=True):
            if "corrected" in told:
                said, decision = localized(told["said"]), localized(told["corrected"])
                minutes.write(item_id=item.id, version=1, said=said, decision=decision, now=now, **self._by())
        self._publish(now)

    def _finish(self, now: datetime) -> None:
        for told in (action for item in self.told["minutes"] for action in item.get("actions", ()) if "done" in action):
            made = self.promised[told["what"]["en"]]
            acting.finish(action_id=made, outcome=localized(told["done"]), by=self.meeting.staff, now=now)
