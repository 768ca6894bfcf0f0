"""Markdown to XHTML. fixtures/markdown/ holds title, input and output; `HEFTE_REFRESH=1` writes the output anew."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefte import fragment
from hefte.sources.markdown.convert import convert
from hefte.sources.markdown.document import Document
from hefte.sources.markdown.render import letters

FIXTURES = Path(__file__).parent / "fixtures" / "markdown"
_CASE = re.compile(r"^(?P<title>[^\n]+)\n\.\n(?P<given>.*?)\n\.\n(?P<expected>.*?)\n\.\n", re.DOTALL | re.MULTILINE)


def cases() -> list[tuple[Path, str, str, str]]:
    """Each case of each file: file, title, input, expected."""
    return [
        (file, match["title"], match["given"], match["expected"])
        for file in sorted(FIXTURES.glob("*.md")) for match in _CASE.finditer(file.read_text(encoding="utf-8"))
    ]


def shown(text: str) -> str:
    """The body, then a line for each problem (`! line kind: text`) and fault (`!! line: what`)."""
    document = Document("ch", FIXTURES / "ch.md", FIXTURES, text.split("\n"))
    body = convert(text, document)
    problems = [f"! {problem.place.line} {problem.kind}: {problem.text}" for problem in document.problems]
    faults = [f"!! {error.place.line if error.place else 0}: {error.what}" for error in document.faults]
    return "\n".join([body, *problems, *faults])


@pytest.mark.parametrize(
    ("file", "title", "given_", "expected"), cases(), ids=[f"{file.stem}: {title}" for file, title, *_ in cases()],
)
def test_markdown_becomes(file: Path, title: str, given_: str, expected: str) -> None:
    now = shown(given_)
    if os.environ.get("HEFTE_REFRESH") and now != expected:
        whole = file.read_text(encoding="utf-8")
        old, new = (f"{title}\n.\n{given_}\n.\n{said}\n.\n" for said in (expected, now))
        assert whole.count(old) == 1
        file.write_text(whole.replace(old, new), encoding="utf-8")
    assert now == expected


def test_there_are_cases() -> None:
    assert len(cases()) >= 40


@pytest.mark.parametrize(
    ("number", "mark"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba"), (702, "zz"), (703, "aaa")],
)
def test_notes_are_lettered_as_a_list_is(number: int, mark: str) -> None:
    assert letters(number) == mark


def test_keys_and_ids_of_a_story_are_its_own() -> None:
    document = Document("story-lost", FIXTURES / "lost.md", FIXTURES, ["One.[^a]", "", "[^a]: Note."])
    body = convert("One.[^a]\n\n[^a]: Note.", document)
    assert re.findall(r'(?:data-key|id|href)="([^"]+)"', body) == [
        "story-lost.1", "#fn-story-lost-1", "fnref-story-lost-1", "fn-story-lost-1", "story-lost.2",
    ]


# --- anything at all

PIECES = st.sampled_from([
    "\n", "\n\n", " ", "    ", "\t", "- ", "1. ", "> ", "# ", "### ", "::: story a", "::: remember", "\n:::\n", "::::",
    ":::", "[@", "[@a]", "]", "[", "(",
    ")", "![", '![a](x.png "c")', "[x](https://a.b)", "[x](y)",
    "{", "}", "{{", "}}",
    "{{ helpline.1 }}", "{.a}", "{#b lang=nn}", "[^1]", "[^1]: ", "^[", "*", "**", "_", "`", "```\n", "|", "|---|",
    "a | b\n---|---\n", ": ", "~ ", "<", "<b>", "</b>", "<!-- ", "-->", "&#12;", "&#0;", "&amp;", "&",
    '"', "\\", "---\n",
    "...", "===", "word", "é", "العربية", "\u200c", "<http://a.b>", "\u2028", "%", "'",
])
CHARACTERS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=5)
TEXTS = st.lists(PIECES | CHARACTERS, max_size=40).map("".join)


@given(TEXTS, st.sampled_from(["ch", "story-x"]))
def test_any_text_gives_well_formed_xhtml_with_keys_in_order(text: str, id: str) -> None:
    document = Document(id, FIXTURES / "ch.md", FIXTURES, text.split("\n"))
    body = convert(text, document)
    tree = fragment.parse(body)
    assert fragment.serialise(tree).strip() == body
    found = [leaf.get("data-key") for leaf in fragment.leaves(tree)]
    assert found == [f"{id}.{number}" for number in range(1, len(found) + 1)]
    lines = [problem.place.line for problem in document.problems]
    lines += [error.place.line for error in document.faults if error.place]
    assert all(1 <= line <= len(document.lines) for line in lines)


@given(st.lists(st.text(alphabet="abcæøå ", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=8))
def test_every_word_arrives_and_each_paragraph_knows_its_line(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    body = convert(text, Document("ch", FIXTURES / "ch.md", FIXTURES, text.split("\n")))
    leaves = list(fragment.leaves(fragment.parse(body)))
    assert [fragment.text_of(leaf) for leaf in leaves] == [" ".join(words.split()) for words in paragraphs]
    assert [leaf.get("data-line") for leaf in leaves] == [str(1 + 2 * number) for number in range(len(paragraphs))]
