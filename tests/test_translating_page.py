"""docs/translating.md followed literally, in its order: from nothing to a signed release of one language.

The translator is the Polish text that ships; whoever follows the page types the commands that it shows and no others.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from buildkit import ROOT, Said, hefte
from hefte import publication, sources
from hefte.model import State
from hefte.records.approval import digest
from hefte.translation import workspace

PAGE = (ROOT / "docs" / "translating.md").read_text(encoding="utf-8")
SHOWN = [line for block in re.findall(r"^```\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL) for line in block.splitlines()
         if line.startswith("hefte ")]
NAMES = {"Your Name": "Ada Lovelace", "Reviewer's Name": "Grete Roede"}


def words(command: str) -> list[str]:
    """A command of the page as a shell would part it, with names of people."""
    found = re.findall(r'"([^"]*)"|(\S+)', command)
    return [NAMES.get(quoted, quoted) or plain for quoted, plain in found][1:]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped publication before anybody translated it; helplines dialled, addresses of a publisher's own."""
    folder = tmp_path_factory.mktemp("translating")
    shutil.copytree(ROOT / "chapters", folder / "chapters")
    for path in (folder / "chapters").iterdir():
        if path.is_dir() and path.name != "nb":
            shutil.rmtree(path)
    records = folder / "chapters" / "publication.toml"
    dialled = re.sub(r"^(tel = .*)$", r"\1\nverified_on = 2026-11-20", records.read_text("utf-8"), flags=re.MULTILINE)
    # What the page is about is the same in two editions; the others are built, released and validated elsewhere.
    fewer = re.sub(r"^editions = .*$", 'editions = ["print", "screen"]', dialled, flags=re.MULTILINE)
    assert fewer != dialled
    records.write_text(fewer.replace("hefte.example", "example.org"), encoding="utf-8")
    return folder


def targets() -> dict[str, str]:
    """Segment → what the translator writes."""
    translation = workspace.open(publication.load(ROOT), "pl")
    return {pair.target.id: pair.target.text for unit in translation.units for pair in unit.pairs if pair.target}


def fill_in(path: Path, texts: dict[str, str]) -> int:
    """Write into the column `target`, as somebody at a spreadsheet would. Returns how many."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    head = [str(cell.value) for cell in sheet[1]]
    name, target = head.index("id") + 1, next(n for n, said in enumerate(head, 1) if said.startswith("target"))
    written = 0
    for row in range(2, sheet.max_row + 1):
        if text := texts.get(str(sheet.cell(row, name).value)):
            sheet.cell(row, target).value = text
            written += 1
    book.save(path)
    return written


def approve(root: Path, language: str) -> None:
    """What the editor does for each story of a language: the digest that the check names."""
    records = root / "chapters" / "stories.toml"
    text = records.read_text(encoding="utf-8")
    for story in sources.read(publication.load(root), language).stories.values():
        consent = f"\n[{story.id}.consent]"
        text = text.replace(consent, f'\n[{story.id}.approved]\n{language} = "{digest(story)}"\n{consent}')
    records.write_text(text, encoding="utf-8")


def states(root: Path) -> dict[str, State]:
    return {unit.id: unit.state for unit in workspace.open(publication.load(root), "pl").units}


class Steps:
    """Types the commands of the page one after the other."""

    def __init__(self, root: Path) -> None:
        self.root, self.shown = root, iter(SHOWN)

    def next(self, begins: str) -> Said:
        """The next command of the page, which has to begin so."""
        command = next(self.shown)
        assert command.startswith(f"hefte {begins}"), f"the page has {command!r} where hefte {begins} was to come"
        return hefte(*words(command), cwd=self.root, env={"SOURCE_DATE_EPOCH": "1795305600"})  # 2026-11-22

    def over(self) -> Iterator[str]:
        return self.shown


def test_from_an_empty_folder_to_a_signed_release(root: Path) -> None:
    steps, texts = Steps(root), targets()
    assert steps.next("translate start pl").code == 0
    begun = (root / "chapters/pl/what-is-it.md").read_text(encoding="utf-8")
    assert "%% Sorgen kan begynne allerede før barnet er født.\n[…]\n" in begun
    assert '# Hva er ammesorg?\ntitle: "[…]"\n' in begun
    assert next(steps.shown) == "hefte translate start pl --memory earlier.tmx"  # for those who have one

    # in the texts themselves: one paragraph, recorded
    done = begun.replace("født.\n[…]", f"født.\n{texts['what-is-it.6']}")
    (root / "chapters/pl/what-is-it.md").write_text(done, encoding="utf-8")
    said = steps.next("translate record pl --by")
    assert said.code == 0
    assert states(root)["what-is-it"] is State.MISSING

    # in a spreadsheet: all the others
    assert steps.next("translate export pl --format xlsx").code == 0
    assert fill_in(root / "ammesorg-pl.xlsx", texts) == len(texts)
    said = steps.next("translate import pl")
    assert said.code == 0, said.err
    assert set(states(root).values()) == {State.UNSIGNED}
    for file in (ROOT / "chapters" / "pl").rglob("*.md"):
        if "snapshot" not in file.parts:
            mine = (root / "chapters" / "pl" / file.relative_to(ROOT / "chapters" / "pl")).read_text(encoding="utf-8")
            assert "[…]" not in mine

    # look at it
    assert "unsigned" in steps.next("status").out
    assert "not signed" in steps.next("status --lang pl").out
    assert steps.next("check").code == 0
    built = steps.next("build --lang pl")
    assert built.code == 0 and (root / "dist/pl/ammesorg-pl-print.pdf").is_file(), built.err

    # review and sign
    assert steps.next("translate proof pl").code == 0
    assert (root / "proofs/pl/ammesorg-pl-proof.pdf").is_file()
    assert (root / "proofs/pl/ammesorg-pl-proof.html").is_file()
    own = hefte("review", "sign", "pl", "what-is-it", "--by", "ada  LOVELACE", cwd=root)
    assert (own.code, own.out) == (2, "")
    assert steps.next("review sign pl what-is-it").code == 0
    assert states(root)["what-is-it"] is State.READY and states(root)["help"] is State.UNSIGNED
    assert steps.next("review sign pl --all").code == 0
    assert set(states(root).values()) == {State.READY}
    still = hefte("check", "--release", cwd=root).out
    assert still.count("is not approved in pl") == 10  # "for the editor, who approves each story in each language"
    approve(root, "pl")
    released = steps.next("build --lang pl --release")
    assert released.code == 0, released.err

    # when the original changes: one paragraph, and one segment is stale
    original = root / "chapters/nb/what-is-it.md"
    original.write_text(original.read_text("utf-8").replace("før barnet er født.", "før fødselen."), encoding="utf-8")
    assert states(root)["what-is-it"] is State.STALE
    assert hefte("build", "--lang", "pl", "--edition", "screen", cwd=root).code == 1
    assert steps.next("translate record pl what-is-it").code == 0
    assert states(root)["what-is-it"] is State.UNSIGNED  # the reviewer has not seen it beside the new text

    # moved
    moved = original.read_text("utf-8")
    one, two = "Sorgen kan begynne allerede før fødselen.\n", "Mange legger skylden på seg selv"
    assert one in moved and two in moved
    original.write_text(moved.replace(one + "\n", "").replace(two, f"{one}\n{two}"), encoding="utf-8")
    assert states(root)["what-is-it"] is State.UNSIGNED  # and nothing is stale
    assert steps.next("translate update pl").code == 0
    mine = (root / "chapters/pl/what-is-it.md").read_text(encoding="utf-8")
    assert mine.index(texts["what-is-it.6"]) > mine.index(texts["what-is-it.10"])
    assert states(root)["what-is-it"] is State.UNSIGNED
    assert list(steps.over()) == []  # every command that the page shows was typed


def test_the_commands_in_the_running_text_exist(root: Path) -> None:
    for command in re.findall(r"`(hefte [^`]+)`", PAGE):
        group = [word for word in words(command)[:2] if word.isalpha() and word.islower() and word != "pl"]
        assert hefte(*group, "--help", cwd=root).code == 0, command
