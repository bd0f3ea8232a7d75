"""The outside of registrations: codes for cameras, lists from spreadsheets."""

from engage.registrations.adapters.codes import qr
from engage.registrations.adapters.lists import Table, read

__all__ = ["Table", "qr", "read"]
