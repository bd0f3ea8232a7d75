"""What people do with accounts."""

from engage.accounts.actions.documents import agree, change_city, install_documents, publish_document
from engage.accounts.actions.owning import (
    change_address,
    change_channel,
    change_password,
    change_profile,
    delete_account,
    drop_password,
)
from engage.accounts.actions.registering import create_account, register
from engage.accounts.actions.roles import end_grant, grant, prove_phone, train
from engage.accounts.actions.sessions import (
    Browser,
    Entry,
    end_session,
    end_sessions,
    holder_by_password,
    note_use,
    open_session,
)
from engage.accounts.actions.tickets import (
    confirm_address,
    enter_by_ticket,
    prove,
    request_reset,
    request_sign_in,
    reset_password,
)

__all__ = [
    "Browser", "Entry", "agree", "change_address", "change_channel", "change_city", "change_password", "change_profile",
    "confirm_address", "create_account", "delete_account", "drop_password", "end_grant", "end_session", "end_sessions",
    "enter_by_ticket", "grant", "holder_by_password", "install_documents", "note_use", "open_session", "prove", "prove_phone",
    "publish_document", "register", "request_reset", "request_sign_in", "reset_password", "train",
]
