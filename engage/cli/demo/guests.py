"""Who signs up for a meeting, waits, is approved or thinks again; who wants to hear of new ones."""

from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID

from engage.cli.demo.city import Cast
from engage.cli.demo.diary import Diary
from engage.core import secrets
from engage.core.access import NOBODY, Actor
from engage.core.text import Localized
from engage.events import actions as events
from engage.events import queries as event_queries
from engage.events.actions import ToGuests, Wish
from engage.events.rules import Audience
from engage.messages import actions as messages
from engage.messages.rules import Channel
from engage.registrations import actions as registrations
from engage.registrations.actions import PartnersList, SignUp
from engage.registrations.models import Registration
from engage.registrations.rules import Need, State
from engage.registrations.rules.lists import Listed

if TYPE_CHECKING:
    from engage.cli.demo.meetings import Meeting

LETTERS_FOR = timedelta(days=12)  # older ones are not written: it would take longer than anybody wants to wait
MINUTES = timedelta(minutes=1)
NEEDS: tuple[dict[Need, str], ...] = (
    {}, {Need.HALAL: ""}, {}, {Need.VEGETARIAN: ""}, {}, {Need.STEP_FREE: ""}, {Need.NO_NUTS: ""}, {}, {Need.NO_PORK: ""},
    {Need.CHILDCARE: ""}, {}, {Need.HEARING_LOOP: ""}, {Need.OTHER: "I bring my guide dog."},
)


def come(meeting: "Meeting") -> None:
    """Note who signs up, spread over the days until now or the start."""
    told, count = meeting.told, sum(meeting.told.get(name, 0) for name in ("guests", "waiting", "requests"))
    last = min(meeting.diary.now, meeting.starts_at - timedelta(hours=3))
    first = meeting.opens_at + timedelta(hours=3)
    crowd = islice(meeting.cast.guests(meeting.number * 7), count)
    for place, guest in enumerate(crowd):
        at = first + (last - first) * (place + 1) / (count + 1)
        Party(meeting, place, guest).sign_up(at, is_approved=place < told.get("guests", 0))
    if "resident" in told:
        _resident_signs_up(meeting, first if told["resident"] == "first" else last - 20 * MINUTES)
    if "invited" in told:
        _are_invited(meeting, first)
    if "phone" in told:
        _somebody_calls(meeting, first + 2 * timedelta(hours=1))
        _a_partner_brings_a_list(meeting, first + timedelta(hours=3))
        _staff_write(meeting, last)


class Party:
    """Somebody who signs up for one meeting."""

    def __init__(self, meeting: "Meeting", place: int, guest: tuple[int, str, str, list[str]]) -> None:
        self.meeting, self.place = meeting, place
        self.number, self.called, self.locale, self.speaks = guest
        self.registration: Registration
        self.by_letter = False  # some have no account and confirm by the button behind the letter's link

    def sign_up(self, at: datetime, *, is_approved: bool) -> None:
        """Note the sign-up, its confirmation, and what the host says to it."""
        meeting, diary = self.meeting, self.meeting.diary
        diary.note(at, self._sign_up)
        self.by_letter = self.place % 4 == 0 and at > diary.now - LETTERS_FOR
        if self.by_letter:
            diary.note(at + 8 * MINUTES, self._prove)
        if meeting.told["kit"] == "dialogue_dinner" and is_approved:
            diary.note(min(at + timedelta(hours=5), diary.now), self._approve)
        if self.place < meeting.told.get("cancels", 0):
            diary.note(diary.now - timedelta(hours=2), self._cancel)

    def _form(self) -> SignUp:
        is_dinner = self.meeting.told["kit"] == "dialogue_dinner"
        areas = list(self.meeting.cast.area_ids.values())
        return SignUp(
            form_key=secrets.new_token(), called=self.called, contact=f"guest{self.number:02}@example.org", locale=self.locale,
            party_size=2 if self.place % 4 == 3 and not is_dinner else 1,  # noqa: PLR2004
            speaks=tuple(self.speaks), needs=NEEDS[(self.place + self.meeting.number) % len(NEEDS)],
            neighbourhood_id=areas[self.number % len(areas)], is_first_time=self.number % 3 != 0,
        )

    def _sign_up(self, now: datetime) -> None:
        form = self._form()
        address = messages.address_for_mail(value=form.contact, now=now)
        by = NOBODY if self.by_letter else Actor(addresses=frozenset({address.id}))
        self.registration = registrations.sign_up(event_id=self.meeting.id, form=form, by=by, now=now)

    @property
    def _holder(self) -> Actor:
        return Actor(links=frozenset({("place", self.registration.id)}))

    def _prove(self, now: datetime) -> None:
        registrations.prove(registration_id=self.registration.id, by=self._holder, now=now)

    def _approve(self, now: datetime) -> None:
        registrations.approve(registration_id=self.registration.id, by=self.meeting.host, now=now)

    def _cancel(self, now: datetime) -> None:
        registrations.cancel(registration_id=self.registration.id, by=self._holder, now=now)


def _resident_signs_up(meeting: "Meeting", at: datetime) -> None:
    """Have the resident of the demo sign-ins come along."""
    signed_up: list[Registration] = []

    def sign_up(now: datetime) -> None:
        form = SignUp(
            form_key=secrets.new_token(), called="Léa Fontaine", contact="resident@example.org", locale="fr",
            speaks=("fr", "en"), needs={Need.VEGETARIAN: ""}, is_first_time=False,
        )
        resident = meeting.cast.actors["resident"]
        signed_up.append(registrations.sign_up(event_id=meeting.id, form=form, by=resident, now=now))

    def approve(now: datetime) -> None:
        if signed_up[0].state == State.REQUESTED:
            registrations.approve(registration_id=signed_up[0].id, by=meeting.host, now=now)

    meeting.diary.note(at, sign_up)
    meeting.diary.note(at + timedelta(hours=4), approve)


def _somebody_calls(meeting: "Meeting", at: datetime) -> None:
    """Have staff sign up somebody who has a telephone only."""
    form = SignUp(
        form_key=secrets.new_token(), called="Mr Ezra Lowe", contact="+44 20 7946 0018", channel=Channel.PHONE, locale="en",
        speaks=("en",), needs={Need.TRANSPORT: "", Need.STEP_FREE: ""},
    )
    meeting.diary.note(at, lambda now: registrations.register_by_staff(
        event_id=meeting.id, form=form, by=meeting.staff, now=now,
    ))


def _are_invited(meeting: "Meeting", at: datetime) -> None:
    """Have staff invite people behind closed doors, and the first of them come."""
    given: list[UUID] = []

    def invite(now: datetime) -> None:
        for called, email, locale in meeting.told["invited"]:
            given.append(registrations.invite(
                event_id=meeting.id, form_key=secrets.new_token(), called=called, email=email, locale=locale, last_day=None,
                by=meeting.staff, now=now,
            ))

    def come(now: datetime) -> None:
        called, email, locale = meeting.told["invited"][0]
        address = messages.address_for_mail(value=email, now=now)
        form = SignUp(form_key=secrets.new_token(), called=called, contact=email, locale=locale, speaks=(locale,))
        by = Actor(addresses=frozenset({address.id}))
        registrations.sign_up(event_id=meeting.id, form=form, by=by, now=now, invitation_id=given[0])

    meeting.diary.note(at, invite)
    meeting.diary.note(at + timedelta(hours=3), come)


def _a_partner_brings_a_list(meeting: "Meeting", at: datetime) -> None:
    """Have staff take in a partner's list: two said yes on it, two are only invited."""
    people = [
        Listed(called, contact, Channel.EMAIL, locale, party_size=party, has_consent=bool(called))
        for called, contact, locale, party in (
            ("Parveen Akhtar", "parveen@example.org", "en", 2), ("Yusuf", "yusuf@example.org", "ar", 1),
            ("", "invited.one@example.org", "es", 1), ("", "invited.two@example.org", "fr", 1),
        )
    ]
    given = PartnersList(secrets.new_token(), "Rivermouth Food Bank", people)
    meeting.diary.note(at, lambda now: registrations.take_list_in(event_id=meeting.id, given=given, by=meeting.staff, now=now))


def _staff_write(meeting: "Meeting", at: datetime) -> None:
    """Have staff write to everybody registered or waiting, each in their own language."""
    subjects = {"en": "Please use the side door", "fr": "Entrez par la porte latérale", "ar": "الدخول من الباب الجانبي"}
    bodies = {
        "en": "The front door is being painted. Follow the yellow signs.",
        "fr": "On repeint la porte d’entrée. Suivez les panneaux jaunes.",
        "ar": "يُعاد طلاء الباب الرئيسي. اتبعوا اللافتات الصفراء.",
    }
    letter = ToGuests(secrets.new_token(), Localized(subjects, "en"), Localized(bodies, "en"), Audience.EVERYBODY)
    meeting.diary.note(at, lambda now: events.write_to_guests(event_id=meeting.id, letter=letter, by=meeting.staff, now=now))


def subscribe(cast: Cast, diary: Diary) -> None:
    """Have some people want to hear of new meetings."""
    for days, code, locale in ((40, "RM03", "ar"), (30, "RM10", "es"), (12, None, "en")):
        diary.note(diary.now - timedelta(days=days), partial(_subscribe, cast, code, locale))


def _subscribe(cast: Cast, code: str | None, locale: str, now: datetime) -> None:
    email = f"reader-{locale}@example.org"
    address = messages.address_for_mail(value=email, now=now)
    wish = Wish(neighbourhood_id=cast.area_ids[code] if code else None)
    events.subscribe(email=email, wish=wish, locale=locale, by=NOBODY, now=now)
    row = event_queries.live_subscription(address.id, neighbourhood_id=wish.neighbourhood_id)
    if row is not None:
        reader = Actor(addresses=frozenset({address.id}))
        events.confirm_subscription(subscription_id=row.id, by=reader, now=now)
