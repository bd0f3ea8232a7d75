"""Tables of concerns: what was raised, the meetings it came to, the priorities agreed on."""

from engage.concerns.models.consulting import Consultation, Priority, Ranking
from engage.concerns.models.meeting import ActionItem, ActionNote, Agenda, AgendaItem, MinutesItem, MinutesVersion
from engage.concerns.models.raising import Concern, ConcernStep, ConcernsVersion, Voice

__all__ = [
    "ActionItem", "ActionNote", "Agenda", "AgendaItem", "Concern", "ConcernStep", "ConcernsVersion", "Consultation",
    "MinutesItem", "MinutesVersion", "Priority", "Ranking", "Voice",
]
