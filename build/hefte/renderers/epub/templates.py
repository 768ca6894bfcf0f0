"""Turns a template's name and its values into text: the Jinja2 environment of the ebook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from lxml import etree
from markupsafe import Markup

from hefte import cache, directions, numerals
from hefte.errors import SourceError
from hefte.model import Book, Place, Theme
from hefte.renderers.epub import xhtml

Render = Callable[..., str]


def environment(folders: tuple[Path, ...], book: Book, theme: Theme) -> Render:
    """A function from a template's name and its values to text. Undefined names are errors, text is escaped."""
    jinja = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
        undefined=jinja2.StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True,
        bytecode_cache=cache.templates("epub"),
    )
    language = book.language
    jinja.globals.update(
        book=book, language=language, labels=language.labels, publication=book.publication, theme=theme,
        colour={name: colour.hex for name, colour in theme.colours.items()},
        lines=lambda height, role="text": theme.ratio(height, role),
    )
    jinja.globals.update(digits=numerals.digits(language.code), comma=numerals.comma(language.code), edition="epub")
    jinja.filters.update(
        date=lambda day: numerals.long_date(day, language.code),
        direction=directions.of_language,
        bidi=lambda text: Markup(directions.as_html(text, language.direction)),
        isolated=lambda text: directions.isolated(text, language.direction), bare=bare_address, fragment=Markup,
    )

    def render(name: str, **values: Any) -> str:
        place = Place(next((f / name for f in folders if (f / name).is_file()), folders[0] / name))
        try:
            return jinja.get_template(name).render(**values)
        except jinja2.TemplateNotFound as error:
            what = f"template {error.name} is missing"
            raise SourceError(what, remedy="add it beside the others", place=place) from error
        except jinja2.TemplateSyntaxError as error:
            broken = Place(Path(error.filename or place.path), error.lineno)
            raise SourceError(f"the template is broken: {error.message}", remedy="mend it", place=broken) from error
        except jinja2.UndefinedError as error:
            what = f"the template asks for something unknown: {error.message}"
            raise SourceError(what, remedy="correct the name", place=place) from error

    return render


def document(render: Render, template: str, *, name: str, title: str, place: Place, **values: Any) -> xhtml.Document:
    """One document from its template. Raises SourceError where what comes out is not well-formed."""
    text = render(f"epub/{template}.xhtml.j2", title=title, **values)
    try:
        root = xhtml.parse(text)
    except etree.XMLSyntaxError as error:
        what, remedy = f"{name} is not well-formed XHTML: {error.msg}", f"mend it or epub/{template}.xhtml.j2"
        raise SourceError(what, remedy=remedy, place=place) from error
    return xhtml.Document(name=f"{name}.xhtml", id=name, title=title, root=root, place=place)


def bare_address(url: str) -> str:
    """A web address as one says it: without the scheme and a last slash."""
    return url.removeprefix("https://").removeprefix("http://").rstrip("/")
