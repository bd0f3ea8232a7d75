"""Staff's and hosts' screens of places."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from engage.core import access, clock, refusal
from engage.core.access import Role
from engage.core.fields import Form
from engage.core.i18n import gettext as _
from engage.core.i18n import ngettext
from engage.core.pages import attempt, told
from engage.places import actions, policy, queries
from engage.places.actions import Summary
from engage.places.forms import ImportForm, venue_form

bp = Blueprint("places_desk", __name__, template_folder="templates")

STAFF = (Role.STAFF, Role.ADMINISTRATOR)
Page = tuple[str, int]


@bp.get("/<locale>/desk/venues")
@access.signed_in(*STAFF)
def venues() -> str:
    """Show the places to meet, and those no longer used."""
    return render_template("places/venues.html", venues=queries.venues(active=False), policy=policy)


@bp.route("/<locale>/desk/venues/new", methods=["GET", "POST"])
@access.signed_in(*STAFF)
def add_venue() -> Response | Page:
    """Add a place to meet."""
    form = venue_form()
    done, problem, status = attempt(form, lambda: actions.add_venue(venue=form.given(), by=access.actor(), now=clock.now()))
    if done:
        return told(_("%(name)s can be chosen for meetings now.", name=form.name.data), ".venues")
    return render_template("places/venue.html", form=form, venue=None, problem=problem), status


@bp.route("/<locale>/desk/venues/<uuid:venue_id>", methods=["GET", "POST"])
@access.signed_in(*STAFF)
def venue(venue_id: UUID) -> Response | Page:
    """Change what is said of a venue."""
    kept = queries.venue(venue_id)
    refusal.require(policy.may_edit_venue(access.actor(), kept.neighbourhood_id))
    form = venue_form(kept)
    done, problem, status = attempt(
        form, lambda: actions.change_venue(venue_id=venue_id, venue=form.given(), by=access.actor(), now=clock.now())
    )
    if done:
        return told(_("Saved."), ".venues")
    return render_template("places/venue.html", form=form, venue=queries.venue(venue_id), problem=problem), status


@bp.post("/<locale>/desk/venues/<uuid:venue_id>/close")
@access.signed_in(*STAFF)
def close_venue(venue_id: UUID) -> Response:
    """Offer a venue no more."""
    return _press(
        lambda: actions.close_venue(venue_id=venue_id, by=access.actor(), now=clock.now()),
        _("It is no longer offered for new meetings. Meetings planned there stay."),
    )


@bp.post("/<locale>/desk/venues/<uuid:venue_id>/reopen")
@access.signed_in(*STAFF)
def reopen_venue(venue_id: UUID) -> Response:
    """Offer a venue again."""
    return _press(
        lambda: actions.reopen_venue(venue_id=venue_id, by=access.actor(), now=clock.now()),
        _("It is offered for new meetings again."),
    )


def _press(act: Callable[[], object], message: str) -> Response:
    """Do what a button says, and show the list with what was done, or why not."""
    done, problem, _status = attempt(Form(), act)
    expired = _("This page was open for a long time. Nothing is lost: please check it and send it once more.")
    return told(message if done else problem or expired, ".venues")


@bp.route("/<locale>/desk/neighbourhoods", methods=["GET", "POST"])
@access.signed_in(Role.ADMINISTRATOR)
def neighbourhoods() -> Response | Page:
    """Take in the city's neighbourhoods from a file, and show those there are."""
    refusal.require(policy.may_import(access.actor()))
    form, summaries = ImportForm(), list[Summary]()
    done, problem, status = attempt(
        form,
        lambda: summaries.append(actions.import_neighbourhoods(content=form.content(), by=access.actor(), now=clock.now())),
    )
    if done:
        return told(_outcome(summaries[0]), ".neighbourhoods")
    areas = queries.all_neighbourhoods()
    return render_template("places/import.html", form=form, problem=problem, areas=areas), status


def _outcome(summary: Summary) -> str:
    """Say what an import did, a sentence for each thing that happened."""
    sentences = [
        ngettext("%(num)s neighbourhood was added.", "%(num)s neighbourhoods were added.", summary.created),
        ngettext("%(num)s has a new name.", "%(num)s have a new name.", summary.renamed),
        ngettext("%(num)s has a new shape or parent.", "%(num)s have a new shape or parent.", summary.redrawn),
        ngettext("%(num)s stayed as it was.", "%(num)s stayed as they were.", summary.unchanged),
        ngettext("%(num)s is not in the file and was kept.", "%(num)s are not in the file and were kept.", summary.left),
    ]
    numbers = (summary.created, summary.renamed, summary.redrawn, summary.unchanged, summary.left)
    return " ".join(sentence for sentence, number in zip(sentences, numbers, strict=True) if number)
