"""Bad input at the command line: a clear line for each fault, the exit code of its class, the earlier dist/ kept."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from buildkit import change, contents, hefte

EN, BOOK = "chapters/en", "chapters/publication.toml"
FIRST = f"{EN}/first.md"
LAST = 26
"""The line on which something stands that is added to the end of that chapter after a blank line."""
COPY = "copy the file into the publication and write its path"
EXPORT = "export it anew from its original"


@pytest.fixture
def root(tmp_path: Path, two_languages: Path) -> Path:
    """The tiny publication in its source language alone, built."""
    root = Path(shutil.copytree(two_languages, tmp_path / "two"))
    shutil.rmtree(root / "chapters" / "nn")
    shutil.rmtree(root / "dist" / "nn")
    return root


def written(text: str | bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(text.encode() if isinstance(text, str) else text)


def changed(old: str, new: str) -> Callable[[Path], object]:
    return lambda path: change(path, old, new)


def added(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(f"{path.read_text()}\n{text}\n")


def gone(path: Path) -> None:
    path.unlink()


def front(lines: str, text: str = "text") -> Callable[[Path], object]:
    return written(f"---\n{lines}\n---\n\n{text}\n")


def both(*changes: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda path: [one(path) for one in changes]


QUOTES = 'write `key = "value"` under `[table]`, and close every quotation mark and bracket'
RESTORE = "write it, or restore it"
HYPHENS = "use small letters a-z, digits and single hyphens, a letter first"

# What is spoilt: in which file, how, and what is told, the path before it left out.
SPOILT: dict[str, tuple[str, Callable[[Path], object], str]] = {
    # Records of the publication
    "TOML": (BOOK, changed('version = "1"', 'version = "1'), f"3: not TOML: illegal character '\\n'; {QUOTES}"),
    "unknown key": (
        BOOK, changed("publisher =", "publihser ="), "4: unknown key `publihser`; did you mean `publisher`?",
    ),
    "wrong type": (
        BOOK, changed('version = "1"', "version = 1"),
        "3: `version` is a whole number; write text in quotation marks",
    ),
    "no such date": (
        BOOK, changed("\nreview_by", " # \nreview_by = 2026-02-30 #"),
        f"6: not TOML: invalid date or datetime; {QUOTES}",
    ),
    "not UTF-8": (
        BOOK, lambda path: path.write_bytes(path.read_bytes().replace(b"organisation", b"\xff")),
        "4: the file is not UTF-8 (byte 0xff); save it as UTF-8",
    ),
    "chapter twice": (
        BOOK, changed('["first"]', '["first", "first"]'),
        "12: `chapters[2]` names `first` a second time; delete one of the two",
    ),
    "no chapter": (BOOK, changed('["first"]', "[]"), "12: `chapters` is empty; name at least 1"),
    "chapter outside": (
        BOOK, changed('["first"]', '["../first"]'), f"12: `chapters[1]` cannot be `../first`; {HYPHENS}",
    ),
    "unknown edition": (
        BOOK, changed('"booklet"', '"bookelt"'), "13: `editions[2]` cannot be `bookelt`; did you mean `booklet`?",
    ),
    "source language": (
        BOOK, changed('source_language = "en"', 'source_language = "no"'),
        "11: `source_language` cannot be `no`; say which Norwegian: nb (Bokmål) or nn (Nynorsk)",
    ),
    "profile outside": (
        BOOK, added('[print]\nprofile = "../../x.icc"'), f"31: `../../x.icc` leads out of the publication; {COPY}",
    ),
    "two at once": (
        BOOK, both(changed('version = "1"', "version = 1"), changed("license", "licence")),
        "3: `version` is a whole number; write text in quotation marks\n"
        "10: unknown key `licence`; did you mean `license`?",
    ),
    "stories": (
        "chapters/stories.toml", changed('voice = "retold"', 'voice = "told"'),
        "8: `a-walk.voice` cannot be `told`; did you mean `retold`?",
    ),
    "references": (
        "chapters/references.toml", changed("year = 2020", 'year = "2020"'),
        "6: `handbook.year` is text; write a whole number",
    ),
    "a folder that is no language": (
        "chapters/figures", Path.mkdir,
        "1: the folder cannot be `figures`; write a BCP 47 language tag such as nb, ar or fa-AF",
    ),
    # A language
    "no language.toml": (f"{EN}/language.toml", gone, f"1: the file is missing; {RESTORE}"),
    "label missing": (
        f"{EN}/language.toml", changed('notes = "Notes"\n', ""), "7: `labels.notes` is missing; add it",
    ),
    "label unknown": (
        f"{EN}/language.toml", changed("notes =", "ntoes ="), "25: unknown key `labels.ntoes`; did you mean `notes`?",
    ),
    # Chapters and stories
    "missing": (FIRST, gone, f"1: the file is missing; {RESTORE}"),
    "empty": (FIRST, written(""), f"1: the file is empty; {RESTORE}"),
    "blank": (FIRST, written(" \n\n"), f"1: the file is empty; {RESTORE}"),
    "no text": (
        FIRST, front("title: a\nsummary: b", ""), f"4: there is no text after the front matter; {RESTORE}",
    ),
    "Latin-1": (
        FIRST, written(b"---\ntitle: \xe5\n---\n\ntext"), "2: the file is not UTF-8 (byte 0xe5); save it as UTF-8",
    ),
    "UTF-16": (FIRST, written("---\n".encode("utf-16")), "1: the file is not UTF-8 (byte 0xff); save it as UTF-8"),
    "control character": (FIRST, added("a\x07b"), f"{LAST}: control character U+0007; delete it"),
    "huge": (FIRST, written("a " * 1_100_000), "1: the file is larger than 2 MB; keep text only"),
    "a folder": (FIRST, both(gone, Path.mkdir), "1: the file cannot be read (is a directory); mend that"),
    "link outside": (
        FIRST, both(gone, lambda path: path.symlink_to("/etc/hostname")),
        f"1: `first.md` leads out of the publication; {COPY}",
    ),
    "no front matter": (
        FIRST, written("text"), "1: no front matter; begin with a line `---`, then `title: …`, then `---`",
    ),
    "open front matter": (
        FIRST, written("---\ntitle: a\n\ntext"), "1: the front matter is never closed; put a line `---` after it",
    ),
    "YAML": (
        FIRST, front("title: a\nsummary: b: c"),
        "3: the front matter is not YAML (mapping values are not allowed in this context); put a value that holds a "
        'colon or begins with a special sign in quotation marks: title: "…"',
    ),
    "YAML that bites its tail": (
        FIRST, front("title: a\nsummary: b\nkeywords: &k [*k]"),
        "4: `*k` stands for another value; write the value out",
    ),
    "no title": (FIRST, front("summary: b"), "1: `title` is missing; add it: the chapter's title"),
    "front matter key": (
        FIRST, front("title: a\nsumary: b"), "3: unknown key `sumary`; did you mean `summary`?",
    ),
    "front matter twice": (
        FIRST, front("title: a\nsummary: b\ntitle: c"), "4: `title` is there a second time; delete one of the two",
    ),
    "not listed": (
        f"{EN}/frist.md", front("title: a\nsummary: b"),
        "1: `frist` is not among the chapters of publication.toml; list it there, or rename it; did you mean `first`?",
    ),
    "story misnamed": (f"{EN}/stories/A walk.md", front("title: a"), f"1: a story cannot be named `A walk`; {HYPHENS}"),
    # Pictures and links
    "picture missing": (
        FIRST, added("![x](a.png)"), f"{LAST}: the image `a.png` is missing; add the file, or mend the path",
    ),
    "picture above": (
        FIRST, added("![x](../../../a.png)"), f"{LAST}: `../../../a.png` leads out of the publication; {COPY}",
    ),
    "picture escaped": (
        FIRST, added("![x](%2e%2e/%2e%2e/%2e%2e/a.png)"),
        f"{LAST}: `../../../a.png` leads out of the publication; {COPY}",
    ),
    "picture absolute": (
        FIRST, added("![x](/etc/a.png)"),
        f"{LAST}: `/etc/a.png` is not a relative path; write the path from chapters/en/, with `/`",
    ),
    "picture on the net": (
        FIRST, added("![x](https://example.org/a.png)"),
        f"{LAST}: `https://example.org/a.png` is an address, not a file of this publication; {COPY}",
    ),
    "picture file": (
        FIRST, added("![x](file:///etc/a.png)"),
        f"{LAST}: `file:///etc/a.png` is an address, not a file of this publication; {COPY}",
    ),
    "picture long": (FIRST, added(f"![x]({'a' * 300}.png)"), f"{LAST}: "),
    "link to run": (
        FIRST, added("[x](javascript:alert(1))"),
        f"{LAST}: a link may not begin with `javascript:`; link to an address with https:// or mailto:",
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_one_fault_is_one_line_and_the_earlier_output_stays(root: Path, name: str) -> None:
    before = contents(root / "dist", "*/*")
    file, spoil, expected = SPOILT[name]
    spoil(root / file)
    said = hefte("build", *(("--lang", "en") if file.startswith(EN) else ()), cwd=root)
    assert said.code == 3, said
    lines = [line.removeprefix(f"hefte: {file}:") for line in said.err.splitlines()]
    if expected.endswith(": "):  # where our words are not held to
        assert len(lines) == 1 and lines[0].startswith(expected)
    else:
        assert lines == expected.splitlines()
    assert said.out in {"", "nothing was made; no findings; see dist/report.html\n"}
    assert contents(root / "dist", "*/*") == before


def huge(path: Path) -> None:
    Image.new("1", (20_000, 6_000)).save(path)


def link(path: Path) -> None:
    (path.parent.parent.parent.parent / "secret.png").write_bytes(b"x")
    path.symlink_to("../../../secret.png")


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.mark.parametrize(("name", "make", "said"), [
    ("a.png", written(b""), f"the image `a.png` is broken, or no PNG; {EXPORT}"),
    ("a.png", written(b"\x89PNG\r\n\x1a\n" + bytes(40)), f"the image `a.png` is broken, or no PNG; {EXPORT}"),
    ("a.jpg", written("words"), f"the image `a.jpg` is broken, or no JPEG; {EXPORT}"),
    ("a.gif", written(b"GIF89a"), f"the image `a.gif` is neither PNG, JPEG nor SVG; {EXPORT}"),
    ("a.png", huge, f"the image `a.png` has more than 100 megapixels; {EXPORT}"),
    ("a.png", Path.mkdir, "the image `a.png` is missing; add the file, or mend the path"),
    ("a.png", link, f"`a.png` leads out of the publication; {COPY}"),
    ("a.png", lambda path: path.symlink_to("a.png"), "`a.png` leads out of the publication"),
    ("a.svg", written("<svg"), f"the image `a.svg` is broken, or no SVG; {EXPORT}"),
    ("a.svg", written("<html/>"), f"the image `a.svg` is no SVG; {EXPORT}"),
    ("a.svg", written('<!DOCTYPE s [<!ENTITY a "a">]>' + SVG.format("")), "the image `a.svg` has a document type"),
    ("a.svg", written(SVG.format("<script>x</script>")), f"the image `a.svg` holds `<script>`; {EXPORT}"),
    ("a.svg", written(SVG.format('<rect onload="x"/>')), f"the image `a.svg` holds a script (`onload`); {EXPORT}"),
    ("a.svg", written(SVG.format('<image href="file:///etc/passwd"/>')), "the image `a.svg` refers to another file; "
     f"{EXPORT}"),
    ("a.svg", written(SVG.format('<image xlink:href="http://example.org/a.png"/>')), "the image `a.svg` refers to "
     "another file"),
    ("a.svg", written(SVG.format("<style>@import 'x';</style>")), "the image `a.svg` refers to another file; "
     f"{EXPORT}"),
    ("a.svg", written(SVG.format("<!--" + "a" * 5_000_000 + "-->")), "the image `a.svg` is larger than 5 MB; "
     f"{EXPORT}"),
])
def test_a_picture_that_cannot_be_used(
    root: Path, name: str, make: Callable[[Path], object], said: str
) -> None:
    before = contents(root / "dist", "*/*")
    make(root / EN / name)
    added(f"![x]({name})")(root / FIRST)
    answer = hefte("build", "--lang", "en", cwd=root)
    assert (answer.code, answer.err.count("\n")) == (3, 1), answer
    assert answer.err.startswith(f"hefte: {FIRST}:{LAST}: {said}")
    assert contents(root / "dist", "*/*") == before


@pytest.mark.parametrize(("text", "found"), [
    ("![](a.svg)", "error: the image `a.svg` has no alternative text"),
    ("Call 22 33 44 55.", "error: the number 22 33 44 55 stands in the text"),
    ("<b>x</b>", "error: raw HTML"),
    ("#### Deep", "error: "),
    ("See [@hanbook].", "error: `[@hanbook]` cites a work that is not in references.toml; did you mean `handbook`?"),
    ("{{ helpline.113 }}", "error: "),
    ("::: warning\nx\n:::", "error: `::: warning`"),
    ("::: story a-walk\n:::", "error: the story `a-walk` is placed a second time (first in first.md:9); take one of "
     "the two out"),
    ("Look at [there](#nowhere).", "error: "),
    ("ค", "error: Source Sans 3 has no ค (U+0E04, thai character kho khwai); "),
])
def test_words_that_cannot_be_printed_so_are_an_error_at_their_line(root: Path, text: str, found: str) -> None:
    written(SVG.format(""))(root / EN / "a.svg")
    added(text)(root / FIRST)
    said = hefte("check", "--quiet", cwd=root)
    assert (said.code, said.err) == (1, "")
    assert said.out.splitlines()[0].startswith(f"{FIRST}:{LAST}: {found}"), said.out


def test_several_faults_are_told_at_once(root: Path) -> None:
    (root / EN / "help.md").unlink()
    written("")(root / FIRST)
    added("![x](gone.png)")(root / EN / "colophon.md")
    said = hefte("check", cwd=root)
    assert said.code == 3
    assert said.err.splitlines() == [
        f"hefte: {FIRST}:1: the file is empty; write it, or restore it",
        f"hefte: {EN}/colophon.md:8: the image `gone.png` is missing; add the file, or mend the path",
        f"hefte: {EN}/help.md:1: the file is missing; write it, or restore it",
    ]


def test_links_to_nowhere_and_loops_beside_the_words_are_no_reason_to_stop(root: Path) -> None:
    os.symlink("/nowhere", root / EN / "notes.txt")
    os.symlink("loop", root / EN / "loop")
    said = hefte("build", "--quiet", "--lang", "en", "--edition", "screen", cwd=root)
    assert (said.code, said.out, said.err) == (0, "", "")
