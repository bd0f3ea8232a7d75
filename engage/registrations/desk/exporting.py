"""The list of guests as a file: hosts get no addresses, nobody gets needs, and each export is written down."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import Response, abort

from engage.core import access, clock, i18n, sheets
from engage.core.db import transaction
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.events.models import Event
from engage.messages.rules import Channel
from engage.registrations import actions, policy, queries
from engage.registrations.desk.blueprint import GUESTS, bp, public_for
from engage.registrations.models import Registration
from engage.registrations.rules import PROVEN, State
from engage.registrations.wording import STATES

FORMS = {"csv": "text/csv; charset=utf-8", "xlsx": sheets.XLSX}


@bp.post(f"{GUESTS}/export/<form>")
@access.signed_in()
def export(event_id: UUID, form: str) -> Response:
    """Give the guests as a file, with the columns this reader may see."""
    public_for(policy.may_host, event_id)
    if form not in FORMS or not Form().validate_on_submit():
        abort(404 if form not in FORMS else 422)
    with transaction():
        has_contacts = actions.note_export(event_id=event_id, form=form, by=access.actor(), now=clock.now())
    event = public_for(policy.may_host, event_id)
    answer = Response(_sheet(event, form, has_contacts=has_contacts), content_type=FORMS[form])
    answer.headers.set("Content-Disposition", "attachment", filename=f"{event.slug}.{form}")
    return answer


def _sheet(event: Event, form: str, *, has_contacts: bool) -> bytes:
    guests = [guest for guest in queries.guests(event.id) if guest.state in PROVEN]
    columns = {**_columns(event), **(_contacts() if has_contacts else {})}
    rows = [[column(guest) for column in columns.values()] for guest in guests]
    if form == "csv":
        return sheets.as_csv(list(columns), rows)
    title, is_right_to_left = event.title.shown(i18n.locale()).text, i18n.direction(i18n.locale()) == "rtl"
    return sheets.as_xlsx(list(columns), rows, title=title, is_right_to_left=is_right_to_left)


def _columns(event: Event) -> Mapping[str, Callable[[Registration], Any]]:
    return {
        _("Name"): lambda guest: guest.called,
        _("How many"): lambda guest: guest.party_size,
        _("Languages"): lambda guest: i18n.listing(i18n.language_name(code) for code in guest.speaks),
        _("Where they stand"): lambda guest: str(STATES[State(guest.state)]),
        _("Signed up at"): lambda guest: clock.local(guest.created_at, event.zone).replace(tzinfo=None, microsecond=0),
    }


def _contacts() -> Mapping[str, Callable[[Registration], Any]]:
    def at(channel: Channel) -> Callable[[Registration], Any]:
        return lambda guest: guest.address.value if guest.address and guest.address.channel == channel else None

    letters: Callable[[Registration], Any] = lambda guest: i18n.language_name(guest.locale)  # noqa: E731
    return {_("Email"): at(Channel.EMAIL), _("Phone"): at(Channel.PHONE), _("Language of our letters"): letters}
