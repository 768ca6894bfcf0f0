"""Where the machine's Chromium is, and the flags with which it asks the net for nothing."""

from __future__ import annotations

import os
import shutil

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--renderer-process-limit=2", "--num-raster-threads=1",
)
"""Chromium looks for updates and more as it starts, which costs seconds where there is no net. Its sandbox refuses to
run for root and in most containers; Ace, too, always goes without. One process for each document that is looked at
costs a quarter more than two that take turns."""

_NAMES = (
    "chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser", "google-chrome",
    "google-chrome-stable",
)
"""The build without windows comes first: it draws the same, and costs two thirds."""


def find() -> str | None:
    """The program: what PUPPETEER_EXECUTABLE_PATH names, else the first on the PATH; None where there is none."""
    named = os.environ.get("PUPPETEER_EXECUTABLE_PATH")
    return next(filter(None, map(shutil.which, (named,) if named else _NAMES)), None)
