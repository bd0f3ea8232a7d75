"""The one page of an application: where it stands, what is next, and all its parts."""

from uuid import UUID

from engage.core import access
from engage.funding.forms.onepage import Page, page
from engage.funding.views.blueprint import bp


@bp.get("/<locale>/my/funding/<uuid:application_id>")
@access.signed_in()
def application(application_id: UUID) -> Page:
    """Show an application to those who ask for the money, to staff and to its coach."""
    return page(application_id)
