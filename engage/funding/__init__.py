"""Dinner funding: rounds, applications, decisions, getting ready, reports and the money."""
