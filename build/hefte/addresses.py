"""A web address as it is read and typed on paper."""

from __future__ import annotations


def readable(address: str) -> str:
    """`https://www.example.org/` → `example.org`."""
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.").removesuffix("/")
