"""What can be done with concerns, one room for each part of their life. Keyword-only, no HTTP, no commit.

Locks are taken in one order: the meeting, its agenda, the concerns by id.
"""
