"""Programmes: how their events work. What differs between formats is data, never a branch."""
