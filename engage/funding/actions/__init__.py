"""What can be done with funding, one room for each part of its life. Keyword-only, no HTTP, no commit.

Locks are taken in one order: the dinner, its application, the round's row.
"""
