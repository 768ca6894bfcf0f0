"""Turns the report's record into report.html: one page, no network, for the editor and the print shop's contact."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2

from hefte.model import Publication


def render(publication: Publication, whole: Mapping[str, Any]) -> str:
    """The page's HTML. `whole` is what report.json holds."""
    jinja = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(Path(__file__).parent)), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )
    jinja.filters["kilobytes"] = lambda size: f"{size / 1000:,.0f} kB"
    return jinja.get_template("report.html.j2").render(publication=publication, whole=whole)
