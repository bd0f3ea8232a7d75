"""Residents' pages made of many features."""

from flask import Blueprint, Response, g, render_template, request
from flask import current_app as app
from werkzeug.wrappers import Response as WerkzeugResponse

from engage.accounts import queries as accounts
from engage.core import access, i18n
from engage.core.city import city
from engage.core.i18n import gettext as _
from engage.core.pages import LANGUAGE_COOKIE, in_their_language, public_page
from engage.core.pages.panels import render_panels
from engage.core.text import Localized, Shown
from engage.events.queries import listing
from engage.front import queries
from engage.places import queries as places

bp = Blueprint("front", __name__, template_folder="templates")

COMING_AT_HOME = 6
A_YEAR = 365 * 24 * 3600


@bp.get("/")
@access.anyone
def root() -> WerkzeugResponse:
    """Lead to the start page in the reader's language."""
    return in_their_language(".home")


@bp.after_app_request
def remember_language(response: Response) -> Response:
    """Keep the language somebody reads in. Public pages set no cookie, so the first page that depends
    on its reader (signing up, signing in) does it for them."""
    view = app.view_functions.get(request.endpoint or "")
    mark = access.mark_of(view) if view else None
    is_page = response.status_code == 200 and response.mimetype == "text/html" and "locale" in _url_arguments()  # noqa: PLR2004
    if is_page and mark and mark.kind != "public" and request.cookies.get(LANGUAGE_COOKIE) != i18n.locale():
        is_secure = app.extensions["engage_config"].is_production
        response.set_cookie(LANGUAGE_COOKIE, i18n.locale(), max_age=A_YEAR, httponly=True, samesite="Lax", secure=is_secure)
    return response


def _url_arguments() -> set[str]:
    return set(request.url_rule.arguments) if request.url_rule else set()


@bp.get("/<locale>/")
@access.public
def home() -> Response:
    """Show what is next, the neighbourhoods, and the ways to meet."""
    return public_page(listing.version(g.now), _home)


def _home() -> str:
    found = listing.overview(COMING_AT_HOME, now=g.now)
    context = {"cards": found.cards, "counts": found.counts, "is_more": found.after is not None}
    return render_template("front/home.html", ways=queries.ways(), areas=places.all_neighbourhoods(), **context)


@bp.get("/<locale>/neighbourhoods/<code>")
@access.public
def neighbourhood(code: str) -> Response:
    """Show what is coming in one neighbourhood and those below it."""
    area = places.neighbourhood(code)
    return public_page(listing.version(g.now), lambda: _neighbourhood(area))


def _neighbourhood(area: places.Area) -> str:
    filters = listing.Filters(areas=places.with_below({area.id}))
    every = places.all_neighbourhoods()
    around = {
        "parent": next((other for other in every if other.id == area.parent_id), None),
        "children": [other for other in every if other.parent_id == area.id],
    }
    return render_template("front/neighbourhood.html", area=area, found=listing.page(filters, now=g.now), **around)


@bp.get("/<locale>/host")
@access.public
def host() -> Response:
    """Say in plain words how a resident brings people together."""
    return public_page("host", lambda: render_template("front/host.html", ways=queries.ways()))


@bp.get("/<locale>/help")
@access.public
def help() -> Response:  # noqa: A001 - the word on the page
    """Answer what people ask most."""
    return public_page("help", lambda: render_template("front/help.html"))


@bp.get("/<locale>/my")
@access.anyone
def my() -> str:
    """Show all my places and proposals, or how to get to them."""
    mine = render_panels("my") if access.actor().is_signed_in else ""
    return render_template("front/my.html", mine=mine.strip())


@bp.get("/<locale>/legal")
@access.public
def legal() -> Response:
    """Say who answers for this site."""
    return _text_page("legal", _("Legal notice"), city().legal_notice.shown(i18n.locale()))


@bp.get("/<locale>/conduct")
@access.public
def conduct() -> Response:
    """Show what everybody agrees to who comes to a meeting, in the version in force."""
    return _document_page("conduct", _("Code of conduct"), Localized({}, i18n.locale()))


@bp.get("/<locale>/privacy")
@access.public
def privacy() -> Response:
    """Show what becomes of what people tell us, in the version in force."""
    return _document_page("privacy", _("Privacy"), city().privacy)


def _document_page(kind: str, title: str, otherwise: Localized) -> Response:
    document = accounts.current_documents(kind, i18n.locale())
    if document is None:
        return _text_page(kind, title, otherwise.shown(i18n.locale()))
    shown = Shown(document.body, document.locale, is_other=document.locale != i18n.locale())
    return _text_page(str(document.id), title, shown)


def _text_page(version: str, title: str, shown: Shown) -> Response:
    return public_page(version, lambda: render_template("front/text.html", title=title, shown=shown))
