"""Feedback: those who came say how it was; nothing links an answer to a person."""
