"""Decide about concerns, agendas, minutes and consultations. Pure: `now` is an argument."""
