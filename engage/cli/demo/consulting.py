"""What Rivermouth asks its residents: one question open, one answered with agreed priorities."""

import json
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from engage.cli.demo.city import Cast, localized
from engage.cli.demo.diary import Diary
from engage.concerns.actions import consulting, ranking
from engage.concerns.actions.consulting import Asked, Where
from engage.concerns.actions.ranking import Ranked
from engage.concerns.policy import RANKING
from engage.concerns.queries import consulting as queries
from engage.core import secrets
from engage.core.access import NOBODY, Actor
from engage.messages import queries as messages

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def tell(cast: Cast, diary: Diary) -> None:
    """Note all that was asked and answered."""
    for told in json.loads((Path(__file__).parent / "consulting.json").read_text(encoding="utf-8")):
        Consulted(told, cast, diary).live()


class Consulted:
    """One consultation of the story; `id` is known once it is begun."""

    def __init__(self, told: dict[str, Any], cast: Cast, diary: Diary) -> None:
        self.told, self.cast, self.diary = told, cast, diary
        self.at = diary.now - told["days"] * DAY
        self.id: UUID

    @property
    def staff(self) -> Actor:
        return self.cast.actors["staff"]

    def live(self) -> None:
        """Note all that happens to it, in order."""
        self.diary.note(self.at, self._begin)
        self.diary.note(self.at + DAY, lambda now: consulting.start_ranking(consultation_id=self.id, by=self.staff, now=now))
        for number, places in enumerate(self.told["rankings"]):
            at = self.at + DAY + (1 + number) * HOUR
            self.diary.note(at, partial(self._rank, number, places))
        if "priorities" in self.told:
            self.diary.note(self.at + 5 * DAY, self._close)

    def _begin(self, now: datetime) -> None:
        asked = Asked(localized(self.told["title"]), localized(self.told["question"]))
        area = self.cast.area_ids.get(self.told.get("area", ""))
        where = Where(self.cast.programme_ids["consultation_series"], area)
        self.id = consulting.begin(form_key=secrets.new_token(), asked=asked, where=where, by=self.staff, now=now)

    def _themes(self, places: list[int]) -> list[UUID]:
        offered = [theme.id for theme in queries.themes(queries.one(self.id))]
        return [offered[place - 1] for place in places]

    def _rank(self, number: int, places: list[int], now: datetime) -> None:
        """Have somebody answer with an address, and confirm it by the link in their letter."""
        email = f"{self.told['key']}.{number}@example.org"
        ranked = Ranked(secrets.new_token(), tuple(self._themes(places)), self.told["locales"][number % 4], email)
        ranking.rank(consultation_id=self.id, ranked=ranked, by=NOBODY, now=now)
        address = messages.find_address(email)
        if address is None or number in self.told["unconfirmed"]:
            return
        row = queries.rankings_of(self.id, None, {address.id})[0]
        ranking.confirm(ranking_id=row.id, by=Actor(links=frozenset({(RANKING, row.id)})), now=now)

    def _close(self, now: datetime) -> None:
        consulting.close(
            consultation_id=self.id, priorities=self._themes(self.told["priorities"]),
            conclusion=localized(self.told["conclusion"]), by=self.staff, now=now,
        )
