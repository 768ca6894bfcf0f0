"""A language is a folder: one that nobody has thought of is dropped in, and nothing else is touched."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pikepdf
import pytest

import languagekit
from buildkit import ROOT, hefte
from goldenkit import NS, Ebook
from hefte import digests, house, publication, sources


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder → its digest, outputs left out."""
    files = digests.below(folder)
    return {name: digests.of_bytes(path.read_bytes()) for name, path in files.items() if not name.startswith("dist/")}


def test_dropping_a_folder_in_is_all_that_is_done(tmp_path: Path) -> None:
    root = languagekit.publication_in(tmp_path / "p", "vi")
    before, house_before = tree(root), (tree(house.layouts()), tree(ROOT / "build" / "hefte"))
    shutil.copytree(languagekit.TEXTS / "th", root / "chapters" / "th")
    said = hefte("build", root, "--quiet", "--force", cwd=root)
    assert (said.code, said.out) == (0, "")
    after = tree(root)
    assert {name for name in after.keys() - before.keys() if not name.startswith("chapters/th/")} == set()
    assert {name: after[name] for name in before} == before
    assert (tree(house.layouts()), tree(ROOT / "build" / "hefte")) == house_before
    report = json.loads((root / "dist" / "report.json").read_text(encoding="utf-8"))
    assert [file["path"] for file in report["languages"]["th"]["files"]] == [
        "th/talk-th-print.pdf", "th/talk-th-booklet.pdf", "th/talk-th-screen.pdf", "th/talk-th.epub",
    ]
    with pikepdf.open(root / "dist" / "th" / "talk-th-screen.pdf") as pdf:
        assert str(pdf.Root.Lang) == "th"
    book = Ebook(root / "dist" / "th" / "talk-th.epub")
    assert book.package.findtext(".//{http://purl.org/dc/elements/1.1/}language") == "th"
    assert {book.tree(name).get("lang") for name in book.spine} == {"th"}
    assert book.tree("nav.xhtml").find(".//h:nav", NS) is not None


@pytest.mark.parametrize(
    ("tag", "name", "direction"),
    [
        ("vi", "Tiếng Việt", "ltr"), ("th", "ไทย", "ltr"), ("ta", "தமிழ்", "ltr"), ("ti", "ትግርኛ", "ltr"),
        ("ur", "اردو", "rtl"), ("fa", "فارسی", "rtl"), ("fa-AF", "دری", "rtl"), ("ckb", "کوردیی ناوەندی", "rtl"),
        ("se", "davvisámegiella", "ltr"),
    ],
)
def test_name_and_direction_are_cldrs(tmp_path: Path, tag: str, name: str, direction: str) -> None:
    root = languagekit.publication_in(tmp_path, tag)
    language = sources.read(publication.load(root), tag).language
    assert (language.name, language.direction) == (name, direction)


def test_no_code_or_layout_knows_a_language_by_name() -> None:
    """What a language needs of its own is typography that no library knows: no-break rules, fonts."""
    tags = [f'"{tag}"' for tag in ("so", "ti", "ckb", "uk", "ta", "vi", "se")]
    files = [path for folder in ("build/hefte", "layouts") for path in (ROOT / folder).rglob("*")]
    known = {
        path.relative_to(ROOT).as_posix() for path in files if path.suffix in {".py", ".j2"}
        and any(tag in path.read_text(encoding="utf-8") for tag in tags)
    }
    assert known <= {"build/hefte/transforms/typography.py"}
