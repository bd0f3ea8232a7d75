"""What the ledger's screen calls the parts of a fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engage.core.facts import Decision, Export, Fact, RoleChange
from engage.core.i18n import lazy_gettext as _l
from engage.core.refusal import Wording

WORDING: Wording = {}


@dataclass(frozen=True)
class Group:
    """Facts of one sort, which are looked for together."""

    name: Any
    sort: type[Fact]


GROUPS: Mapping[str, Group] = {
    "roles": Group(_l("Roles given and taken back"), RoleChange),
    "decisions": Group(_l("Decisions of staff and hosts"), Decision),
    "exports": Group(_l("Exports"), Export),
}

PARTS: Mapping[str, Any] = {
    "person_id": _l("Person"),
    "what": _l("What"),
    "old_id": _l("Old address"),
    "new_id": _l("New address"),
    "address_id": _l("Address"),
    "grant_id": _l("Entry"),
    "role": _l("Role"),
    "area_id": _l("Neighbourhood"),
    "on": _l("From"),
    "until": _l("Until"),
    "kind": _l("Kind"),
    "version": _l("Version"),
    "registration_id": _l("Registration"),
    "invitation_id": _l("Invitation"),
    "event_id": _l("Meeting"),
    "subject_id": _l("About"),
    "came": _l("Came"),
    "walk_in_id": _l("Without a place"),
    "people": _l("People"),
    "note_id": _l("Note"),
    "sequence": _l("Change number"),
    "old_starts_at": _l("Began before at"),
    "old_hours": _l("Hours before"),
    "is_paused": _l("Paused"),
    "event_person_id": _l("Part in the meeting"),
    "is_accepted": _l("Said yes"),
    "reason": _l("Reason"),
    "subscription_id": _l("Subscription"),
    "series_id": _l("Series"),
    "dates": _l("Dates"),
    "codes": _l("Codes"),
    "created": _l("New"),
    "renamed": _l("Renamed"),
    "redrawn": _l("Redrawn"),
    "unchanged": _l("As before"),
    "neighbourhood_id": _l("Neighbourhood"),
    "old_name": _l("Old name"),
    "new_name": _l("New name"),
    "venue_id": _l("Venue"),
    "programme_id": _l("Programme"),
    "kit": _l("Format"),
    "freed": _l("Places freed"),
    "party_size": _l("How many"),
    "round_id": _l("Funding round"),
    "application_id": _l("Application"),
    "concern_id": _l("Concern"),
    "consultation_id": _l("Consultation"),
    "ranking_id": _l("Ranking"),
    "sheets": _l("Paper sheets"),
    "into_id": _l("Joined with"),
    "state": _l("State"),
    "step": _l("Step"),
    "item_id": _l("Item of the agenda"),
    "action_id": _l("Action item"),
    "number": _l("Number"),
    "review_id": _l("Review"),
    "file_id": _l("File"),
    "receipt_id": _l("Receipt"),
    "approved": _l("Accepted"),
    "is_hidden": _l("Hidden"),
    "payment_id": _l("Payment"),
    "direction": _l("Direction"),
    "amount": _l("Amount"),
    "corrects_id": _l("Corrects"),
    "form": _l("Form"),
    "registered": _l("Signed up"),
    "invited": _l("Invited"),
    "has_contacts": _l("With addresses and numbers"),
}
