"""What all screens share: locale in the path, who may open what, headers, errors, kept pages."""

from datetime import timedelta
from typing import Any

from flask import Flask, flash, redirect, url_for
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as WerkzeugResponse

from engage import __version__
from engage.config import Config
from engage.core.assets import STATIC, Assets
from engage.core.pages import answers, entrance, templates
from engage.core.pages.addresses import address, host, rendered, settings
from engage.core.pages.entrance import LANGUAGE_COOKIE, identified_by, in_their_language, link, links_held
from engage.core.pages.kept import public_page
from engage.core.pages.limits import network, within_limit
from engage.core.pages.panels import Panel, Queue, offer_panels, queues
from engage.core.pages.paper import MOST_LANGUAGES, in_each, languages
from engage.core.pages.templates import same_page
from engage.core.pages.trying import Tried, attempt, attempted
from engage.core.pages.turning import place_of, turned_to

__all__ = [
    "LANGUAGE_COOKIE", "MOST_LANGUAGES", "Panel", "Queue", "Tried", "address", "attempt", "attempted", "host", "identified_by",
    "in_each", "in_their_language", "languages", "link", "links_held", "network", "offer_panels", "place_of", "public_page",
    "queues", "rendered", "same_page", "settings", "told", "turned_to", "within_limit",
]

LARGEST_REQUEST = 6 * 1024 * 1024


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
    for part in (entrance, answers, templates):
        part.init_app(flask_app)


def told(message: str, endpoint: str, **values: Any) -> WerkzeugResponse:
    """Say what was done and lead on by GET, so that back and reload are harmless."""
    flash(message)
    return redirect(url_for(endpoint, **values), 303)
