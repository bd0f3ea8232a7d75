"""Registrations: seats, waiting list, needs."""
