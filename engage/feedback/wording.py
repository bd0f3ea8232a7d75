"""Reasons of feedback in the reader's language."""

from engage.core.refusal import Wording

WORDING: Wording = {}
