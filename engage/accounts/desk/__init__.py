"""Staff's screens of accounts: people and their roles, documents, the city's settings."""

from flask import Blueprint

from engage.accounts import queries
from engage.core.i18n import lazy_gettext as _l
from engage.core.pages import Queue

bp = Blueprint("accounts_desk", __name__, template_folder="../templates")

from engage.accounts.desk import documents, people, settings  # noqa: E402, F401 - they need the blueprint

QUEUES = (
    Queue(
        _l("Phone numbers to call"), "accounts_desk.people",
        lambda actor: len(queries.phones_to_check(actor)), anchor="phones",
    ),
)
