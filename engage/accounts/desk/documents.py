"""The code of conduct and the privacy notice, edited side by side in the languages offered."""

from collections.abc import Mapping

from flask import abort
from flask import render_template as render
from werkzeug.wrappers import Response as WerkzeugResponse

from engage.accounts import actions, queries
from engage.accounts.desk import bp
from engage.accounts.forms import LONGEST_DOCUMENT, DocumentForm, with_texts
from engage.accounts.models import Document
from engage.accounts.rules import DocumentKind
from engage.accounts.wording import document_name
from engage.core import access, clock, pages
from engage.core.access import Role
from engage.core.city import city
from engage.core.db import transaction
from engage.core.i18n import gettext as _
from engage.core.i18n import lazy_gettext as _l
from engage.core.i18n import own_name
from engage.core.refusal import Refused, say

Answer = str | tuple[str, int] | WerkzeugResponse


@bp.get("/<locale>/desk/documents")
@access.signed_in(Role.ADMINISTRATOR)
def documents() -> str:
    """Show both documents: version, languages, what is missing."""
    rows = [(kind.value, document_name(kind), _in_force(kind)) for kind in DocumentKind]
    return render("accounts/desk/documents.html", rows=rows, offered=city().locales, own_name=own_name, zone=city().zone)


def _in_force(kind: DocumentKind) -> Mapping[str, Document]:
    return {document.locale: document for document in queries.document_texts(kind)}


@bp.route("/<locale>/desk/documents/<kind>", methods=["GET", "POST"])
@access.signed_in(Role.ADMINISTRATOR)
def document(kind: str) -> Answer:
    """Edit one document; saving makes a new version, in all languages at once."""
    if kind not in set(DocumentKind):
        abort(404)
    which, offered = DocumentKind(kind), city().locales
    now = _in_force(which)
    shape = with_texts(DocumentForm, {"body": _l("Text")}, offered, LONGEST_DOCUMENT, rows=18)
    form = shape(data={f"body_{code}": text.body for code, text in now.items()})
    if not form.validate_on_submit():
        return _page(which, form, now, "", 422 if form.is_submitted() else 200)
    texts = {code: form[f"body_{code}"].data or "" for code in offered}
    try:
        with transaction():
            version = actions.publish_document(kind=which, texts=texts, by=access.actor(), now=clock.now())
    except Refused as refused:
        return _page(which, form, now, say(refused), 409)
    return pages.told(_("Version %(number)s holds from now on.", number=version), "accounts_desk.documents")


def _page(kind: DocumentKind, form: DocumentForm, now: Mapping[str, Document], problem: str, status: int) -> tuple[str, int]:
    return render(
        "accounts/desk/document.html", kind=kind, name=document_name(kind), form=form, offered=city().locales, now=now,
        missing=[own_name(code) for code in city().locales if code not in now], problem=problem,
    ), status
