"""memory.tmx: what was translated before, out and in again, and what may not stay in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefte.errors import SourceError
from hefte.translation.memory import Entry, Memory, digest, load

TMX = '<?xml version="1.0" encoding="{}"?>\n{}<tmx version="1.4"><header srclang="nb-NO"/><body>{}</body></tmx>'
UNIT = '<tu><tuv xml:lang="NB-no"><seg>Én <bpt i="1"/>linje</seg></tuv><tuv xml:lang="pl"><seg>Jedna</seg></tuv></tu>'


def known() -> Memory:
    memory = Memory("nb", "en")
    memory.add("Sorg & «savn»", "Grief <and> longing")
    memory.add("Fra historien.", "From the story.", story="lost")
    memory.add("En linje\\\ntil.", "One line\\\nmore.")
    return memory


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    (tmp_path / "m.tmx").write_text(known().dump(), encoding="utf-8")
    assert load(tmp_path / "m.tmx") == known()
    assert load(tmp_path / "m.tmx", "nb", "en").target(digest("Sorg & «savn»")) == "Grief <and> longing"
    assert known().source(digest("Fra historien.")) == "Fra historien."
    assert known().target(digest("Hva?")) is None


def test_one_line_a_text_sorted_so_that_two_memories_merge() -> None:
    lines = known().dump().splitlines()
    texts = [line for line in lines if line.startswith("<tu ")]
    assert len(texts) == 3
    assert texts == sorted(texts)
    begins = f'<tu tuid="{digest("Fra historien.")}"><prop type="x-hefte-story">lost</prop><tuv xml:lang="nb">'
    assert sum(line.startswith(begins) for line in texts) == 1
    assert "One line\\&#10;more." in "".join(texts)


def test_no_file_is_an_empty_memory(tmp_path: Path) -> None:
    assert load(tmp_path / "m.tmx", "nb", "en") == Memory("nb", "en")


def test_the_memory_of_another_tool_is_read(tmp_path: Path) -> None:
    (tmp_path / "m.tmx").write_bytes(TMX.format("utf-16", '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n', UNIT).encode("utf-16"))
    assert load(tmp_path / "m.tmx", "nb", "pl").entries == {digest("Én linje"): Entry("Én linje", "Jedna")}
    assert load(tmp_path / "m.tmx", "nb", "uk").entries == {}


ENTITY = '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (TMX.format("utf-8", ENTITY, "<tu><tuv xml:lang='nb'><seg>&x;</seg></tuv></tu>"), "the file declares entities"),
        (TMX.format("utf-8", ENTITY, ""), "the file declares entities"),
        ("<tmx>", "not a translation memory"),
        ("<xliff/>", "not a translation memory but `xliff`"),
    ],
)
def test_a_file_that_is_none_or_not_safe_is_refused(tmp_path: Path, content: str, what: str) -> None:
    (tmp_path / "m.tmx").write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=what):
        load(tmp_path / "m.tmx", "nb", "en")


def test_texts_and_stories_are_taken_out() -> None:
    assert set(known().without(["Fra historien."]).entries) == set(known().entries) - {digest("Fra historien.")}
    assert digest("Sorg & «savn»") not in known().without(["Grief <and> longing"]).entries
    assert digest("Fra historien.") not in known().without((), ["lost"]).entries
    assert known().only(["lost"]) == known()
    assert digest("Fra historien.") not in known().only(["other"]).entries


def test_a_text_that_stands_elsewhere_too_does_not_go_with_a_story() -> None:
    memory = known()
    memory.add("Fra historien.", "From the story.", story="other")
    assert memory.without((), ["lost"]) == memory
    assert digest("Fra historien.") not in memory.without((), ["lost", "other"]).entries
    memory.add("Fra historien.", "From the story.")
    assert memory.without((), ["lost", "other"]) == memory


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip).filter(bool)


@given(st.dictionaries(WORDS, WORDS, max_size=5))
def test_any_words_come_back(texts: dict[str, str]) -> None:
    import tempfile

    memory = Memory("nb", "en")
    for source, target in texts.items():
        memory.add(source, target)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "m.tmx"
        path.write_text(memory.dump(), encoding="utf-8", newline="")
        assert load(path, "nb", "en") == memory
