"""Residents' screens of accounts: coming in, one's own account, and who is asking."""

from flask import Blueprint

from engage.accounts import policy, queries
from engage.core.tokens import LinkKind

bp = Blueprint("accounts", __name__, template_folder="../templates")

from engage.accounts.views import arriving, identity, letters, owning  # noqa: E402, F401 - they need the blueprint

LINKS = (LinkKind(policy.TICKET, queries.ticket_revocation, "accounts.letter", "ticket_id"),)
