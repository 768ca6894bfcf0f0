"""Which target belongs to which source text, and in what state: after edits, insertions, removals and moves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefte.errors import SourceError
from hefte.model import Pair, Record, Segment
from hefte.translation import memory
from hefte.translation.pairing import name, paired
from hefte.translation.split import split

A, B, C, D = "Det første avsnittet.", "Det andre, om noe annet.", "Det tredje og siste.", "Et helt nytt ett."


def text(*paragraphs: str) -> tuple[Segment, ...]:
    return split("\n\n".join(paragraphs), Path("ch.md"), "ch.md", "ch")


def records(*sources: str) -> dict[str, Record]:
    """What a target was translated from, block by block."""
    return {str(at): Record(memory.digest(source)) for at, source in enumerate(sources, 1)}


def past(*sources: str) -> memory.Memory:
    known = memory.Memory("nb", "en")
    for source in sources:
        known.add(source, "x")
    return known


def shown(pairs: tuple[Pair, ...]) -> list[tuple[str, str, str]]:
    """Source, target, state; a dash for what is not there."""
    texts = [[each.text if each else "-" for each in (pair.source, pair.target)] for pair in pairs]
    return [(source, target, pair.state) for (source, target), pair in zip(texts, pairs, strict=True)]


def test_nothing_changed() -> None:
    pairs, moved = paired(text(A, B), text("a", "b"), records(A, B))
    assert shown(pairs) == [(A, "a", "ready"), (B, "b", "ready")]
    assert not moved


def test_a_changed_paragraph_is_stale_and_no_other() -> None:
    new = B.replace("annet", "helt annet")
    pairs, moved = paired(text(A, new, C), text("a", "b", "c"), records(A, B, C), past(A, B, C).source)
    assert shown(pairs) == [(A, "a", "ready"), (new, "b", "stale"), (C, "c", "ready")]
    assert (pairs[1].previous, pairs[0].previous, moved) == (B, None, False)


def test_a_moved_paragraph_is_not_stale() -> None:
    pairs, moved = paired(text(C, A, B), text("a", "b", "c"), records(A, B, C))
    assert shown(pairs) == [(C, "c", "ready"), (A, "a", "ready"), (B, "b", "ready")]
    assert moved


def test_an_added_paragraph_is_missing_and_no_other() -> None:
    pairs, _ = paired(text(D, A, B), text("a", "b"), records(A, B))
    assert shown(pairs) == [(D, "-", "missing"), (A, "a", "ready"), (B, "b", "ready")]


def test_a_removed_paragraph_leaves_an_obsolete_target() -> None:
    pairs, _ = paired(text(A, C), text("a", "b", "c"), records(A, B, C), past(B).source)
    assert shown(pairs) == [(A, "a", "ready"), ("-", "b", "stale"), (C, "c", "ready")]
    assert pairs[1].previous == B


def test_likeness_tells_a_changed_paragraph_from_a_new_one_beside_it() -> None:
    new = B.replace("Det", "Nå det")
    for sources in ((A, D, new, C), (A, new, D, C)):
        pairs, _ = paired(text(*sources), text("a", "b", "c"), records(A, B, C), past(A, B, C).source)
        states = {each.source.text: each.state.value for each in pairs if each.source}
        assert states == {A: "ready", new: "stale", D: "missing", C: "ready"}


def test_a_paragraph_that_was_moved_and_changed_is_found_by_likeness() -> None:
    new = A.replace("første", "aller første")
    pairs, _ = paired(text(B, C, new), text("a", "b", "c"), records(A, B, C), past(A).source)
    assert shown(pairs) == [(B, "b", "ready"), (C, "c", "ready"), (new, "a", "stale")]


def test_equal_texts_are_paired_in_order() -> None:
    pairs, moved = paired(text(A, B, A), text("a", "b", "a2"), records(A, B, A))
    assert shown(pairs) == [(A, "a", "ready"), (B, "b", "ready"), (A, "a2", "ready")]
    assert not moved


def test_a_fuzzy_text_and_a_gap() -> None:
    said = {**records(A, B), "1": Record(memory.digest(A), fuzzy=True)}
    pairs, _ = paired(text(A, B), text("a", "[…]"), said)
    assert shown(pairs) == [(A, "a", "fuzzy"), (B, "", "missing")]


def test_what_nobody_recorded_is_paired_by_order() -> None:
    pairs, moved = paired(text(A, B), text("a", "[…]"), None)
    assert shown(pairs) == [(A, "a", "unrecorded"), (B, "", "missing")]
    assert not moved
    pairs, _ = paired(text(A, B), text("a", "b"), {"1": Record(""), "2": Record(memory.digest(B))})
    assert shown(pairs) == [(A, "a", "unrecorded"), (B, "b", "ready")]


@pytest.mark.parametrize(
    ("target", "said", "line", "what"),
    [
        (("# h", "a", "b"), None, 1, "the text has 3 blocks, and has in its source 2"),
        (("a",), None, 1, "the text has 1 block, and has in its source 2"),
        (("a", "b", "c"), (A, B), 5, "the text has 3 blocks, and was recorded with 2"),
        (("a",), (A, B), 1, "the text has 1 block, and was recorded with 2"),
    ],
)
def test_a_block_more_or_fewer_is_refused_with_its_line(
    target: tuple[str, ...], said: tuple[str, ...] | None, line: int, what: str,
) -> None:
    with pytest.raises(SourceError) as refused:
        paired(text(A, B), text(*target), records(*said) if said else None)
    assert refused.value.place is not None
    assert (refused.value.place.line, what in refused.value.what) == (line, True)


FRONT = "---\ntitle: {}\nsummary: {}\nkeywords: [{}]\n---\n\nx\n"


def test_strings_are_paired_by_name_and_keywords_by_what_they_say() -> None:
    source = split(FRONT.format("T", "S", "en, to, tre"), Path("ch.md"), "ch.md", "ch")
    target = split(FRONT.format("t", "s", "two, one"), Path("ch.md"), "ch.md", "ch")
    said = {
        "title": Record(memory.digest("T")), "summary": Record(memory.digest("old")), "1": Record(memory.digest("x")),
        "keywords.1": Record(memory.digest("to")), "keywords.2": Record(memory.digest("en")),
    }
    pairs, moved = paired(source, target, said)
    assert shown(pairs) == [
        ("T", "t", "ready"), ("S", "s", "stale"), ("to", "two", "ready"), ("en", "one", "ready"), ("x", "x", "ready"),
    ]
    assert not moved


@given(st.permutations([A, B, C, D]), st.sets(st.sampled_from([A, B, C, D])), st.sets(st.sampled_from([A, B, C, D])))
def test_every_text_is_in_one_pair_and_no_move_makes_one_stale(
    order: list[str], gone: set[str], added: set[str],
) -> None:
    before = [each for each in (A, B, C, D) if each not in added]
    now = [each for each in order if each not in gone or each in added]
    if not (before and now):
        return
    target = text(*[f"t{(A, B, C, D).index(each)}" for each in before])
    pairs, _ = paired(text(*now), target, records(*before), past(*before).source)
    assert [each.source.text for each in pairs if each.source] == now
    assert sorted(name(each.target) for each in pairs if each.target) == [str(at) for at in range(1, len(before) + 1)]
    ready = {each.source.text for each in pairs if each.source and each.state == "ready"}
    assert ready == set(before) & set(now)
