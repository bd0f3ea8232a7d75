"""Use cases of rankings: what matters most to somebody, by account or address, and whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from engage.accounts import queries as accounts
from engage.concerns import facts, policy
from engage.concerns.models import Consultation, Ranking
from engage.concerns.queries import consulting as queries
from engage.concerns.rules import consulting as rules
from engage.concerns.rules.consulting import ConsultationState
from engage.concerns.rules.reasons import Reason
from engage.core import db, ledger, secrets
from engage.core.access import Actor
from engage.core.refusal import Refused, require
from engage.messages import actions as messages
from engage.programmes import queries as programmes

PROOF_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Ranked:
    """What a resident's form says: themes, most important first; the address of who has no account."""

    form_key: str
    theme_ids: tuple[UUID, ...]
    locale: str
    email: str = ""


def rank(*, consultation_id: UUID, ranked: Ranked, by: Actor, now: datetime) -> bool:
    """Take somebody's ranking in place of any they made before; say whether it counts already. Raises NotFound, Refused."""
    consultation = _open(consultation_id, ranked.theme_ids)
    if by.person_id is None:
        _ask(consultation, ranked, now)
        return False
    row = _row(consultation, ranked, queries.rankings_of(consultation.id, by.person_id, by.addresses), now)
    _count(row, ranked.theme_ids, of=by.person_id, by=by, now=now)
    return True


def _row(consultation: Consultation, ranked: Ranked, theirs: Sequence[Ranking], now: datetime) -> Ranking:
    """Return the row of somebody's ranking: what is theirs already, else what their form made and nobody has proven."""
    made = queries.of_form(ranked.form_key)
    pending = made if made and made.consultation_id == consultation.id and made.proven_at is None else None
    if theirs:
        if pending and pending.id != theirs[0].id:
            _drop(pending, now)
        return theirs[0]
    if pending:
        return pending
    key = ranked.form_key if made is None else secrets.new_token()  # on a shared computer, the page of who was there before
    return _new(consultation, ranked.locale, key, now)


def _new(consultation: Consultation, locale: str, form_key: str, now: datetime) -> Ranking:
    row = Ranking(consultation_id=consultation.id, form_key=form_key, locale=locale, at=now, revocation=0)
    db.session().add(row)
    db.session().flush()
    return row


def _drop(row: Ranking, now: datetime) -> None:
    messages.drop(thread=_thread(row), now=now)
    db.session().delete(row)
    db.session().flush()


def _thread(row: Ranking) -> str:
    return f"ranking:{row.id}"


def _ask(consultation: Consultation, ranked: Ranked, now: datetime) -> None:
    """Ask by letter. Until its reader answers, what they ranked before stays: anybody can write an address into a form."""
    address = messages.address_for_mail(value=ranked.email, now=now)
    row = _row(consultation, ranked, queries.rankings_of(consultation.id, None, {address.id}), now)
    if row.address_id not in (None, address.id):  # sent again with the address put right: the other one's link ends
        row.revocation += 1
        messages.drop(thread=_thread(row), now=now)
    row.address_id, row.locale, row.at = address.id, ranked.locale, now
    row.asked_ids = [str(theme) for theme in ranked.theme_ids]
    db.session().flush()
    messages.post(  # one an hour, however often the form is sent: it shows what was sent last
        about=f"ranking:{row.id}:{row.revocation}:{now:%Y%m%d%H}", kind="concerns.ranking", to=address.id, now=now,
        expires_at=now + PROOF_FOR, thread=_thread(row), facts={"ranking_id": row.id},
    )


def _open(consultation_id: UUID, chosen: Sequence[UUID]) -> Consultation:
    consultation = queries.locked(consultation_id)
    if consultation.state != ConsultationState.RANKING:
        raise Refused(Reason.NOT_IN_THIS_STATE)
    if programmes.programme(consultation.programme_id).is_closed:
        raise Refused(Reason.PROGRAMME_IS_CLOSED)
    offered = [theme.id for theme in queries.themes(consultation)]
    if reason := rules.ranking_refusal(chosen, offered, consultation.most_ranked):
        raise Refused(reason, most=consultation.most_ranked)
    return consultation


def _count(row: Ranking, theme_ids: Sequence[UUID | str], *, of: UUID | None, by: Actor, now: datetime) -> None:
    """Let a ranking count as an account's or (`of` nobody) its address', and nothing else that they ranked."""
    addresses = [contact.address_id for contact in accounts.contacts(of) if contact.proven_at] if of else [row.address_id]
    for other in queries.rankings_of(row.consultation_id, of, [address for address in addresses if address]):
        if other.id != row.id:
            db.session().delete(other)
    db.session().flush()
    row.person_id, row.address_id = of, accounts.main_address_id(of) if of else row.address_id
    row.theme_ids, row.asked_ids, row.proven_at = [str(theme) for theme in theme_ids], [], now
    ledger.record(facts.ThemesRanked(row.consultation_id, row.id), by=by)


def confirm(*, ranking_id: UUID, by: Actor, now: datetime) -> None:
    """Let a ranking count that was sent with an address. Raises NotFound, NotAllowed, Refused."""
    queries.hold_consultation_of(ranking_id)  # first, as whoever ranks does
    row = queries.locked_ranking(ranking_id)
    require(policy.may_answer_ranking(by, row))
    if not row.asked_ids:
        return  # pressed twice
    _open(row.consultation_id, [UUID(theme) for theme in row.asked_ids])
    holder = accounts.holder(row.address_id) if row.address_id else None
    _count(row, row.asked_ids, of=holder.id if holder else None, by=by, now=now)


# --- whose they are --------------------------------------------------------------------------------


def follow_person(*, old_id: UUID, new_id: UUID, by: Actor) -> None:
    """Let rankings follow somebody to their new address; where both ranked, the one that is proven stays."""
    there = {row.consultation_id: row for row in queries.rankings_at({new_id})}
    for row in queries.rankings_at({old_id}):
        twin = there.get(row.consultation_id)
        kept = twin if twin and twin.proven_at is not None and row.proven_at is None else row
        if twin is not None:
            db.session().delete(row if kept is twin else twin)
            db.session().flush()
        kept.address_id = new_id
        kept.revocation += 1  # links in letters to the old address open nothing any more


def forget_person(*, person_id: UUID, address_id: UUID | None, by: Actor) -> None:
    """Keep what somebody ranked who leaves, but not that it was them; what never counted goes."""
    for row in queries.rankings_at({address_id} if address_id else set(), person_id):
        row.person_id = row.address_id = None
        if row.proven_at is None:
            db.session().delete(row)
