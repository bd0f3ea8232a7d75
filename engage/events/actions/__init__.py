"""What can be done with an event. Each of these is one use case: keyword-only, no HTTP, no commit."""

from engage.events.actions.addresses import address_for
from engage.events.actions.alterations import Alteration, CalledOff, Edited, Elsewhere, Places, Shift
from engage.events.actions.altering import alter
from engage.events.actions.asking import ask_to_decide, tell_subscriber
from engage.events.actions.changing import (
    change_details,
    change_texts,
    duplicate,
    go_ahead,
    move,
    pause,
    raise_capacity,
    write_to_guests,
)
from engage.events.actions.ending import cancel, close
from engage.events.actions.forgetting import PROMISES, follow_person, forget_person, keep_promise
from engage.events.actions.inputs import Details, Plan, ToGuests, What, When, WhenAndWhere, Where, Words
from engage.events.actions.people import add_facilitator, add_named, answer_invitation, hand_over, invite_co_host, take_off
from engage.events.actions.proposing import (
    answer,
    create_draft,
    save_step,
    save_words,
    schedule,
    submit,
    withdraw,
)
from engage.events.actions.reviewing import decline, lift_hold, place_hold, publish, request_changes
from engage.events.actions.seats import release_seats, take_seats
from engage.events.actions.series import add_dates, schedule_series
from engage.events.actions.state import note_paper
from engage.events.actions.subscribing import Wish, confirm_subscription, end_subscription, subscribe

__all__ = [
    "PROMISES",
    "Alteration",
    "CalledOff",
    "Details",
    "Edited",
    "Elsewhere",
    "Places",
    "Plan",
    "Shift",
    "ToGuests",
    "What",
    "When",
    "WhenAndWhere",
    "Where",
    "Wish",
    "Words",
    "add_dates",
    "add_facilitator",
    "add_named",
    "address_for",
    "alter",
    "answer",
    "answer_invitation",
    "ask_to_decide",
    "cancel",
    "change_details",
    "change_texts",
    "close",
    "confirm_subscription",
    "create_draft",
    "decline",
    "duplicate",
    "end_subscription",
    "follow_person",
    "forget_person",
    "go_ahead",
    "hand_over",
    "invite_co_host",
    "keep_promise",
    "lift_hold",
    "move",
    "note_paper",
    "pause",
    "place_hold",
    "publish",
    "raise_capacity",
    "release_seats",
    "request_changes",
    "save_step",
    "save_words",
    "schedule",
    "schedule_series",
    "submit",
    "subscribe",
    "take_off",
    "take_seats",
    "tell_subscriber",
    "withdraw",
    "write_to_guests",
]
