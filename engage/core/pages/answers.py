"""What every answer carries: headers, compression, and errors as clear pages that never show insides."""

import gzip
from typing import Any

import structlog
from flask import Flask, Response, g, render_template, request
from flask import current_app as app
from werkzeug.exceptions import HTTPException

from engage.core import i18n, refusal

log = structlog.get_logger()

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}



_SECURITY = [(name.lower(), (name, value)) for name, value in SECURITY_HEADERS.items()]


def _finish(response: Response) -> Response:
    present = {name.lower() for name in response.headers.keys()}  # noqa: SIM118 - iterating gives pairs
    response.headers.extend([header for name, header in _SECURITY if name not in present])
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
    log.error("request_failed", endpoint=request.endpoint, error=type(error).__name__, exc_info=error)
    try:
        return _error_page(500)
    except Exception:  # noqa: BLE001 - the page's frame can't be read: the database is gone
        return render_template("core/down.html"), 500


def init_app(flask_app: Flask) -> None:
    """Finish every answer, and turn what went wrong into a page."""
    flask_app.after_request(_finish)
    flask_app.register_error_handler(HTTPException, _on_http_error)
    flask_app.register_error_handler(refusal.NotAllowed, lambda _: _error_page(403))
    flask_app.register_error_handler(refusal.NotFound, lambda _: _error_page(404))
    flask_app.register_error_handler(refusal.Refused, _on_refused)
    flask_app.register_error_handler(Exception, _on_failure)
