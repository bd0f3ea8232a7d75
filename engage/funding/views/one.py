"""The one page of an application: where it stands, what is next, and all its parts."""

from uuid import UUID

from flask import render_template

from engage.core import access
from engage.funding.queries import applications
from engage.funding.views.blueprint import bp
from engage.funding.wording import labels


@bp.get("/<locale>/my/funding/<uuid:application_id>")
@access.signed_in()
def application(application_id: UUID) -> str:
    """Show an application to those who ask for the money, to staff and to its coach."""
    found = applications.for_actor(application_id, access.actor())
    return render_template("funding/application.html", application=found, labels=labels)
