"""Reminders: what to tell whom, when; who was not reached."""
