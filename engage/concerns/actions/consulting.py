"""Use cases of consultations: begun, ranked on paper at meetings, closed with priorities."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from uuid import UUID

from engage.concerns import facts, policy
from engage.concerns.models import Consultation, Priority, Ranking
from engage.concerns.queries import consulting as queries
from engage.concerns.rules import consulting as rules
from engage.concerns.rules.consulting import ConsultationState
from engage.concerns.rules.reasons import Reason
from engage.core import city, db, i18n, ledger
from engage.core.access import Actor
from engage.core.refusal import Refused, require
from engage.core.text import Localized, slug
from engage.programmes import queries as programmes
from engage.programmes.models import Theme


@dataclass(frozen=True)
class Asked:
    """What a consultation asks, and how much each may rank."""

    title: Localized
    question: Localized
    most_ranked: int = 3


@dataclass(frozen=True)
class Where:
    """Whose themes are ranked, and by whom: one neighbourhood with all below it, or the whole city."""

    programme_id: UUID
    neighbourhood_id: UUID | None = None


def begin(*, form_key: str, asked: Asked, where: Where, by: Actor, now: datetime) -> UUID:
    """Begin to collect concerns, and return the consultation's id: the same form sent twice makes one.

    Raises NotFound, NotAllowed, Refused.
    """
    require(by.is_staff(where.neighbourhood_id))
    city.change()  # pages of programmes and neighbourhoods name it; two presses of one button stand in line from here on
    if earlier := queries.begun_by(form_key):
        return earlier
    consultation = Consultation(
        programme_id=where.programme_id, neighbourhood_id=where.neighbourhood_id, form_key=form_key, title=asked.title,
        slug=_free_slug(asked.title), question=asked.question, most_ranked=asked.most_ranked, opened_at=now, theme_ids=[],
    )
    _check(asked)
    _themes_to_rank(consultation)
    db.session().add(consultation)
    db.session().flush()
    ledger.record(facts.ConsultationBegun(consultation.id), by=by)
    return consultation.id


def _themes_to_rank(consultation: Consultation) -> list[Theme]:
    """Return the themes that people can choose from. Raises NotFound, Refused."""
    if programmes.programme(consultation.programme_id).is_closed:
        raise Refused(Reason.PROGRAMME_IS_CLOSED)
    themes = queries.themes(consultation)
    if len(themes) < rules.FEWEST_THEMES:
        raise Refused(Reason.TOO_FEW_THEMES)
    return themes


def _free_slug(title: Localized) -> str:
    wanted, taken = slug(title.shown(title.source).text, "consultation"), queries.slugs()
    return wanted if wanted not in taken else next(free for n in count(2) if (free := f"{wanted}-{n}") not in taken)


def _check(asked: Asked) -> None:
    if not asked.title.texts:
        raise Refused(Reason.TITLE_MISSING)


def change(*, consultation_id: UUID, version: int, asked: Asked, by: Actor, now: datetime) -> None:
    """Change what is asked; how many themes count no more once people rank. Raises NotFound, NotAllowed, Refused."""
    consultation = _tended(consultation_id, by)
    if consultation.version != version:
        raise Refused(Reason.CHANGED_MEANWHILE)
    if consultation.state == ConsultationState.CLOSED:
        raise Refused(Reason.NOT_IN_THIS_STATE)
    _check(asked)
    consultation.title, consultation.question = asked.title, asked.question
    if consultation.state == ConsultationState.COLLECTING:
        consultation.most_ranked = asked.most_ranked
    consultation.version += 1
    city.change()
    ledger.record(facts.ConsultationChanged(consultation.id), by=by)


def _tended(consultation_id: UUID, by: Actor) -> Consultation:
    consultation = queries.locked(consultation_id)
    require(policy.may_consult(by, consultation))
    return consultation


def _move(consultation: Consultation, to: ConsultationState) -> None:
    if reason := rules.state_refusal(ConsultationState(consultation.state), to):
        raise Refused(reason)
    consultation.state = to
    consultation.version += 1
    city.change()


def start_ranking(*, consultation_id: UUID, by: Actor, now: datetime) -> None:
    """Let residents rank the themes, which are numbered from here on as they are now. Raises NotFound, NotAllowed, Refused."""
    consultation = _tended(consultation_id, by)
    _move(consultation, ConsultationState.RANKING)
    consultation.theme_ids = [str(theme.id) for theme in _themes_to_rank(consultation)]
    ledger.record(facts.RankingStarted(consultation.id), by=by)


# --- at the meeting, on paper ----------------------------------------------------------------------


def enter_sheets(
    *, consultation_id: UUID, event_id: UUID, form_key: str, sheets: Sequence[Sequence[int]], by: Actor, now: datetime
) -> int:
    """Enter what was ranked on paper at a meeting, all of it or nothing; themes are numbered from one as on the sheet.

    Returns how many sheets were new: the same form sent twice enters nothing more. Raises NotFound, NotAllowed, Refused.
    """
    consultation = _tended(consultation_id, by)
    if queries.batch(form_key):
        return 0
    if reason := rules.batch_refusal(ConsultationState(consultation.state), len(sheets)):
        raise Refused(reason, most=rules.MOST_SHEETS)
    if event_id not in {event.id for event in queries.meetings(consultation)}:
        raise Refused(Reason.NO_SUCH_MEETING)
    for number, theme_ids in enumerate(_read(sheets, consultation), 1):
        db.session().add(Ranking(
            consultation_id=consultation.id, event_id=event_id, form_key=f"{form_key}:{number}", locale=i18n.locale(), at=now,
            theme_ids=[str(theme_id) for theme_id in theme_ids], proven_at=now,
        ))
    ledger.record(facts.SheetsEntered(consultation.id, event_id, len(sheets)), by=by)
    return len(sheets)


def _read(sheets: Sequence[Sequence[int]], consultation: Consultation) -> list[list[UUID]]:
    """Return the themes that sheets name by number. Raises Refused with the first sheet that is no ranking."""
    offered = [theme.id for theme in queries.themes(consultation)]
    read = []
    for number, sheet in enumerate(sheets, 1):
        chosen = [offered[theme - 1] for theme in sheet if 0 < theme <= len(offered)]
        if len(chosen) < len(sheet) or rules.ranking_refusal(chosen, offered, consultation.most_ranked):
            raise Refused(Reason.SHEET_WRONG, number=number, most=consultation.most_ranked)
        read.append(chosen)
    return read


# --- agreed ----------------------------------------------------------------------------------------


def close(
    *, consultation_id: UUID, priorities: Sequence[UUID], conclusion: Localized, by: Actor, now: datetime
) -> None:
    """Publish what was agreed on, in order, with the numbers behind it now. Raises NotFound, NotAllowed, Refused."""
    consultation = _tended(consultation_id, by)
    offered = queries.themes(consultation)
    if reason := rules.priorities_refusal(priorities, [theme.id for theme in offered]):
        raise Refused(reason)
    standings = {one.theme_id: one for one in queries.standings(consultation, offered)}
    if not any(one.rankings for one in standings.values()):
        raise Refused(Reason.NOT_RANKED_YET)
    _move(consultation, ConsultationState.CLOSED)
    raised = queries.concerns_by_theme(consultation, offered)
    for position, theme_id in enumerate(priorities, 1):
        found = standings[theme_id]
        db.session().add(Priority(
            consultation_id=consultation.id, theme_id=theme_id, position=position, points=found.points, firsts=found.firsts,
            rankings=found.rankings, concerns=raised.get(theme_id, 0),
        ))
    consultation.conclusion = conclusion if conclusion.texts else None
    consultation.closed_at = now
    ledger.record(facts.ConsultationClosed(consultation.id), by=by)
