"""`python -m hefte` is `hefte`."""

from hefte.cli import main

main()
