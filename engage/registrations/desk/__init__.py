"""Screens of registrations for hosts and staff: guests, and people who don't use the site."""

from engage.registrations.desk import assisted, exporting, guests, importing, paper, writing
from engage.registrations.desk.blueprint import bp
from engage.registrations.desk.guests import PANELS, QUEUES

__all__ = ["PANELS", "QUEUES", "assisted", "bp", "exporting", "guests", "importing", "paper", "writing"]
