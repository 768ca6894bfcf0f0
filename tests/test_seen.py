"""A file that has not changed is not looked at again, and one that has, or whose checks have, is."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import buildkit
import wordkit
from hefte import checks, digests, seen
from hefte.model import Book, Finding, Severity, Waiver
from hefte.seen import Seen
from hefte.tools import ghostscript, page_validation

PATH = "nb/tiny-nb-print.pdf"
FOUND = Finding(
    "pdf-resolution", Severity.WARNING, "a picture is coarse", "take another", Path(PATH), page=3,
    box=(1.0, 2.0, 3.0, 4.5), language="nb", edition="print",
)
RULE = Finding("pdf-ua1", Severity.ERROR, "7.1: no", "mend", Path(PATH), language="nb", edition="print")


def record(found: Finding) -> dict[str, Any]:
    from hefte.report import finding_record

    written: dict[str, Any] = json.loads(json.dumps(finding_record(found, Path("/p"))))
    return written


def entry(*found: Finding, **other: Any) -> dict[str, Any]:
    """What report.json says of a language with one file, whose look had the key `k`."""
    file = {"path": PATH, "edition": "print", "look": "k", "checks": ["pdf-resolution", "pdf-x"], "figures": {"n": 1}}
    validators = {"Ghostscript": "10", "page-validation": "0.11.0", "EPUBCheck": "5.3.0"}
    return {"files": [file | other], "findings": [record(each) for each in found], "validators": validators}


def test_what_was_found_comes_back_as_it_was() -> None:
    elsewhere = replace(FOUND, path=Path("nb/tiny-nb-screen.pdf"))
    look = Seen(entry(FOUND, RULE, elsewhere)).look("k")
    assert look == checks.Look(("pdf-resolution", "pdf-x"), (FOUND,), {"Ghostscript": "10"}, {"n": 1}, "k")


@pytest.mark.parametrize("known", [{}, entry(FOUND, look="other"), entry(FOUND, look="")])
def test_what_was_not_looked_at_is(known: Mapping[str, Any]) -> None:
    assert Seen(known).look("k") is None
    assert Seen(known).look("") is None


def test_what_was_waived_is_looked_at_again() -> None:
    assert Seen(entry(replace(FOUND, severity=Severity.NOTE, waived="so"))).look("k") is None
    rule = entry(replace(RULE, severity=Severity.NOTE, waived="so"))
    assert Seen(rule).validated("k", "pdf-ua1", "page-validation", "0.11.0") is None


@pytest.mark.parametrize(
    ("of", "now", "said"), [("k", "0.11.0", (RULE,)), ("k", "0.12.0", None), ("k", None, None), ("l", "0.11.0", None)]
)
def test_a_validator_of_another_version_is_asked_again(of: str, now: str | None, said: Any) -> None:
    assert Seen(entry(FOUND, RULE)).validated(of, page_validation.CHECK, page_validation.NAME, now) == said


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return wordkit.read(tmp_path)


def key(book: Book, content: bytes = b"%PDF", edition: str = "print", pages: int = 12) -> str:
    return seen.key(edition, content, {"book": book, "pages": pages}, rendered=True)


def test_a_key_is_the_same_for_the_same_and_another_for_what_checks_go_by(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key(book)
    assert key(book) == before
    others = [key(book, b"%PDF "), key(book, edition="screen"), key(book, pages=16)]
    others.append(key(replace(book, publication=replace(book.publication, source_url="https://example.org/other"))))
    monkeypatch.setattr(digests, "of_hefte", lambda: "another builder")
    others.append(key(book))
    monkeypatch.undo()
    monkeypatch.setattr(ghostscript, "probe", lambda: "99")
    others.append(key(book))
    assert len({before, *others}) == 7


def test_approvals_waivers_and_dialled_numbers_show_in_no_file(book: Book) -> None:
    publication = book.publication
    waiver = Waiver("pdf-spot", PATH, "so", dt.date(2026, 11, 1), publication.place)
    stories = {id: replace(story, approvals={}) for id, story in publication.stories.items()}
    lines = tuple(replace(line, verified_on=dt.date(2026, 11, 1)) for line in publication.helplines)
    later = replace(publication, waivers=(waiver,), stories=stories, helplines=lines)
    assert later != publication
    assert key(replace(book, publication=later)) == key(book)


# --- in a build -------------------------------------------------------------------------------------------------------


def test_a_build_takes_what_it_found_from_the_last_report(two_languages: Path, tmp_path: Path) -> None:
    """A finding that only the report knows of stays as long as the file and its checks do."""
    root = Path(shutil.copytree(two_languages, tmp_path / "two"))
    report = root / "dist" / "report.json"
    said = json.loads(report.read_text(encoding="utf-8"))
    file = next(file for file in said["languages"]["en"]["files"] if file["edition"] == "screen")
    invented = {"check": "pdf-boxes", "severity": "note", "message": "seen", "remedy": "none", "path": file["path"]}
    said["languages"]["en"]["findings"].append(invented)
    report.write_text(json.dumps(said), encoding="utf-8")
    with (root / "chapters" / "publication.toml").open("a", encoding="utf-8") as publication:
        publication.write("\n# a remark: everything is made again, and is the same\n")

    def messages(*words: str) -> list[str]:
        answer = json.loads(buildkit.hefte("build", "--json", "--lang", "en", *words, cwd=root).out)
        assert file["path"] in answer["made"]
        return [found["message"] for found in answer["languages"]["en"]["findings"] if found["check"] == "pdf-boxes"]

    assert messages() == ["seen"]
    assert messages("--force") == []
