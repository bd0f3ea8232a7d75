"""Funding rounds: begun, edited part by part, published, ended."""

from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from engage.core import db, ledger, text
from engage.core.access import Actor
from engage.core.city import city
from engage.core.refusal import Refused, require
from engage.core.text import Localized
from engage.funding import facts, policy
from engage.funding.models import FundingRound, RoundArea, RoundProgramme
from engage.funding.queries import agreements, rounds
from engage.funding.rules import rounds as rules
from engage.funding.rules.reasons import Reason
from engage.funding.rules.rounds import Missing, RoundState

# What people have applied by: it stays once somebody did. Public, the currency stays and the cap only rises.
FIXED = frozenset({"currency", "questions", "criteria"})


def make(*, name: str, locale: str, currency: str, by: Actor, now: datetime) -> UUID:
    """Begin a round that only staff see, and return its id. Raises NotAllowed."""
    require(policy.may_run(by, areas_of_maker(by)))
    slug = _free_slug(text.slug(name, "round"))
    round_ = FundingRound(
        slug=slug, name=Localized.of(locale, name), zone=city().zone, currency=currency, created_at=now,
        areas=[RoundArea(neighbourhood_id=area) for area in sorted(areas_of_maker(by))],
    )
    db.session().add(round_)
    db.session().flush()
    ledger.record(facts.RoundMade(round_.id), by=by)
    return round_.id


def areas_of_maker(by: Actor) -> frozenset[UUID]:
    """Return where a round of somebody's is to begin with: where they work, or the whole city."""
    return by.areas(*policy.STAFF) or frozenset()


def _free_slug(wanted: str) -> str:
    taken = rounds.slugs()
    return next(slug for number in count(1) if (slug := wanted if number == 1 else f"{wanted}-{number}") not in taken)


def change(*, round_id: UUID, version: int, part: str, values: Mapping[str, Any], by: Actor, now: datetime) -> None:
    """Set columns of one part of a round. Raises NotFound, NotAllowed, Refused."""
    round_ = _editable(round_id, by)
    if round_.version != version:
        raise Refused(Reason.CHANGED_MEANWHILE)
    changed = {name: value for name, value in values.items() if _kept(round_, name) != value}
    if not changed:
        return
    _check(round_, changed)
    for name, value in changed.items():
        _set(round_, name, value, by)
    round_.version += 1
    round_.page_version += 1
    db.session().flush()
    ledger.record(facts.RoundChanged(round_.id, part), by=by)


def _editable(round_id: UUID, by: Actor) -> FundingRound:
    round_ = rounds.locked(round_id)
    require(policy.may_run(by, round_.area_ids))
    return round_


def _kept(round_: FundingRound, name: str) -> Any:
    if name == "programmes":
        return frozenset(row.programme_id for row in round_.programmes)
    return round_.area_ids if name == "areas" else getattr(round_, name)


def _set(round_: FundingRound, name: str, value: Any, by: Actor) -> None:
    if name == "programmes":
        round_.programmes = [RoundProgramme(programme_id=item) for item in sorted(value)]
    elif name == "areas":
        require(policy.may_run(by, value))  # nobody gives a round away to where they don't work, nor the whole city
        round_.areas = [RoundArea(neighbourhood_id=item) for item in sorted(value)]
    else:
        setattr(round_, name, value)


def _check(round_: FundingRound, changed: Mapping[str, Any]) -> None:
    new = {name: changed.get(name, getattr(round_, name)) for name in ("opens_at", "closes_at", "budget", "cap")}
    if _is_fixed(round_, changed):
        raise Refused(Reason.FIXED_ONCE_PUBLISHED)
    if {"opens_at", "closes_at"} & changed.keys() and (reason := rules.dates_refusal(new["opens_at"], new["closes_at"])):
        raise Refused(reason)
    if {"budget", "cap"} & changed.keys() and (
        reason := rules.money_refusal(budget=new["budget"], cap=new["cap"], awarded=round_.awarded)
    ):
        details = {"awarded": round_.awarded, "currency": round_.currency} if reason == Reason.BUDGET_BELOW_AWARDED else {}
        raise Refused(reason, **details)
    if round_.state != RoundState.DRAFT:
        lacking = missing(round_, changed)
        if lacking:
            raise Refused(Reason.ROUND_NOT_COMPLETE, missing=lacking)


def _is_fixed(round_: FundingRound, changed: Mapping[str, Any]) -> bool:
    if round_.last_number and FIXED & changed.keys():
        return True
    is_public = round_.state != RoundState.DRAFT
    return is_public and ("currency" in changed or changed.get("cap", round_.cap) < round_.cap)


def missing_of_each(found: Collection[FundingRound]) -> dict[UUID, tuple[Missing, ...]]:
    """Return what each of many rounds still needs; the agreement is looked for once."""
    is_agreed = agreements.in_force() is not None if found else False
    return {round_.id: missing(round_, is_agreed=is_agreed) for round_ in found}


def missing(
    round_: FundingRound, changed: Mapping[str, Any] | None = None, *, is_agreed: bool | None = None
) -> tuple[Missing, ...]:
    """Return what a round still needs before it can be published, as it is or with what is to change."""
    new: dict[str, Any] = {name: _kept(round_, name) for name in _NEEDED} | dict(changed or {})
    if is_agreed is None:
        is_agreed = not new["needs_agreement"] or agreements.in_force() is not None
    return rules.missing({
        Missing.NAME: new["name"].texts, Missing.CALL: new["call"].texts,
        Missing.DATES: new["opens_at"] and new["closes_at"], Missing.BUDGET: new["budget"], Missing.CAP: new["cap"],
        Missing.PROGRAMME: new["programmes"], Missing.CRITERIA: new["criteria"],
        Missing.AGREEMENT: is_agreed or not new["needs_agreement"],
    })


_NEEDED: Collection[str] = (
    "name", "call", "opens_at", "closes_at", "budget", "cap", "programmes", "criteria", "needs_agreement",
)


def publish(*, round_id: UUID, by: Actor, now: datetime) -> None:
    """Put a complete round before the public. Raises NotFound, NotAllowed, Refused."""
    round_ = _editable(round_id, by)
    if round_.state != RoundState.DRAFT:
        return
    if lacking := missing(round_):
        raise Refused(Reason.ROUND_NOT_COMPLETE, missing=lacking)
    round_.state, round_.published_at = RoundState.PUBLISHED, now
    round_.version += 1
    ledger.record(facts.RoundPublished(round_.id), by=by)


def end(*, round_id: UUID, by: Actor, now: datetime) -> None:
    """Say that a round is over: it stays public. Nobody can apply any more. Raises NotFound, NotAllowed."""
    round_ = _editable(round_id, by)
    if round_.state != RoundState.PUBLISHED:
        return
    round_.state = RoundState.ENDED
    round_.version += 1
    round_.page_version += 1
    ledger.record(facts.RoundEnded(round_.id), by=by)
