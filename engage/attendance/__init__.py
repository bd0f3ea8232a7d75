"""Attendance: who came."""
