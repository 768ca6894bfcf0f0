"""Turns the report's record and the pictures of the pages into report.html: one page, no network, no script, for the
editor, the translator and the print shop's contact."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from hefte.model import Publication
from hefte.report import verdict, view
from hefte.report.contents import Listed
from hefte.report.fitted import told
from hefte.report.pictures import Picture, Pictures

_SAID = {"error": "error", "blocking": "blocks release", "warning": "warning", "note": "note", "waived": "waived"}
_EDITIONS = {
    "print": "For a print shop", "booklet": "For an office printer", "screen": "For reading on a screen",
    "bilingual": "Two languages side by side", "epub": "Ebook", "print-job": "Job sheet for the print shop",
    "large-print": "Large print", "leaflet": "Leaflet, for a print shop",
    "leaflet-job": "Job sheet for the print shop: leaflet", "poster-a3-job": "Job sheet for the print shop: poster, A3",
    "leaflet-office": "Leaflet, for an office printer", "poster-a3": "Poster, A3, for a print shop",
    "poster-a4": "Poster, A4, for an office printer",
}
_TICKS = re.compile(r"`([^`]+)`")
NOTHING: Mapping[str, tuple[Picture, ...]] = {}


def render(
    publication: Publication, whole: Mapping[str, Any], pictures: Pictures = NOTHING,
    documents: Callable[[Mapping[str, Any]], tuple[Listed, ...]] = lambda file: (), manifest: bool = False,
) -> str:
    """The page's HTML. `whole` is what report.json holds, `documents` tells those of an EPUB from its entry there, and
    `manifest` says whether there is a manifest.json beside it."""
    jinja = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(Path(__file__).parent)), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )
    jinja.filters |= {"kilobytes": _kilobytes, "where": verdict.where, "ticks": _ticks, "told": told}
    entries = _source_first(whole["languages"])
    common = view.common(entries)
    return jinja.get_template("report.html.j2").render(
        publication=publication, whole=whole, verdict=verdict.judge(entries), common=common,
        common_count=view.count(common),
        languages=[view.language(code, entry, pictures, documents, common) for code, entry in entries.items()],
        said=_SAID, editions=_EDITIONS, titles=whole["checks"], manifest=manifest, attributes=_attributes,
        waived=[finding for entry in whole["languages"].values() for finding in entry["findings"]
                if finding.get("waived")],
    )


def _attributes(picture: Picture, digest: str) -> Markup:
    """Numbers and base64 alone: safe as they are."""
    return Markup(picture.attributes(digest))


def _source_first(entries: Mapping[str, Any]) -> dict[str, Any]:
    """The language that others are translated from, then the others by their tags."""
    return dict(sorted(entries.items(), key=lambda item: not (item[1]["standing"] or {}).get("source", False)))


def _ticks(text: str) -> Markup:
    """What stands between backticks in a message, as code."""
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part)
        for number, part in enumerate(_TICKS.split(text))
    )


def _kilobytes(size: int) -> str:
    return f"{size / 1000:,.0f} kB"
