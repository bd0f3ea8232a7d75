"""The desk: what needs staff, on one page, and where they begin; paper for meetings; and the ledger for administrators."""

from engage.front.desk import counter, landing, ledger, printing
from engage.front.desk.blueprint import bp

__all__ = ["bp", "counter", "landing", "ledger", "printing"]
