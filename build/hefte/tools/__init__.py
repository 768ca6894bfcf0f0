"""Finished files into findings, through the validators of others: one module for each outside program or library.

Every validator has `NAME`, `CHECK` (the unchanging id of its findings), `probe()` (its version, or None where it cannot
run here) and `check(files)` (the findings in each file; MissingToolError where it cannot run).
"""
