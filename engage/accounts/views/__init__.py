"""Residents' screens of accounts: coming in, one's own account, and who is asking."""

from flask import Blueprint

from engage.core.tokens import LinkKind

bp = Blueprint("accounts", __name__, template_folder="../templates")

from engage.accounts.views import identity  # noqa: E402, F401 - it needs the blueprint

LINKS: tuple[LinkKind, ...] = ()


from engage.core import access  # noqa: E402


@bp.get("/<locale>/sign-in")
@access.anyone
def sign_in() -> str:
    """A place to be sent to until the sign-in screens are here."""
    return ""
