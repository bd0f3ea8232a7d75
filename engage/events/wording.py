"""Reasons of events in the reader's language."""

from engage.core.refusal import Wording

WORDING: Wording = {}
