"""docs/adding-an-edition.md: the folder that it shows, put into a new publication, builds without a finding."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

import buildkit
from hefte import checks

ROOT = Path(__file__).resolve().parents[1]
_FENCE = re.compile(r"^```(\w*) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGE = (ROOT / "docs" / "adding-an-edition.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new publication with the pocket card, that alone built."""
    root = buildkit.new(tmp_path_factory.mktemp("card") / "small")
    for _, path, text in _FENCE.findall(PAGE):
        if path.startswith("layouts/"):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
    shown = [text for _, path, text in _FENCE.findall(PAGE) if not path]
    editions, names = (next(text for text in shown if text.startswith(each)) for each in ("editions", "[editions]"))
    publication = root / "chapters" / "publication.toml"
    said = publication.read_text(encoding="utf-8")
    publication.write_text(re.sub(r"^editions = .*\n", editions, said, flags=re.MULTILINE), encoding="utf-8")
    language = root / "chapters" / "en" / "language.toml"
    said = language.read_text(encoding="utf-8")
    language.write_text(said.replace("[editions]\n", names), encoding="utf-8")
    return root


def test_nothing_but_the_folder_is_needed(card: Path) -> None:
    """The example on the page: both files, named as it says, of the size and the kinds that layout.toml gives."""
    said = buildkit.hefte("build", "--edition", "pocket-card", cwd=card)
    assert said.code == 0, said.out + said.err
    assert [line for line in said.out.splitlines() if "error:" in line] == []
    files = sorted(path.name for path in (card / "dist" / "en").iterdir())
    assert files == ["small-brochure-en-pocket-card-office.pdf", "small-brochure-en-pocket-card.pdf"]
    with pikepdf.open(card / "dist" / "en" / files[1]) as pdf:
        assert len(pdf.pages) == 2
        assert str(pdf.docinfo["/HefteKind"]) == "press"
        left, bottom, right, top = (float(edge) for edge in pdf.pages[0].TrimBox)
        assert (round((right - left) * 25.4 / 72, 2), round((top - bottom) * 25.4 / 72, 2)) == (105, 148)
    with pikepdf.open(card / "dist" / "en" / files[0]) as pdf:
        assert str(pdf.docinfo["/HefteKind"]) == "office"
        assert str(pdf.Root.ViewerPreferences.Duplex) == "/DuplexFlipLongEdge"


def test_what_it_says_is_on_it(card: Path) -> None:
    front, back = buildkit.pages(card / "dist" / "en" / "small-brochure-en-pocket-card-office.pdf")
    assert "Pocket card for office printers" in " ".join(line.text for line in front)
    assert " ".join(line.text for line in back).startswith("You are welcome")


def test_the_page_tells_every_key_of_layout_toml_and_every_kind() -> None:
    from typing import get_args

    from hefte.layout.layout_schema import FileTable, LayoutFile

    told = set(re.findall(r"`([a-z_]+)`", PAGE))
    assert LayoutFile.model_fields.keys() - told == set()
    kinds = get_args(FileTable.model_fields["kind"].annotation)
    assert [kind for kind in kinds if f"| `{kind}` |" not in PAGE] == []


def test_the_checks_that_it_leaves_out_are_checks() -> None:
    without = re.search(r"^without = \[(.*)\]$", PAGE, re.MULTILINE)
    assert without is not None
    assert set(re.findall(r'"([^"]+)"', without[1])) <= set(checks.every_id())
