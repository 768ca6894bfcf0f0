"""Turns consent records and what became of them into lists; approvals and withdrawals into records."""
