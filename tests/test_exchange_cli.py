"""`hefte translate export` and `import` as they are typed: what they write, what they say, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from buildkit import change, contents, hefte
from exchangekit import edited, hostile_and_recorded
from hefte.exchange import detect


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return hostile_and_recorded(tmp_path)


def test_out_and_in_again(root: Path) -> None:
    said = hefte("translate", "export", "fa", "--format", "po", cwd=root)
    assert (said.code, said.err) == (0, "")
    assert said.out == "made small-brochure-fa.po with 78 segments: 78 ready\n"
    path = (root / "small-brochure-fa.po").rename(root / "fa-po.po")
    before = contents(root)
    said = hefte("translate", "import", "fa", "fa-po.po", cwd=root)
    assert (said.code, said.out, said.err) == (0, "0 segments changed; 78 as they were\n", "")
    assert contents(root) == before
    edited(path, {"first.2": "واژه نو"})
    said = hefte("translate", "import", "fa", "fa-po.po", "--dry-run", cwd=root)
    assert (said.code, said.out) == (0, "1 segment would change; 77 as they were\n")
    said = hefte("translate", "import", "fa", "fa-po.po", "--by", "Grete Roede", cwd=root)
    assert (said.code, said.out) == (0, "1 segment changed; 77 as they were\n")
    assert 'translator = "Grete Roede"' in (root / "chapters/fa/review.toml").read_text(encoding="utf-8")
    assert "واژه نو" in (root / "chapters/fa/first.md").read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(root: Path) -> None:
    hefte("translate", "export", "fa", "--format", "xlsx", "--out", "fa-xlsx.xlsx", cwd=root)
    edited(root / "fa-xlsx.xlsx", {"first.2": "واژه نو"})
    before = contents(root)
    said = json.loads(hefte("translate", "import", "fa", "fa-xlsx.xlsx", "--dry-run", "--json", cwd=root).out)
    assert (said["written"], said["changed"], said["unchanged"], said["findings"]) == (False, 1, 77, [])
    assert said["segments"]["first.2"]["text"] == "واژه نو"
    assert contents(root) == before


def test_what_the_language_lacks_is_told(root: Path) -> None:
    (root / "chapters/fa/back-cover.md").unlink()
    change(root / "chapters/fa/help.md", "summary: ", "short_title: ")
    said = hefte("translate", "export", "fa", "--format", "xliff2", cwd=root)
    assert (said.code, said.out.splitlines()) == (0, [
        "made small-brochure-fa.xlf with 75 segments: 1 missing, 74 ready",
        "1 of them without a place in fa yet; before importing: hefte translate update fa",
        "not in it: back-cover; `hefte translate update fa` adds what the language lacks",
    ])


def test_a_translators_work_is_not_written_over(root: Path) -> None:
    command, name = ("translate", "export", "fa", "--format", "xlsx", "--quiet"), "small-brochure-fa.xlsx"
    assert hefte(*command, cwd=root).code == 0
    assert hefte(*command, cwd=root).code == 0  # the same again is nobody's work
    (root / name).write_bytes(b"a translator's")
    said = hefte(*command, cwd=root)
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        f"hefte: {name} is there already, and says something else; a translator may have written into it: move it "
        "away, or name another file with --out\n"
    )
    assert (root / name).read_bytes() == b"a translator's"
    assert hefte(*command, "--out", name, cwd=root).code == 0


def test_every_error_of_a_file_is_told_at_its_line(root: Path) -> None:
    hefte("translate", "export", "fa", "--format", "xlsx", "--out", "fa-xlsx.xlsx", cwd=root)
    path = edited(root / "fa-xlsx.xlsx", {"first.1": "واژه", "first.10": "واژه"})
    lines = {one.id: one.place.line for one in detect.read(path).rows if one.place}
    before = contents(root)
    said = hefte("translate", "import", "fa", "fa-xlsx.xlsx", cwd=root)
    assert (said.code, said.out) == (3, "")
    remedy = "put it as it stands in the source"
    assert said.err.splitlines() == [
        *(f"hefte: fa-xlsx.xlsx:{lines['first.1']}: `first.1`: `{token}` is missing; {remedy}"
          for token in ("[@handbook]", "](https://example.org/a_(b))", "[^n]")),
        f"hefte: fa-xlsx.xlsx:{lines['first.10']}: `first.10`: `{{{{ contact.web }}}}` is missing; {remedy}",
    ]
    assert contents(root) == before


def test_warnings_are_told_and_do_not_stop(root: Path) -> None:
    hefte("translate", "export", "fa", "--format", "po", "--out", "fa-po.po", cwd=root)
    edited(root / "fa-po.po", {"first.2": "Word 5 1. not a list"})
    said = hefte("translate", "import", "fa", "fa-po.po", cwd=root)
    first, last = said.out.splitlines()
    assert "warning: `first.2`: the target is the source text, unchanged;" in first
    assert (said.code, last) == (0, "1 segment changed; 77 as they were (1 warning)")


@pytest.mark.parametrize(("words", "code", "err"), [
    (("export", "en", "--format", "po"), 2, "`en` is the language that the others are translated from"),
    (("export", "pl", "--format", "po"), 2, "the publication has no language `pl`"),
    (("export", "fa", "--format", "csv"), 2, "'csv' is not one of"),
    (("import", "fa", "no.po"), 3, "no.po:1: the file is missing"),
])
def test_wrong_usage(words: tuple[str, ...], code: int, err: str, root: Path) -> None:
    said = hefte("translate", *words, cwd=root)
    assert (said.code, said.out) == (code, "")
    assert err in said.err
