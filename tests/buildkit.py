"""Runs `hefte` as a user does, on copies of small publications, and reads the pages of what it made."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pypdfium2 as pdfium

import forkkit

ROOT = Path(__file__).resolve().parents[1]
NOTHING: Mapping[str, str] = MappingProxyType({})
SOFT_HYPHEN, HYPHEN = "\u00ad", "\u2010"


@dataclass(frozen=True)
class Said:
    """How a run of `hefte` ended."""

    code: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    """This process's environment, in which `python -m hefte` is the checkout's and nothing sets the date."""
    kept = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    return {**kept, "PYTHONPATH": str(ROOT / "build"), **more}


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "hefte", *map(str, words)]


def hefte(
    *words: str | Path, cwd: Path, env: Mapping[str, str] = NOTHING, before: Callable[[], None] | None = None,
    fresh: bool = False,
) -> Said:
    """Run a command in `cwd`, after `before` was called in the new process. Whatever happens, no traceback is shown.

    Where nothing is said against it, the process is forked from one that has imported everything; `fresh` is one that
    has imported nothing yet."""
    whole = environment(**env)
    said = None if fresh or before else _forked(words, cwd, whole)
    if said is None:
        done = subprocess.run(
            command(*words), cwd=cwd, env=whole, capture_output=True, text=True, check=False, preexec_fn=before
        )
        said = Said(done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in said.out + said.err, said.err
    return said


def _forked(words: tuple[str | Path, ...], cwd: Path, whole: Mapping[str, str]) -> Said | None:
    said = forkkit.run([*map(str, words)], cwd, whole)
    return None if said is None else Said(*said)


def new(folder: Path) -> Path:
    """What `hefte new` makes, without a process of its own."""
    from hefte.cli.new import run

    assert run(folder, quiet=True) == 0
    return folder


def with_languages(root: Path, *languages: str) -> Path:
    """A tiny publication that has its English text as other languages too."""
    import shutil

    for language in languages:
        shutil.copytree(root / "chapters" / "en", root / "chapters" / language)
    return root


def with_nynorsk(root: Path) -> Path:
    """A tiny publication, translated to Nynorsk: everything recorded, and signed by somebody else."""
    import shutil

    from hefte import publication
    from hefte.translation import recording, signing

    shutil.copytree(ROOT / "tests" / "fixtures" / "template-nn", root / "chapters" / "nn")
    loaded = publication.load(root)
    recording.record(loaded, "nn", by="Ada Lovelace")
    signing.sign(loaded, "nn", None, by="Grete Roede")
    return root


def change(path: Path, old: str, new: str) -> None:
    """Put `new` in the place of the only `old` in a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def contents(folder: Path, pattern: str = "**/*") -> dict[str, bytes]:
    """Path below a folder → bytes, hidden files too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.glob(pattern) if path.is_file()}


def unapproved(*languages: str) -> str:
    """What is to be said of the tiny publication, whose story nobody has approved."""
    return "".join(
        f"chapters/stories.toml:4: warning: the story `a-walk` is not approved in {language}; when she has "
        f"approved the text, type `hefte story approve a-walk --lang {language} --by NAME` [story-unapproved]\n"
        for language in languages
    )


def today() -> dt.date:
    return dt.date.today()


# --- what is on a page ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One line of text on a page."""

    text: str
    left: float
    """Points from the left edge of the medium."""
    top: float
    """Points from its lower edge."""


def pages(path: Path) -> list[list[Line]]:
    """The lines of each page of a PDF from top to bottom, as pdfium sees them."""
    with pdfium.PdfDocument(path) as pdf:
        return [lines(page) for page in pdf]


def lines(page: Any) -> list[Line]:
    """The lines of a page from top to bottom. Pieces that are as high as each other, in part, are one line."""
    text = page.get_textpage()
    rows: list[list[Piece]] = []
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        piece = Piece(left, bottom, top, text.get_text_bounded(left - 0.1, bottom, right + 0.1, top))
        row = next((row for row in rows if any(piece.beside(other) for other in row)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    rows.sort(key=lambda row: -max(piece.top for piece in row))
    return [_line(sorted(row, key=lambda piece: piece.left)) for row in rows]


@dataclass(frozen=True)
class Piece:
    """A run of text as pdfium sees it. Lengths in points."""

    left: float
    bottom: float
    top: float
    text: str

    def beside(self, other: Piece) -> bool:
        """Whether the lower of the two lies half beside the higher."""
        common = min(self.top, other.top) - max(self.bottom, other.bottom)
        return common > min(self.top - self.bottom, other.top - other.bottom) / 2


def _line(row: list[Piece]) -> Line:
    return Line(" ".join(piece.text for piece in row), row[0].left, max(piece.top for piece in row))


def squeezed(text: str) -> str:
    """Only what is seen of a text: no white space, no hyphen that a line's end brought."""
    return re.sub(rf"[\s{SOFT_HYPHEN}{HYPHEN}\ufffe\u200b]", "", text)


def streams(pdf: Any) -> Iterator[Any]:
    """Every content stream of a pikepdf document: pages, form XObjects, tiling patterns."""
    import pikepdf

    yield from pdf.pages
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and (item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1):
            yield item


# --- a book on its way to the page ----------------------------------------------------------------------------------


def book(root: Path, language: str = "en") -> Any:
    """One language of a publication, after its transforms for print."""
    from hefte import publication, sources, transforms

    return transforms.apply(sources.read(publication.load(root), language), "print")


def lay_out(of: Any) -> Any:
    """The Layout of a book, with the publication's layouts or the house's."""
    from hefte import house, layout

    root = of.publication.root
    folders = layout.folders(root)
    theme = layout.load_theme(folders, (root / "assets", house.assets()))
    return layout.lay_out(of, layout.for_language(theme, of.language.code), folders)


def render(of: Any) -> Any:
    """The Rendering of a book, its fixed pages set in the layout's own size."""
    from dataclasses import replace

    from hefte import house
    from hefte.renderers import pages as renderer

    given, laid = {"assets": house.assets(), "layouts": house.layouts()}, lay_out(of)
    laid = replace(laid, settings=replace(laid.settings, fits=()))
    return renderer.render(laid, of.language.code, of.publication.root, given)
