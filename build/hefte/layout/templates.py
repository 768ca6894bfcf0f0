"""Turns a template's name and a book into text: the Jinja2 environment that all layouts share."""

from __future__ import annotations

import base64
import math
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2
import segno
from markupsafe import Markup

from hefte import cache, directions, letters, numerals
from hefte.errors import SourceError
from hefte.layout import balance
from hefte.layout.last_lines import guard_last_lines, tied
from hefte.model import Book, Colour, FontFace, Place, Settings, Theme
from hefte.model.look import scaled

Render = Callable[..., str]


def environment(folders: tuple[Path, ...], book: Book, theme: Theme, settings: Settings) -> Render:
    """A function from a template's name and its values to text. Undefined names are errors, text is escaped."""
    jinja = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
        undefined=jinja2.StrictUndefined,
        autoescape=lambda name: name is None or name.endswith(".html.j2"),
        bytecode_cache=cache.templates("layout"), trim_blocks=True, lstrip_blocks=True,
    )
    language = book.language
    jinja.globals.update(
        book=book, language=language, labels=language.labels, publication=book.publication, theme=theme,
        token=theme.tokens, colour={name: colour.hex for name, colour in theme.colours.items()}, settings=settings,
        qr=lambda address: qr_svg(address, theme.colours["ink"]), orbit=orbit,
        unicode_range=lambda face: _unicode_range(theme, face),
        digits=numerals.digits(language.code), comma=numerals.comma(language.code),
    )
    jinja.filters.update(
        date=lambda day: numerals.long_date(day, language.code),
        month=lambda day: numerals.month(day, language.code),
        numeral=lambda number: numerals.numeral(number, language.code),
        direction=directions.of_language,
        bidi=lambda text: Markup(directions.as_html(text, language.direction)),
        isolated=lambda text: directions.isolated(text, language.direction),
        fragment=lambda body: Markup(guard_last_lines(body)),
        balanced=lambda text, width, size, role="display", weight=500: balance.balanced(
            tied(text), theme, float(width), _pt(size), role, weight,
        ),
        largest=lambda text, width, ways, role="display", weight=500: balance.largest(
            text, theme, float(width), [(_pt(most), lines) for most, lines in ways], role, weight,
        ),
        times=lambda length, factor: scaled(length, Decimal(str(factor))),
        data_uri=data_uri, bare=bare_address, again=again, heading=tied,
    )

    def render(name: str, **values: Any) -> str:
        try:
            return jinja.get_template(name).render(**values)
        except SourceError:  # of a drawing inside it
            raise
        except Exception as error:
            trouble = _trouble(error)
            if trouble is None:
                raise
            place = _place(error) or Place(_first(folders, name))
            raise SourceError(f"the template {trouble[0]}", remedy=trouble[1], place=place) from error

    jinja.globals["svg"] = lambda name, **values: data_uri(render(name, **values))
    return render


def _pt(size: str | float) -> float:
    """A size in pt as a number."""
    return float(size.removesuffix("pt")) if isinstance(size, str) else float(size)


def _trouble(error: Exception) -> tuple[str, str] | None:
    """What is wrong with a template and what to do; None for an error of our own code that it called."""
    if isinstance(error, jinja2.TemplateNotFound):
        return f"{error.name} is missing", "add it beside the others"
    if isinstance(error, jinja2.UndefinedError):
        return f"asks for something unknown: {error.message}", "correct the name"
    if isinstance(error, jinja2.TemplateError):
        return f"is broken: {(error.message or '').rstrip('.')}", "mend it"
    if isinstance(error, UnicodeDecodeError):
        return "is not UTF-8", "save it as UTF-8"
    innermost = traceback.extract_tb(error.__traceback__)[-1]
    return (f"cannot be filled in: {error}", "mend this line") if innermost.filename.endswith(".j2") else None


def _place(error: Exception) -> Place | None:
    """The line of the innermost template that an error passed through: Jinja writes them into the traceback."""
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        return Place(Path(error.filename), error.lineno)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    return Place(Path(frames[-1].filename), frames[-1].lineno or 1) if frames else None


def _first(folders: tuple[Path, ...], name: str) -> Path:
    return next((folder / name for folder in folders if (folder / name).is_file()), folders[0] / name)


def _unicode_range(theme: Theme, face: FontFace) -> str:
    """What a face is to set, where that is not all that it has: it may have Latin letters that no text wants."""
    own = face.family in theme.latin.values() or not theme.latin
    return "" if own else letters.unicode_range(letters.sets(theme, face.family))


def data_uri(svg: str) -> str:
    """A drawing as an address that needs no file."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def again(body: str) -> Markup:
    """A fragment that stands elsewhere too, without its ids: an anchor may be defined only once."""
    return Markup(re.sub(r' id="[^"]*"', "", body))


def bare_address(url: str) -> str:
    """A web address as one says it: without the scheme and a last slash."""
    return url.removeprefix("https://").removeprefix("http://").rstrip("/")


@lru_cache(64)
def qr_svg(address: str, ink: Colour) -> str:
    """A QR code of `address` as SVG: one filled path, no ground; quiet zone of four modules (ISO/IEC 18004, 6.3.8)."""
    rows = [list(row) for row in segno.make_qr(address, error="m").matrix_iter(border=4)]
    runs = "".join(
        f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _dark_runs(row)
    )
    size = len(rows)
    path = f'<path fill="{ink.hex}" d="{runs}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">{path}</svg>'


def _dark_runs(row: list[int]) -> Iterator[tuple[int, int]]:
    """Where each run of dark modules begins, and how long it is: whole runs leave no hairlines between modules."""
    at = 0
    for dark, modules in groupby(row, key=bool):
        length = len(list(modules))
        if dark:
            yield at, length
        at += length


def orbit(step: int, steps: int, centre: tuple[float, float], radius: float, small: float) -> Mapping[str, float]:
    """Where the small disc stands when it touches the large one, on its way under it from chapter to chapter (same
    unit in as out)."""
    angle = math.radians(165 - 125 * (step - 1) / max(steps - 1, 1))
    reach = radius + small
    return {"x": round(centre[0] + reach * math.cos(angle), 2), "y": round(centre[1] + reach * math.sin(angle), 2)}
