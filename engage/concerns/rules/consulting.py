"""Decide about consultations and how themes are ranked."""

from enum import StrEnum


class ConsultationState(StrEnum):
    COLLECTING = "collecting"  # concerns come in, nothing is ranked yet
    RANKING = "ranking"
    CLOSED = "closed"
