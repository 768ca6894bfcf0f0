"""Ebooks, or HTML pages, into what axe-core finds in each document on a narrow screen, by day, by night and with spaced
text.

Ace runs axe-core too, but by day only and on a wide screen. axe-core runs in a Chromium, which playwright-core drives
from Node: `make test` installs both below tests/tools, and a user names a folder that holds them in HEFTE_AXE.
"""

from __future__ import annotations

import json
import os
import posixpath
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from hefte.errors import MissingToolError
from hefte.limits import WATCHED
from hefte.model import Finding, Severity
from hefte.tools import chromium
from hefte.tools.process import Outcome, run

NAME = "axe-core"
CHECK = "axe"
"""The id of what it finds."""

_SCRIPT = Path(__file__).with_name("data") / "axe.mjs"
_CHECKOUT = Path(__file__).resolve().parents[3] / "tests" / "tools" / "node_modules"
_NOT_FOR_BOOKS = (
    "bypass", "region", "page-has-heading-one", "landmark-one-main", "landmark-complementary-is-top-level",
)
"""A document of a book is no web page by itself; Ace leaves out the same."""
_SEVERITY = {
    "critical": Severity.ERROR, "serious": Severity.ERROR, "moderate": Severity.WARNING, "minor": Severity.WARNING,
}
_START_S, _WORK_S = 60, 60
"""Limits in time: for Chromium, and for each book. Usual: 1 and 3."""
_REFLOW = "let it wrap, or give it `max-width: 100%`; WCAG 2.2, 1.4.10"
_SPACING = "give it no fixed height or width, and do not hide what runs over; WCAG 2.2, 1.4.12"


@dataclass(frozen=True, slots=True)
class _Work:
    """A book or a page, unpacked: what is looked at, relative to its folder."""

    folder: str
    documents: tuple[str, ...]
    reflows: bool
    """Not so a book of fixed pages: a narrow screen shows them smaller."""


def probe() -> str | None:
    """The version of axe-core that can run here; None where it, playwright-core, Node or Chromium is missing."""
    modules = _modules()
    if modules is None or chromium.find() is None or shutil.which("node") is None:
        return None
    return str(json.loads((modules / "axe-core" / "package.json").read_text(encoding="utf-8"))["version"])


def check(
    files: Sequence[Path], seconds: float | None = None, beside: int | None = None,
) -> dict[Path, list[Finding]]:
    """What axe-core finds in the documents of each of `files`, EPUBs that are no danger to unpack, in one browser,
    within `seconds` where that is said. `beside` as in process.run. Raises MissingToolError
    where something that it needs is missing."""
    found: dict[Path, list[Finding]] = {file: [] for file in files}
    looks = look(files, seconds, beside)
    if isinstance(looks, Finding):
        return {file: [_about(file, looks.message)] for file in files}
    for file, seen in looks:
        found[file] += _findings(file, seen)
    return found


def check_pages(pages: Sequence[Path]) -> dict[Path, list[Finding]]:
    """The same of HTML pages, each with what lies beside it; as whole pages of the web, by all rules."""
    works = [_Work(str(page.parent.resolve()), (page.name,), True) for page in pages]
    looks = _looks(works, (), None, None)
    if isinstance(looks, str):
        return {page: [_about(page, looks)] for page in pages}
    return {page: list(_findings(page, seen)) for page, seen in zip(pages, looks, strict=True)}


def look(
    files: Sequence[Path], seconds: float | None = None, beside: int | None = None,
) -> list[tuple[Path, dict[str, Any]]] | Finding:
    """What is seen of each document of each book: `document`; `light` and `dark` (each `violations` and `unsure`, with
    `rule`, `impact`, `help`, `url`, `target`; `paper`, the page's colour); `asIs` and `spaced` (each `wide`, CSS
    pixels; `widest`; `cut`); `missed` (addresses asked for in vain); `failed`. A finding where there is no answer."""
    with tempfile.TemporaryDirectory(prefix="hefte-axe-", ignore_cleanup_errors=True) as folder:
        works = [_unpacked(file, Path(folder) / str(number)) for number, file in enumerate(files)]
        looks = _looks(works, _NOT_FOR_BOOKS, seconds, beside)
    if isinstance(looks, str):
        return _about(files[0], looks)
    return [(files[seen["work"]], seen) for seen in looks]


def _looks(
    works: Sequence[_Work], without: Sequence[str], seconds: float | None, beside: int | None,
) -> list[dict[str, Any]] | str:
    """What the script saw, or why there is no answer."""
    modules, browser = _modules(), chromium.find()
    if modules is None or browser is None or shutil.which("node") is None:
        raise MissingToolError(
            "axe-core is not complete here: it needs Node, the npm packages axe-core and playwright-core, and Chromium",
            remedy="run `make test` once, or install them and name their folder node_modules in HEFTE_AXE",
        )
    with tempfile.TemporaryDirectory(prefix="hefte-axe-", ignore_cleanup_errors=True) as folder:
        plan, out = Path(folder) / "plan.json", Path(folder) / "out.json"
        plan.write_text(json.dumps({
            "modules": str(modules), "chromium": browser, "flags": chromium.FLAGS, "without": without,
            "pages": min(4, os.cpu_count() or 1),
            "works": [{"folder": w.folder, "documents": w.documents, "reflows": w.reflows} for w in works],
        }), encoding="utf-8")
        limit = seconds or _START_S + _WORK_S * len(works)
        own = {"HOME": folder, "XDG_CONFIG_HOME": folder, "TMPDIR": folder}
        command = ["node", str(_SCRIPT), str(plan), str(out)]
        watched = WATCHED if seconds else None
        outcome = run(command, timeout_s=limit, environment=own, memory=watched, beside=beside)
        if not out.is_file():
            return _no_answer(outcome, limit)
        looks: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))
        return looks


def _no_answer(outcome: Outcome, limit: float) -> str:
    if outcome.greedy:
        return f"{NAME} took more memory than it may"
    if outcome.status is None:
        return f"{NAME} was stopped after {limit:.0f} s"
    said = next((line for line in outcome.said.splitlines() if "Error" in line), outcome.said[-200:] or "nothing")
    return f"{NAME} gave no answer; it said: {said}"


def _modules() -> Path | None:
    """The folder node_modules with what is needed: the one that is named, the checkout's, or the one Ace lies in."""
    ace = shutil.which("ace-cli")
    above = [parent for parent in Path(ace).resolve().parents if parent.name == "node_modules"] if ace else []
    named = os.environ.get("HEFTE_AXE")
    for folder in (Path(named),) if named else (_CHECKOUT, *above):
        if all((folder / name / "package.json").is_file() for name in ("axe-core", "playwright-core")):
            return folder.resolve()
    return None


def _unpacked(file: Path, folder: Path) -> _Work:
    """Its documents in the manifest's order. A book without a manifest that can be read has none: EPUBCheck says so."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder)
        try:
            container = etree.fromstring(archive.read("META-INF/container.xml"), parser)
            name = str(container.xpath("//*[local-name()='rootfile']/@full-path")[0])
            package = etree.fromstring(archive.read(name), parser)
        except (KeyError, IndexError, etree.XMLSyntaxError):
            return _Work(str(folder), (), True)
    items = package.xpath("//*[local-name()='item'][@media-type='application/xhtml+xml']/@href")
    paths = dict.fromkeys(posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(href))) for href in items)
    layout = package.xpath("//*[local-name()='meta'][@property='rendition:layout']/text()")
    there = tuple(path for path in paths if not path.startswith("..") and (folder / path).is_file())
    return _Work(str(folder), there, "pre-paginated" not in layout)


def _findings(file: Path, seen: Mapping[str, Any]) -> Iterator[Finding]:
    document = seen["document"]
    if "failed" in seen:
        yield _about(file, f"{NAME} could not look at {document}: {seen['failed']}")
        return
    by_day = {(one["rule"], one["target"]) for one in seen["light"]["violations"]}
    by_night = [one for one in seen["dark"]["violations"] if (one["rule"], one["target"]) not in by_day]
    yield from _violations(file, document, seen["light"]["violations"], "")
    yield from _violations(file, document, by_night, ", in the dark")
    if "asIs" in seen:
        yield from _measured(file, document, seen["asIs"], seen["spaced"])


def _violations(file: Path, document: str, found: Iterable[Mapping[str, Any]], when: str) -> Iterator[Finding]:
    """One finding for each rule that is broken: the first place, and how many more there are."""
    of_rules: dict[str, list[Mapping[str, Any]]] = {}
    for one in found:
        of_rules.setdefault(one["rule"], []).append(one)
    for rule, places in of_rules.items():
        first, more = places[0], len(places) - 1
        where = f"{document}, {first['target']}{f', and {more} more' if more else ''}{when}"
        yield _finding(
            file, _SEVERITY[first["impact"]], f"{rule}: {first['help']} ({where})", f"mend it as {first['url']} says",
        )


def _measured(file: Path, document: str, as_is: Mapping[str, Any], spaced: Mapping[str, Any]) -> Iterator[Finding]:
    """What a narrow screen cannot show; where the text as it is fits, what it cannot show of spaced text."""
    for seen, before, how, remedy in (
        (as_is, None, "reflow: on a screen of 320 CSS pixels", _REFLOW),
        (spaced, as_is, "text-spacing: with spaced text", _SPACING),
    ):
        if seen["wide"] > 0 and not (before and before["wide"] > 0):
            what = f"{how} the page is {seen['wide']} too wide ({document}, {seen['widest']})"
            yield _finding(file, Severity.ERROR, what, remedy)
        cut = [name for name in seen["cut"] if not (before and name in before["cut"])]
        if cut:
            more = f", and {len(cut) - 1} more" if len(cut) > 1 else ""
            what = f"{how} some of the text is cut off ({document}, {cut[0]}{more})"
            yield _finding(file, Severity.ERROR, what, _SPACING)


def _about(file: Path, message: str) -> Finding:
    return _finding(file, Severity.ERROR, message, "look at the file by hand")


def _finding(file: Path, severity: Severity, message: str, remedy: str) -> Finding:
    return Finding(CHECK, severity, message, remedy, path=file, blocks_release=severity is Severity.WARNING)
