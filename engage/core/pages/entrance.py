"""Before a screen: whose language, who acts, may they come in; and the links that let people in."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, Request, Response, abort, g, redirect, render_template, request, session, url_for
from flask import current_app as app
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.wrappers import Response as WerkzeugResponse

from engage.core import access, clock, i18n, tokens
from engage.core.access import NOBODY, Actor, Mark, mark_of
from engage.core.city import city
from engage.core.pages.addresses import address

bp = Blueprint("pages", __name__, template_folder="../templates")

LINKS_COOKIE_HOLDS = 40
LANGUAGE_COOKIE = "lang"

Identify = Callable[[], Actor]
_identify: list[Identify] = []


def identified_by(identify: Identify) -> None:
    """Take the function that finds out who is signed in; accounts gives it."""
    _identify[:] = [identify]


def links_held() -> frozenset[tuple[str, UUID]]:
    """Return the personal links this browser has opened and that are not ended."""
    held: dict[str, int] = session.get("links", {})
    found: set[tuple[str, UUID]] = set()
    for key, revocation in held.items():
        purpose, _, public_id = key.partition(":")
        kind = tokens.KINDS.get(purpose)
        if kind and kind.revocation(UUID(public_id)) == revocation:
            found.add((purpose, UUID(public_id)))
    return frozenset(found)


def _who() -> Actor:
    return _identify[0]() if _identify else Actor(links=links_held())


def _nobody() -> Actor:
    """Who looks at a public page: it shows everybody the same, and reads no cookie to find out."""
    return NOBODY


def _begin() -> WerkzeugResponse | None:
    i18n.choose(None)
    g.now = clock.now()
    view = app.view_functions.get(request.endpoint or "")
    mark = mark_of(view) if view else None
    access.begin(_nobody if mark and mark.kind == "public" else _who)
    code = g.get("path_locale")
    if code is not None and not i18n.is_offered(code):
        abort(404)
    if "\0" in request.path:  # no address of ours has one, and PostgreSQL takes none in a text
        abort(404)
    if code is not None:
        i18n.choose(code)
    return _admit(mark) if mark else None


def _admit(mark: Mark) -> WerkzeugResponse | None:
    """Enforce a screen's mark: signed-out people are led to sign in and back."""
    if mark.kind in ("public", "anyone"):
        return None
    actor = access.actor()
    if mark.kind == "by_link" and not actor.is_signed_in:
        if not actor.holds(mark.purpose, (request.view_args or {})[mark.parameter]):
            abort(404)
        return None
    if not actor.is_signed_in:
        return app.extensions["sign_in_first"]()  # type: ignore[no-any-return]
    if mark.roles and not actor.has_role(*mark.roles, anywhere=True):
        abort(403)
    return None


def _pull_locale(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Views don't take the locale: it is the reader's, for all of the page."""
    g.path_locale = values.pop("locale", None) if values else None


def _default_locale(endpoint: str, values: dict[str, Any]) -> None:
    if "locale" not in values and app.url_map.is_endpoint_expecting(endpoint, "locale"):
        values["locale"] = i18n.locale()
def in_their_language(endpoint: str, **values: Any) -> WerkzeugResponse:
    """Lead whoever comes by an address without a language to a page in theirs: the account's, else the
    cookie's, else one the browser asks for."""
    wishes = (access.actor().locale, request.cookies.get(LANGUAGE_COOKIE), *request.accept_languages.values())
    code = i18n.best_match(wish for wish in wishes if wish) or city().default_locale
    response = redirect(url_for(endpoint, locale=code, **values))
    response.vary.update(("Cookie", "Accept-Language"))
    return response


@bp.get("/<locale>/link/<purpose>/<uuid:public_id>/<signature>")
@access.anyone
def open_link(purpose: str, public_id: UUID, signature: str) -> WerkzeugResponse:
    """Exchange a personal link for a cookie and lead its holder on; nothing else happens here."""
    kind = tokens.KINDS.get(purpose)
    revocation = kind.revocation(public_id) if kind else None
    if kind is None or revocation is None or not tokens.is_valid(purpose, public_id, revocation, signature):
        return Response(render_template("core/link_ended.html"), 404)
    held = {**session.get("links", {}), f"{purpose}:{public_id}": revocation}
    session["links"] = dict(list(held.items())[-LINKS_COOKIE_HOLDS:])
    where: dict[str, Any] = {kind.parameter: public_id}
    response = redirect(url_for(kind.endpoint, **where))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def link(purpose: str, public_id: UUID, revocation: int, locale: str) -> str:
    """Return a personal link for a letter, from the configured base URL."""
    signature = tokens.sign(purpose, public_id, revocation)
    return address("pages.open_link", locale=locale, purpose=purpose, public_id=public_id, signature=signature)


class _Sessions(SecureCookieSessionInterface):
    """Flask's own sessions; who brings no cookie gets an empty one without looking for keys."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return super().open_session(app, request) if "HTTP_COOKIE" in request.environ else self.session_class()


def init_app(flask_app: Flask) -> None:
    """Stand at the entrance of an app."""
    flask_app.session_interface = _Sessions()
    flask_app.before_request(_begin)
    flask_app.url_value_preprocessor(_pull_locale)
    flask_app.url_defaults(_default_locale)
    flask_app.register_blueprint(bp)
