"""The funding agreement: for everybody to read, and for a host to accept."""

from uuid import UUID

from flask import Response, render_template
from werkzeug.wrappers import Response as WerkzeugResponse

from engage.core import access, clock
from engage.core.fields import Form, HiddenField, read_number
from engage.core.i18n import gettext as _
from engage.core.pages import attempt, public_page, told
from engage.funding import policy
from engage.funding.actions import agreeing
from engage.funding.forms.onepage import Page
from engage.funding.queries import agreements, applications
from engage.funding.rules import states
from engage.funding.views.blueprint import bp


class AgreementForm(Form):
    """Which version was read."""

    version = HiddenField()


@bp.get("/<locale>/funding/agreement")
@access.public
def agreement_text() -> Response:
    """Show the funding agreement in force to everybody."""
    document = agreements.in_force()
    version = f"agreement:{document.version if document else 0}"
    return public_page(version, lambda: render_template("funding/agreement_text.html", document=document))


@bp.route("/<locale>/my/funding/<uuid:application_id>/agreement", methods=["GET", "POST"])
@access.signed_in()
def agreement(application_id: UUID) -> WerkzeugResponse | Page:
    """Let the host read and accept the agreement; who else may see the application reads what was accepted."""
    applications.for_actor(application_id, access.actor())
    form = AgreementForm()
    done, problem, status = attempt(form, lambda: agreeing.accept(
        application_id=application_id, version=read_number(form.version.data or "") or 0, by=access.actor(), now=clock.now()
    ))
    if done:
        return told(_("Thank you. The agreement is accepted."), ".application", application_id=application_id)
    application, accepted = applications.one(application_id), agreements.of(application_id)
    document = agreements.version_of(accepted.version, accepted.locale) if accepted else agreements.in_force()
    form.version.data = str(document.version) if document else ""
    may_accept = policy.may_accept_agreement(access.actor(), application) and application.state in states.PREPARING
    text = render_template(
        "funding/agreement.html", application=application, document=document, accepted=accepted, form=form, problem=problem,
        may_accept=may_accept and application.round.needs_agreement,
    )
    return text, status
