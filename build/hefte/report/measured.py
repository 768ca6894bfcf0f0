"""Turns what was measured on a file into rows to be read: a name, a value, and where it was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Figures = Mapping[str, Any]


def rows(figures: Figures) -> list[tuple[str, str]]:
    """Name and value of each figure that is there."""
    return list(_rows(figures))


def _rows(figures: Figures) -> Iterator[tuple[str, str]]:
    if boxes := figures.get("boxes"):
        yield "Trimmed size", f"{_mm(boxes['trim_mm'])} mm, bleed {boxes['bleed_mm']:g} mm"
        yield "Sheet in the file", f"{_mm(boxes['media_mm'])} mm"
    if version := figures.get("version"):
        yield "Standard", f"{figures.get('standard') or 'not PDF/X'}; PDF {version}"
    if profile := figures.get("profile"):
        yield "Printing condition", " – ".join(filter(None, (profile.get("condition"), profile.get("description"))))
    if ink := figures.get("ink"):
        yield "Most ink on one spot", f"{ink['most']:.0f} % on page {ink['page']}"
    if "images" in figures:
        yield "Least resolution", _resolution(figures["images"])
    if contrast := figures.get("contrast"):
        yield "Least contrast", f"{contrast['least']:.1f} : 1 on page {contrast['page']}, “{contrast['text']}”"
    if "colours" in figures:
        yield "Colours", _colours(figures["colours"])
    if "fonts" in figures:
        yield "Fonts", _fonts(figures["fonts"])


def _mm(sides: list[float]) -> str:
    return " × ".join(f"{side:g}" for side in sides)


def _resolution(images: list[Figures]) -> str:
    """Of the placed pictures the coarsest."""
    if not images:
        return "no pictures of pixels"
    least = min(images, key=lambda image: image["ppi"])
    return f"{least['ppi']:.0f} ppi on page {least['page']} ({least['width']} × {least['height']} pixels)"


def _colours(pages: list[Figures]) -> str:
    spaces = sorted({space for page in pages for space in page["spaces"]})
    spots = sorted({spot for page in pages for spot in page["spots"]})
    return f"{', '.join(spaces) or 'none'}; {'spot colours: ' + ', '.join(spots) if spots else 'no spot colours'}"


def _fonts(fonts: list[Figures]) -> str:
    if not fonts:
        return "none"
    loose = [font["name"] for font in fonts if not font["embedded"]]
    return f"{len(fonts)}, {'not embedded: ' + ', '.join(loose) if loose else 'all embedded'}"


def pages(figures: Figures) -> list[dict[str, Any]]:
    """Inks and colour spaces of each page; empty where neither was measured."""
    inks = {row["page"]: row for row in (figures.get("ink") or {}).get("pages", ())}
    colours = {row["page"]: row for row in figures.get("colours") or ()}
    return [
        {"page": page, "ink": inks.get(page), "colours": colours.get(page)} for page in sorted({*inks, *colours})
    ]
