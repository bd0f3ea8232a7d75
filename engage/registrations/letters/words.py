"""The words of letters about places, in the language spoken while they are rendered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from engage.core.i18n import day, hour, ngettext
from engage.core.i18n import gettext as _
from engage.core.text import Localized, isolate
from engage.registrations.letters.about import Place
from engage.registrations.rules import State


@dataclass(frozen=True)
class Words:
    """One letter: its subject, what it says, the one button, and what comes after it."""

    subject: str
    text: tuple[str, ...]
    button: str = ""
    leads_to: str = ""  # somewhere else than one's own page
    after: tuple[str, ...] = ()
    note: Localized | None = None  # something somebody wrote, in their language


Write = Callable[[Place], Words]


def title(place: Place) -> str:
    return isolate(place.title.shown(place.locale).text)


def moment(instant: datetime, zone: str) -> str:
    """Return a day and hour in one phrase."""
    return _("%(day)s at %(hour)s", day=day(instant, zone), hour=hour(instant, zone))


def _until(place: Place, instant: datetime | None) -> str:
    return moment(instant or place.starts_at, place.zone)


def _change_mind(place: Place) -> str:
    if place.state in (State.WAITING, State.REQUESTED):
        return _("You can't come? Please take yourself off the list on your page.")
    return _("You can't come? Please give your place back on your page. Then somebody else can have it.")


def asked(place: Place) -> Words:
    """Ask whether it was them: nothing counts before."""
    if place.state == State.HELD:
        what = _(
            "We keep the place for you until %(until)s. After that you can still answer, and we look whether there is room.",
            until=_until(place, place.held_until),
        )
    elif place.state == State.LAPSED:
        what = _("The time we could keep a place for you is over. When you answer, we look whether there is room.")
    elif place.host_approves:
        what = _("When you answer, your request goes to the host, who decides who can come.")
    else:
        what = _("All places are taken at the moment. When you answer, you are on the waiting list.")
    return Words(
        subject=_("Please confirm: %(title)s", title=title(place)),
        text=(_("You asked for a place. Was it you? Please press the button and confirm."), what),
        button=_("See and confirm"),
        after=(_("It was not you? Then do nothing. We delete the request within two days."),),
    )


def _keep_this(place: Place) -> tuple[str, ...]:
    return (_("On your own page you can change how many you are and what you need."), _change_mind(place))


def confirmed(place: Place) -> Words:
    return Words(
        subject=_("Your place is confirmed: %(title)s", title=title(place)),
        text=(_("You have a place. We look forward to seeing you."), *_home(place)),
        button=_("My place"),
        after=_keep_this(place),
    )


def _home(place: Place) -> tuple[str, ...]:
    """Say where a home's address is found, and from when."""
    if not place.is_private or place.shown_from is None:
        return ()
    if place.is_shown:
        return (_("It is at somebody's home. You see the address on your page."),)
    shown_from = moment(place.shown_from, place.zone)
    return (_("It is at somebody's home. You see the address on your page from %(shown_from)s.", shown_from=shown_from),)


def approved(place: Place) -> Words:
    return Words(
        subject=_("Yes, you have a place: %(title)s", title=title(place)),
        text=(_("The host said yes. You have a place, and we look forward to seeing you."), *_home(place)),
        button=_("My place"),
        after=_keep_this(place),
    )


def requested(place: Place) -> Words:
    return Words(
        subject=_("The host has your request: %(title)s", title=title(place)),
        text=(
            _("Thank you. The host now decides who can come, and you get a letter either way."),
            _("You don't have a place yet."),
        ),
        button=_("My request"),
        after=(_("You can change or take back your request there at any time."),),
    )


def waiting(place: Place) -> Words:
    return Words(
        subject=_("You are on the waiting list: %(title)s", title=title(place)),
        text=(
            _("All places are taken at the moment. You are number %(position)s on the waiting list.", position=place.position),
            _("When a place becomes free that fits your party, we offer it to you by letter."),
        ),
        button=_("See where I stand"),
        after=(_("Don't want to wait? Leave the list there with one button."),),
    )


def offered(place: Place) -> Words:
    return Words(
        subject=_("A place is free for you: %(title)s", title=title(place)),
        text=(
            ngettext(
                "A place has become free. We keep it for you until %(until)s.",
                "%(num)s places have become free, one for each of you. We keep them for you until %(until)s.",
                place.party_size, until=_until(place, place.offered_until),
            ),
            _("If we don't hear from you by then, the next on the list are asked."),
        ),
        button=_("Answer now"),
    )


def lapsed(place: Place) -> Words:
    return Words(
        subject=_("We did not hear from you in time: %(title)s", title=title(place)),
        text=(
            _("We kept a place for you, but did not hear from you in time. Now others can have it."),
            _("You would still like to come? Press the button: you get a place if one is free, or join the waiting list."),
        ),
        button=_("Ask again"),
    )


def cancelled(place: Place) -> Words:
    return Words(
        subject=_("You are no longer signed up: %(title)s", title=title(place)),
        text=(_given_back(place),),
        button=_("About the meeting"), leads_to=place.event_url,
        after=() if place.is_closed else (_("You changed your mind? You can sign up again as long as there is room."),),
    )


def _given_back(place: Place) -> str:
    if place.was == State.WAITING:
        return _("You have left the waiting list. Thank you for telling us.")
    if place.was == State.REQUESTED:
        return _("You have taken your request back. Thank you for telling us.")
    return _("You have given your place back. Thank you for telling us.")


def declined(place: Place) -> Words:
    return Words(
        subject=_("No place this time: %(title)s", title=title(place)),
        text=(
            _("Thank you for asking for a place. The table is small, and the host could not say yes to everybody."),
            _("There are other meetings, and you are welcome there."),
        ),
        button=_("See other meetings"), leads_to=place.others_url,
    )


def removed(place: Place) -> Words:
    had_place = place.was not in (State.WAITING, State.REQUESTED)
    return Words(
        subject=_("You no longer have a place: %(title)s", title=title(place)) if had_place
        else _("You are no longer on the list: %(title)s", title=title(place)),
        text=(
            _("The host or the city can't offer you a place at this meeting. We are sorry."),
            _("Questions? Please answer this letter or call us."),
        ),
    )


def known(place: Place) -> Words:
    if place.state == State.REMOVED:
        return removed(place)
    if place.state == State.DECLINED:
        return declined(place)
    return Words(
        subject=_("You are signed up already: %(title)s", title=title(place)),
        text=(
            _("Somebody has just asked for a place with this address. You have signed up before, so nothing has changed."),
            standing(place),
        ),
        button=_("My place"),
        after=(_("It was not you? Then you need not do anything."),),
    )


def standing(place: Place) -> str:
    """Say in one sentence where somebody stands."""
    if place.state == State.WAITING:
        return _("You are number %(position)s on the waiting list.", position=place.position)
    if place.state == State.OFFERED:
        return _("A place is kept for you until %(until)s.", until=_until(place, place.offered_until))
    if place.state == State.REQUESTED:
        return _("The host has your request and has not answered yet.")
    return _("Your place is confirmed.")


def moved(place: Place) -> Words:
    return Words(
        subject=_("Changed: %(title)s", title=title(place)),
        text=(_("Time or place have changed. This is how it is now:"),),
        button=_("My place"),
        after=(*(_home(place) if place.state == State.CONFIRMED else ()), _change_mind(place)),
    )


def event_cancelled(place: Place) -> Words:
    return Words(
        subject=_("Cancelled: %(title)s", title=title(place)),
        text=(_("The meeting will not take place. We are sorry."),),
        note=place.cancel_reason,
        button=_("See other meetings"), leads_to=place.others_url,
        after=(_("You need not do anything. There are other meetings, and you are welcome there."),),
    )
