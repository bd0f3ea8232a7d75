"""What all screens share: locale in the path, who may open what, headers, errors, kept pages.

A public page is answered from its version: 304 before rendering, then the page kept in this
process under its ETag, and only then a render.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from flask import Blueprint, Flask, Response, abort, flash, g, redirect, render_template, request, session, url_for
from flask import current_app as app
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter, RateLimiter
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as WerkzeugResponse

from engage import __version__
from engage.config import Config
from engage.core.assets import STATIC, Assets
from engage.core import access, clock, fields, i18n, refusal, text, tokens
from engage.core.access import Actor, mark_of
from engage.core.city import city

bp = Blueprint("pages", __name__, template_folder="templates")
log = structlog.get_logger()

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
LARGEST_REQUEST = 6 * 1024 * 1024
KEPT_PAGES = 512
KEPT_BYTES = 64 * 1024  # a larger page is rendered anew: it is rare, and memory is not
LINKS_COOKIE_HOLDS = 40

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


# --- before a screen ---------------------------------------------------------------------------


def _begin() -> WerkzeugResponse | None:
    access.begin(_who)
    i18n.choose(None)
    g.now = clock.now()
    view = app.view_functions.get(request.endpoint or "")
    code = g.get("path_locale")
    if code is not None and not i18n.is_offered(code):
        abort(404)
    if code is not None:
        i18n.choose(code)
    return _admit(view) if view else None


def _admit(view: Callable[..., Any]) -> WerkzeugResponse | None:
    """Enforce a screen's mark: signed-out people are led to sign in and back."""
    mark = mark_of(view)
    if mark is None or mark.kind in ("public", "anyone"):
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
    response = redirect(url_for(kind.endpoint, **{kind.parameter: public_id}))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def link(purpose: str, public_id: UUID, revocation: int, locale: str) -> str:
    """Return a personal link for a letter, from the configured base URL."""
    signature = tokens.sign(purpose, public_id, revocation)
    return address("pages.open_link", locale=locale, purpose=purpose, public_id=public_id, signature=signature)


def address(endpoint: str, **values: Any) -> str:
    """Return a page's full address from the configured base URL, never from the Host header.

    Works with and without a request.
    """
    config: Config = app.extensions["engage_config"]
    values.setdefault("locale", i18n.locale()) if app.url_map.is_endpoint_expecting(endpoint, "locale") else None
    adapter = app.url_map.bind("localhost")
    return config.base_url + adapter.build(endpoint, values)


def host() -> str:
    """Return the host of the configured base URL, the site's name in calendar entries and letters."""
    config: Config = app.extensions["engage_config"]
    return urlsplit(config.base_url).hostname or "localhost"


def settings() -> Config:
    """Return what the environment gave this process."""
    return app.extensions["engage_config"]  # type: ignore[no-any-return]


def rendered(template: str, context: Mapping[str, Any]) -> str:
    """Return a template's text, with and without a request: letters are written in workers."""
    return render_template(template, **context)


# --- public pages, kept under their version ------------------------------------------------------


class _Kept:
    """The last rendered public pages of this process, by ETag."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def put(self, key: str, page: bytes) -> None:
        if len(page) > KEPT_BYTES:
            return
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)


_kept = _Kept()
MAX_AGE = timedelta(seconds=0)


def public_page(version: str, render: Callable[[], str], *, mimetype: str = "text/html") -> Response:
    """Answer a public page from its version: 304, the kept page, or a fresh render.

    `version` names everything the page shows that can change (content, places left); the path,
    locale, build, city settings and local date are added here.
    """
    today = clock.local(g.now, city().zone).date()
    accepts_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    parts = (request.full_path, i18n.locale(), version, app.extensions["build"], city().version, today, accepts_gzip)
    etag = hashlib.blake2b("|".join(map(str, parts)).encode(), digest_size=12).hexdigest()
    if request.if_none_match.contains(etag):
        return _public(Response(status=304), etag)
    is_kept = app.extensions["engage_config"].page_cache
    body = _kept.get(etag) if is_kept else None
    if body is None:
        body = render().encode()
        body = gzip.compress(body, 6, mtime=0) if accepts_gzip else body
        if is_kept:
            _kept.put(etag, body)
    response = Response(body, content_type=f"{mimetype}; charset=utf-8")
    if accepts_gzip:
        response.headers["Content-Encoding"] = "gzip"
    return _public(response, etag)


def _public(response: Response, etag: str) -> Response:
    response.set_etag(etag)
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    response.headers["Vary"] = "Accept-Encoding"
    return response


# --- after a screen ------------------------------------------------------------------------------


def _finish(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if app.extensions["engage_config"].is_production:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-store"
    return _compress(response)


def _compress(response: Response) -> Response:
    is_text = (response.mimetype or "").startswith("text/") or response.mimetype in ("application/json", "application/atom+xml")
    if (
        not is_text or response.direct_passthrough or response.is_streamed or "Content-Encoding" in response.headers
        or response.status_code in (204, 304) or "gzip" not in request.headers.get("Accept-Encoding", "")
    ):
        return response
    body = response.get_data()
    if len(body) > 500:  # noqa: PLR2004 - below, the header costs more than it saves
        response.set_data(gzip.compress(body, 6))
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
    return response


# --- errors: a clear page in the reader's language, never insides ----------------------------------


def _error_page(status: int) -> tuple[str, int]:
    if g.get("path_locale") is None:
        first = request.path.split("/")[1]
        i18n.choose(first if i18n.is_offered(first) else i18n.best_match(request.accept_languages.values()))
    return render_template("core/error.html", status=status), status


def _on_http_error(error: HTTPException) -> Any:
    status = error.code or 500
    if error.response is not None or status < 400:  # noqa: PLR2004 - redirects pass
        return error
    return _error_page(status)


def _on_refused(error: refusal.Refused) -> tuple[str, int]:
    """What no screen caught: the reason, on a page of its own."""
    return render_template("core/refused.html", message=refusal.say(error)), 409


def _on_failure(error: Exception) -> tuple[str, int]:
    log.exception("request_failed", endpoint=request.endpoint, error=type(error).__name__)
    return _error_page(500)


# --- panels: pages made of many features ---------------------------------------------------------


@dataclass(frozen=True)
class Panel:
    """A part that a feature shows on a page of another: "event" (the host's and staff's page of one
    event), "my", "neighbourhood". `load(actor, subject)` gives the template's context, or None
    where this reader has nothing to see."""

    where: str
    position: int
    template: str
    load: Callable[[Actor, Any], dict[str, Any] | None]


@dataclass(frozen=True)
class Queue:
    """Something on the desk that waits for staff: how many, and the page where it is settled."""

    name: Any  # a lazy text, "Proposals to review"
    endpoint: str
    count: Callable[[Actor], int]
    roles: tuple[access.Role, ...] = (access.Role.STAFF, access.Role.ADMINISTRATOR)


def offer_panels(flask_app: Flask, panels: Iterable[Panel], queues: Iterable[Queue]) -> None:
    """Take up what a feature shows on pages of others."""
    flask_app.extensions.setdefault("panels", []).extend(panels)
    flask_app.extensions.setdefault("queues", []).extend(queues)


def render_panels(where: str, subject: Any = None) -> Markup:
    """Return the panels of a page, in order, for this reader."""
    shown = sorted((panel for panel in app.extensions["panels"] if panel.where == where), key=lambda panel: panel.position)
    loaded = ((panel, panel.load(access.actor(), subject)) for panel in shown)
    return Markup("").join(Markup(render_template(panel.template, **context)) for panel, context in loaded if context is not None)


def queues() -> list[tuple[Queue, int]]:
    """Return what waits for this reader on the desk, with counts."""
    actor = access.actor()
    mine = (queue for queue in app.extensions["queues"] if actor.has_role(*queue.roles, anywhere=True))
    return [(queue, queue.count(actor)) for queue in mine]


# --- templates -------------------------------------------------------------------------------------


def can(check: Callable[..., bool], *args: Any) -> bool:
    """Ask a policy in a template: `can(policy.may_cancel, registration)`."""
    return check(access.actor(), *args)


def same_page(locale: str) -> str:
    """Return this page's path in another locale, for the language menu and `hreflang`."""
    if request.endpoint is None or g.get("path_locale") is None:
        return f"/{locale}/"
    return url_for(request.endpoint, **{**(request.view_args or {}), **_plain_query(), "locale": locale})


def _plain_query() -> dict[str, str]:
    return {key: value for key, value in request.args.items() if key not in (request.view_args or {}) and not key.startswith("_")}


def asset(name: str) -> str:
    """Return the address of a file of `static`, which carries its content's hash."""
    return str(app.extensions["assets"].url(name))


def nav_url(endpoint: str, **values: Any) -> str | None:
    """Return a page's path, or None while no feature offers it."""
    return url_for(endpoint, **values) if endpoint in app.view_functions else None


def _prepare_templates(flask_app: Flask) -> None:
    env = flask_app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.globals.update(
        city=city, can=can, asset=asset, same_page=same_page, page_address=address, locale=i18n.locale, direction=i18n.direction,
        own_name=i18n.own_name, language_name=i18n.language_name, listing=i18n.listing, when=i18n.when, day=i18n.day, hour=i18n.hour,
        skeleton=i18n.skeleton, panels=render_panels, version=__version__, actor=access.actor, now=clock.now,
        nav_url=nav_url, button=fields.Form, origin=flask_app.extensions["engage_config"].base_url,
    )
    env.filters.update(markdown=text.markdown, isolate=text.isolate)


def init_app(flask_app: Flask, config: Config) -> None:
    """Give an app all of the above."""
    flask_app.extensions["engage_config"] = config
    flask_app.extensions["assets"] = Assets(STATIC)
    flask_app.extensions["build"] = f"{__version__}-{flask_app.extensions['assets'].digest}"
    flask_app.wsgi_app = flask_app.extensions["assets"].serve(flask_app.wsgi_app)  # type: ignore[method-assign]
    flask_app.config.update(
        SECRET_KEY=config.secret_keys[0],
        SECRET_KEY_FALLBACKS=list(config.secret_keys[1:]),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        SESSION_COOKIE_NAME="__Host-engage" if config.is_production else "engage",
        SESSION_COOKIE_SECURE=config.is_production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        WTF_CSRF_SSL_STRICT=False,  # the referrer is not needed where SameSite and the token are
    )
    if config.trusted_proxies:
        hops = config.trusted_proxies
        flask_app.wsgi_app = ProxyFix(flask_app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    flask_app.extensions["limiter"] = FixedWindowRateLimiter(storage_from_string(config.ratelimit_url))
    flask_app.before_request(_begin)
    flask_app.after_request(_finish)
    flask_app.url_value_preprocessor(_pull_locale)
    flask_app.url_defaults(_default_locale)
    flask_app.register_error_handler(HTTPException, _on_http_error)
    flask_app.register_error_handler(refusal.NotAllowed, lambda _: _error_page(403))
    flask_app.register_error_handler(refusal.NotFound, lambda _: _error_page(404))
    flask_app.register_error_handler(refusal.Refused, _on_refused)
    flask_app.register_error_handler(Exception, _on_failure)
    flask_app.register_blueprint(bp)
    _prepare_templates(flask_app)


# --- limits --------------------------------------------------------------------------------------


def within_limit(name: str, key: str, rate: str) -> bool:
    """Count one try of `name` by `key` ("a network", "an address' hash") and say whether it is
    within a rate such as "20 per hour"."""
    limiter: RateLimiter = app.extensions["limiter"]
    return limiter.hit(parse(rate), name, key)


def network() -> str:
    """Return the network a request comes from: IPv4 as it is, IPv6 by its /64."""
    address = ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 - not a socket
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)  # noqa: PLR2004


def told(message: str, endpoint: str, **values: Any) -> WerkzeugResponse:
    """Say what was done and lead on by GET, so that back and reload are harmless."""
    flash(message)
    return redirect(url_for(endpoint, **values), 303)
