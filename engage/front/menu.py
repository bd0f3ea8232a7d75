"""The menu of the desk: its wings, and in each the rooms that a reader's roles open."""

from dataclasses import dataclass

from engage.core.access import Actor, Role
from engage.core.i18n import lazy_gettext as _l

STAFF = (Role.ADMINISTRATOR, Role.STAFF)


@dataclass(frozen=True)
class Room:
    """A page of the desk, who goes in, and where the names of the other pages it leads to begin."""

    endpoint: str
    name: str
    roles: tuple[Role, ...] = STAFF
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wing:
    """Rooms that belong together, under the name people look for first."""

    name: str
    rooms: tuple[Room, ...]


WINGS = (
    Wing(_l("Desk"), (
        Room("front_desk.desk", _l("Desk"), tuple(Role), (
            "front_desk.sign_up", "registrations_desk.requests", "reminders_desk.unreached",
        )),
    )),
    Wing(_l("Meetings"), (
        Room("events_desk.index", _l("All meetings"), (*STAFF, Role.FACILITATOR), (
            "events.", "events_desk.cancel", "registrations", "attendance.", "feedback_desk.", "concerns.",
            "front_desk.printing", "front_desk.sheets",
        )),
        Room("events_desk.schedule", _l("Schedule a meeting")),
        Room("events_desk.all_series", _l("All series"), within=(
            "events_desk.series", "events_desk.schedule_series", "events_desk.add_dates", "events_desk.alter",
        )),
        Room("events_desk.queue", _l("Proposals"), (*STAFF, Role.REVIEWER)),
    )),
    Wing(_l("Concerns"), (
        Room("concerns_desk.index", _l("All concerns"), within=(
            "concerns_desk.concern", "concerns_desk.type_in", "concerns_desk.sort", "concerns_desk.summarise",
            "concerns_desk.answer", "concerns_desk.finish_concern", "concerns_desk.join", "concerns_desk.hide",
            "concerns_desk.show_again",
        )),
        Room("concerns_desk.consultations", _l("Consultations"), within=(
            "concerns_desk.consultation", "concerns_desk.begin", "concerns_desk.enter_sheets", "concerns_desk.paper",
            "concerns_desk.start_ranking", "concerns_desk.close_consultation",
        )),
        Room("concerns_desk.actions_list", _l("Action items"), within=(
            "concerns_desk.act", "concerns_desk.overdue", "concerns_desk.change_action", "concerns_desk.put_off",
            "concerns_desk.note_action", "concerns_desk.finish_action", "concerns_desk.drop_action",
        )),
    )),
    Wing(_l("Funding"), (
        Room("funding_desk.index", _l("Funding"), (*STAFF, Role.REVIEWER, Role.COACH), ("funding_desk.", "funding.")),
    )),
    Wing(_l("City"), (
        Room("programmes_desk.index", _l("Programmes"), within=("programmes_desk.",)),
        Room("places_desk.venues", _l("Venues"), within=("places_desk.venue", "places_desk.add_venue")),
        Room("places_desk.neighbourhoods", _l("Neighbourhoods"), (Role.ADMINISTRATOR,)),
        Room("reminders_desk.previews", _l("Letters"), within=("reminders_desk.",)),
        Room("accounts_desk.people", _l("People"), within=("accounts_desk.person", "accounts_desk.back")),
        Room("accounts_desk.city", _l("City settings"), (Role.ADMINISTRATOR,), ("accounts_desk.document",)),
        Room("front_desk.audit", _l("What happened"), (Role.ADMINISTRATOR,)),
    )),
)


def wings(actor: Actor) -> list[Wing]:
    """Return the wings of which the actor may enter a room, with those rooms alone."""
    found = (Wing(wing.name, tuple(room for room in wing.rooms if _is_open(room, actor))) for wing in WINGS)
    return [wing for wing in found if wing.rooms]


def room_of(endpoint: str) -> Room | None:
    """Return the room that a page is, or else is reached from; None outside the desk."""
    rooms = [room for wing in WINGS for room in wing.rooms]
    itself = (room for room in rooms if room.endpoint == endpoint)
    around = (room for room in rooms if endpoint.startswith(room.within))
    return next(itself, None) or next(around, None)


def _is_open(room: Room, actor: Actor) -> bool:
    return actor.has_role(*room.roles, anywhere=True)
