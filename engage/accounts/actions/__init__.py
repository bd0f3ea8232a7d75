"""What people do with accounts."""

from engage.accounts.actions.sessions import end_session, end_sessions, note_use, open_session

__all__ = ["end_session", "end_sessions", "note_use", "open_session"]
