"""Who may do what with an event. Pure: judges plain values and rows, never asks the database."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from engage.core.access import Actor, Role
from engage.events.rules import Acceptance, PersonRole, State

HOSTING = frozenset({PersonRole.HOST, PersonRole.CO_HOST})
WELCOMING = HOSTING | {PersonRole.FACILITATOR}  # whoever is there to welcome the guests
HIDDEN = frozenset({State.DRAFT, State.WITHDRAWN})  # the hosts' own affair


class Part(Protocol):
    """Somebody's part in an event."""

    @property
    def id(self) -> UUID: ...
    @property
    def person_id(self) -> UUID | None: ...
    @property
    def address_id(self) -> UUID | None: ...
    @property
    def role(self) -> PersonRole: ...
    @property
    def acceptance(self) -> Acceptance: ...


class Meeting(Protocol):
    """What a policy needs to know of an event."""

    @property
    def state(self) -> State: ...
    @property
    def neighbourhood_id(self) -> UUID | None: ...
    @property
    def people(self) -> Iterable[Part]: ...


def is_own(actor: Actor, part: Part) -> bool:
    """Say whether a part is the actor's: by account, or by an address they have proven."""
    if part.person_id is not None:
        return part.person_id == actor.person_id
    return part.address_id is not None and part.address_id in actor.addresses


def roles_at(actor: Actor, event: Meeting) -> frozenset[PersonRole]:
    """Return what the actor is at an event; what they were only asked for doesn't count."""
    return frozenset(part.role for part in event.people if part.acceptance == Acceptance.ACCEPTED and is_own(actor, part))


def is_host(actor: Actor, event: Meeting) -> bool:
    """Say whether the actor is the host or a co-host."""
    return bool(roles_at(actor, event) & HOSTING)


def has_host(event: Meeting) -> bool:
    """Say whether somebody hosts; where nobody does, the city does."""
    return any(part.role == PersonRole.HOST for part in event.people)


def may_schedule(actor: Actor, area: UUID | None) -> bool:
    """Staff of an area put events there without review."""
    return actor.is_staff(area)


def may_schedule_series(actor: Actor) -> bool:
    """Staff and administrators plan series; where, each date's own area says."""
    return actor.has_role(Role.STAFF, Role.ADMINISTRATOR, anywhere=True)


def may_open_series(actor: Actor, dates: Iterable[Meeting]) -> bool:
    """Staff of any area in which a series meets see all of it; what they change is judged date by date."""
    return any(actor.is_staff(event.neighbourhood_id) for event in dates)


def skips_review(actor: Actor, event: Meeting, *, is_reviewed: bool, is_held: bool) -> bool:
    """Say whether sending in publishes at once: nobody reviews this programme, or it is the city's own event.

    What was ever held or given back is read again.
    """
    is_of_city = not has_host(event) and may_schedule(actor, event.neighbourhood_id)
    return event.state == State.DRAFT and not is_held and (is_of_city or not is_reviewed)


def may_review(actor: Actor, event: Meeting) -> bool:
    return event.state not in HIDDEN and actor.has_role(
        Role.STAFF, Role.ADMINISTRATOR, Role.REVIEWER, area=event.neighbourhood_id
    )


def may_publish(actor: Actor, event: Meeting) -> bool:
    return may_review(actor, event)


def may_manage(actor: Actor, event: Meeting) -> bool:
    """Host, co-hosts and staff of the area; a draft is nobody's but its hosts' until it is sent in."""
    if is_host(actor, event):
        return True
    return actor.is_staff(event.neighbourhood_id) and (event.state not in HIDDEN or not has_host(event))


def may_move_to(actor: Actor, event: Meeting, area: UUID | None) -> bool:
    """Hosts take their meeting wherever they like; staff keep it within the areas they work for."""
    return is_host(actor, event) or actor.is_staff(area)


def may_open(actor: Actor, event: Meeting) -> bool:
    """Who may look at the page of hosts and staff, besides those who act on it."""
    return may_manage(actor, event) or may_review(actor, event) or may_check_in(actor, event)


def may_edit(actor: Actor, event: Meeting) -> bool:
    """Who may write a proposal."""
    return may_manage(actor, event)


def may_answer(actor: Actor, event: Meeting) -> bool:
    """Who takes part in the talk about a proposal."""
    return is_host(actor, event) or may_review(actor, event)


def may_change_texts(actor: Actor, event: Meeting, is_reviewed: bool) -> bool:
    """Where staff have read the words before, they also change them afterwards."""
    return actor.is_staff(event.neighbourhood_id) or (is_host(actor, event) and not is_reviewed)


def may_cancel(actor: Actor, event: Meeting) -> bool:
    return may_manage(actor, event)


def may_withdraw(actor: Actor, event: Meeting) -> bool:
    return is_host(actor, event) or (not has_host(event) and may_manage(actor, event))


def may_write_to_guests(actor: Actor, event: Meeting) -> bool:
    return may_manage(actor, event)


def may_choose_facilitators(actor: Actor, event: Meeting) -> bool:
    """Finding people by name is for staff alone."""
    return actor.is_staff(event.neighbourhood_id) and may_manage(actor, event)


def may_hand_over(actor: Actor, event: Meeting) -> bool:
    """Staff find another host; a draft is nobody's to hand over but its host's, who can withdraw it."""
    return event.state not in HIDDEN and may_choose_facilitators(actor, event)


def may_check_in(actor: Actor, event: Meeting) -> bool:
    """Host, the event's facilitators, staff and facilitators of the area, once the event is public."""
    if event.state in HIDDEN:
        return is_host(actor, event)
    if roles_at(actor, event) & (HOSTING | {PersonRole.FACILITATOR}):
        return True
    return actor.has_role(Role.STAFF, Role.ADMINISTRATOR, Role.FACILITATOR, area=event.neighbourhood_id)


def may_close(actor: Actor, event: Meeting) -> bool:
    return actor.is_clock or may_check_in(actor, event)


def may_answer_invitation(actor: Actor, part: Part) -> bool:
    """The holder of the link in the letter, or whoever has proven that address."""
    return part.role == PersonRole.CO_HOST and (actor.holds("cohost", part.id) or is_own(actor, part))


def may_see_address(actor: Actor, event: Meeting, *, is_guest: bool, is_time: bool) -> bool:
    """Hosts and the staff concerned always; guests and facilitators when it is time."""
    if may_manage(actor, event):
        return True
    is_coming = is_guest or PersonRole.FACILITATOR in roles_at(actor, event)
    return is_coming and is_time and event.state == State.PUBLISHED


def may_answer_subscription(actor: Actor, subscription_id: UUID, address_id: UUID) -> bool:
    return actor.holds("subscription", subscription_id) or address_id in actor.addresses
