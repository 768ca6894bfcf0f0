"""What is kept of texts from run to run: lines and digests, never a word; and that only what changed is split again."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import buildkit
import wordkit
from hefte import publication
from hefte.errors import SourceError
from hefte.model import Publication, Segment
from hefte.translation import split, strings, workspace


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "hefte" / "outlines"


@pytest.fixture
def two(tmp_path: Path) -> Publication:
    """The small publication, twice in the same words."""
    root = wordkit.write(tmp_path / "tiny", {
        "chapters/en/language.toml": wordkit.LANGUAGE.replace("original", "machine"),
        **{f"chapters/en/{name}": wordkit.FILES[f"chapters/nb/{name}"]
           for name in ("first.md", "second.md", "colophon.md", "help.md", "back-cover.md", "stories/lost.md")},
        "chapters/stories.toml": ('scopes = ["print"', 'scopes = ["translation", "print"'),
    })
    return publication.load(root)


def splits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are split from now on."""
    seen: list[str] = []

    def one(text: str, path: Path, file: str, unit: str) -> tuple[Segment, ...]:
        seen.append(f"{path.parent.name}/{file}")
        return old(text, path, file, unit)

    old = split.split
    monkeypatch.setattr(split, "split", one)
    return seen


def test_only_what_has_changed_is_split_again(
    cache: Path, two: Publication, monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = workspace.open(two, "en")
    seen = splits(monkeypatch)
    again = workspace.open(two, "en")
    assert [[pair.state for pair in unit.pairs] for unit in again.units] == [
        [pair.state for pair in unit.pairs] for unit in first.units
    ]
    assert seen == []
    buildkit.change(two.root / "chapters/en/second.md", "Mer tekst.", "Mer.")
    pairs = workspace.open(two, "en").units[1].pairs
    assert seen == ["en/second.md"]
    assert [pair.target.text for pair in pairs if pair.target] == ["Tittel", "Kort sagt.", "Mer."]


def test_no_word_of_a_text_is_kept(cache: Path, two: Publication) -> None:
    workspace.open(two, "en")
    kept = "".join(path.read_bytes().decode("latin-1") for path in cache.rglob("*.json"))
    assert len(list(cache.rglob("*.json"))) == 2  # one of each language
    for word in ("Hun fortalte", "tungt", "rheten", "Mer tekst", "Tittel", "Hele d", "(contents)"):
        assert word not in kept


def test_a_segment_is_the_same_with_its_text_read_later(cache: Path, two: Publication) -> None:
    for file in ("first.md", "language.toml"):
        text = workspace.read(two, "nb", file, "first" if file == "first.md" else "language")
        assert text is not None
        path = two.root / "chapters/nb" / file
        now = strings.split(text.text, path) if file == strings.FILE else split.split(text.text, path, file, "first")
        assert text.segments == now
        assert now == text.segments
        assert [each.digest for each in now] == [each.digest for each in text.segments]
        assert [hash(each) for each in now] == [hash(each) for each in text.segments]
        assert pickle.loads(pickle.dumps(text.segments)) == now
    assert workspace.open(two, "en").origin == "machine"


def test_a_cache_that_is_damaged_is_done_without(cache: Path, two: Publication) -> None:
    workspace.open(two, "en")
    for path in cache.rglob("*.json"):
        path.write_bytes(b"[]")
    assert len(workspace.open(two, "en").units[0].pairs) == 5


def test_a_text_that_cannot_be_read_is_refused_with_its_place(cache: Path, two: Publication, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text(wordkit.text("Utenfor."), encoding="utf-8")
    path = two.root / "chapters/en/second.md"
    path.unlink()
    path.symlink_to(tmp_path / "outside.md")
    with pytest.raises(SourceError, match="leads out of the publication"):
        workspace.open(two, "en")
    path.unlink()
    path.write_bytes(wordkit.text("Bl\xe5.").encode("latin-1"))
    (two.root / "chapters/en/first.md").write_text(wordkit.text("a\x08b"), encoding="utf-8")
    with pytest.raises(SourceError) as refused:
        workspace.open(two, "en")
    said = [each.what for each in (refused.value, *refused.value.also)]
    assert said == ["control character U+0008", "the file is not UTF-8 (byte 0xe5)"]
