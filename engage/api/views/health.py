"""Whether the site is well, for the machine that runs it. Says reasons as codes, nothing about people."""

from collections.abc import Callable
from datetime import datetime

from flask import Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from engage.api import queries
from engage.api.views import bp
from engage.core import access, clock, db

CHECKS: tuple[tuple[str, Callable[[datetime], bool]], ...] = (
    ("database", lambda _: db.is_reachable()),
    ("migrations", lambda _: queries.is_migrated()),
    ("letters", queries.are_letters_leaving),
)


@bp.get("/healthz")
@access.public
def alive() -> Response:
    """Say that this process answers."""
    return Response("alive\n", content_type="text/plain; charset=utf-8")


@bp.get("/readyz")
@access.public
def ready() -> tuple[Response, int]:
    """Say whether the site can do its work: 503 with the reason where it can't."""
    now = clock.now()
    reason = next((name for name, is_well in CHECKS if not _holds(is_well, now)), None)
    return jsonify({"ready": reason is None, **({"reason": reason} if reason else {})}), 503 if reason else 200


def _holds(is_well: Callable[[datetime], bool], now: datetime) -> bool:
    try:
        return is_well(now)
    except SQLAlchemyError:
        db.session().rollback()
        return False
