"""Turns a book and its source into the HTML and CSS of the bilingual edition: both languages in facing columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from hefte import directions, letters, numerals
from hefte.errors import SourceError
from hefte.layout.facing import Facing, face
from hefte.layout.settings import load_settings
from hefte.layout.templates import environment
from hefte.model import BodyFacts, Book, FontFace, Language, Layout, Theme

EDITION = "bilingual"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two languages, as the templates meet it."""

    name: str
    """`source` or `target`."""
    book: Book
    theme: Theme
    facts: Markup
    """What the colophon says of the publication."""

    @property
    def language(self) -> Language:
        """Its language."""
        return self.book.language

    def said(self, text: str) -> Markup:
        """A text as HTML, with what must not be turned round in it kept apart."""
        return Markup(directions.as_html(text, self.language.direction))

    def isolated(self, text: str) -> str:
        """The same for where no element can stand."""
        return directions.isolated(text, self.language.direction)

    @property
    def digits(self) -> str:
        """From 0 to 9, as it numbers lists."""
        return numerals.digits(self.language.code)


def lay_out(target: Book, source: Book, themes: tuple[Theme, Theme], looked_up: tuple[Path, ...]) -> Layout:
    """Lay out `target` beside `source` (both after their transforms for print), `themes` in the same order.

    The column that is read from the right stands on the right, so that each is read towards the fold; otherwise the
    source stands on the left. Raises SourceError where a block has no counterpart, or a template is wrong.
    """
    settings = load_settings(looked_up, EDITION)
    render = environment(looked_up, target, themes[0], settings)
    of_source = environment(looked_up, source, themes[1], settings)
    about = {"edition": EDITION, "numbered": target.language.code}
    sides = (
        Side("source", source, themes[1], Markup(of_source(f"{EDITION}/facts.html.j2", **about))),
        Side("target", target, themes[0], Markup(render(f"{EDITION}/facts.html.j2", **about))),
    )
    values = {
        "sides": sides, "chapters": _chapters(target, source), "direction": source.language.direction,
        "faces": _faces(themes),
        "matter": {name: face(source.matter[name], text) for name, text in target.matter.items()},
    }
    page = partial(render, **values)

    def frame(facts: BodyFacts) -> str:
        return page(f"{EDITION}/frame.html.j2", **_numbers(facts, values, len(settings.front)))

    return Layout(
        css=page(f"{EDITION}/{EDITION}.css.j2"), body=page(f"{EDITION}/body.html.j2"), frame=frame, settings=settings,
    )


def _faces(themes: tuple[Theme, ...]) -> dict[FontFace, str]:
    """The faces of both languages, each with the letters that it sets; empty for all that it has."""
    faces: dict[FontFace, str] = {}
    for theme in themes:
        for each in theme.faces:
            own = each.family in theme.latin.values()
            faces.setdefault(each, "" if own else letters.unicode_range(letters.sets(theme, each.family)))
    return faces


def _chapters(target: Book, source: Book) -> tuple[Facing, ...]:
    """The chapters in order. A chapter that the language does not have (policy `leave-out`) is in neither column."""
    originals = {chapter.id: chapter for chapter in source.chapters}
    for chapter in target.chapters:
        if chapter.id not in originals:
            what = f"the source has no chapter {chapter.id}"
            raise SourceError(what, remedy="give both languages the same chapters", place=chapter.place)
    return tuple(face(originals[chapter.id], chapter) for chapter in target.chapters)


def _numbers(facts: BodyFacts, values: Mapping[str, Any], front: int) -> dict[str, Any]:
    """What the contents list, with the page of each, and the page after the last chapter's."""
    after = front + facts.pages + 1
    listed = [(text, facts.starts[text.target.id]) for text in values["chapters"]]
    return {"entries": [*listed, (values["matter"]["help"], after + 1)], "after": after}
