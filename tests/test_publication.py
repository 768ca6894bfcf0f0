"""publication.toml and its neighbours, to a Publication; TOML texts to the lines of their keys; schemas."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

import wordkit
from hefte import house, publication
from hefte.errors import MissingToolError
from hefte.model import Consent, Helpline, Place, PrintSpec, Reference
from hefte.records.locate import Key, locate


def test_the_small_publication_is_read_whole(tmp_path: Path) -> None:
    loaded = wordkit.load(tmp_path)
    file = tmp_path / "chapters/publication.toml"
    assert (loaded.root, loaded.id, loaded.version, loaded.publisher) == (tmp_path, "tiny", "1", "The Tiny Press")
    assert (loaded.date, loaded.review_by) == (dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    assert (loaded.source, loaded.source_url) == ("nothing at all", "https://example.org/tiny")
    assert (loaded.feedback, loaded.license, loaded.place) == ("editor@example.org", "CC BY 4.0", Place(file, 1))
    assert (loaded.chapters, loaded.matter) == (("first", "second"), ("colophon", "help", "back-cover"))
    assert loaded.editions == ("print", "booklet", "screen", "epub")
    assert loaded.helplines == (
        Helpline("113", "113", "113", Place(file, 19), dt.date(2025, 12, 1)),
        Helpline("116123", "116 123", "+47116123", Place(file, 25), dt.date(2025, 12, 1)),
    )
    web, mail, phone = "https://example.org/", "editor@example.org", "+47 22 11 33 44"
    assert loaded.contact == {"web": web, "email": mail, "phone": phone}
    assert loaded.glossary == {"sorg": {"nb": ("sorg",)}}


def test_the_records_beside_it(tmp_path: Path) -> None:
    loaded = wordkit.load(tmp_path)
    at = Place(tmp_path / "chapters/references.toml", 1)
    brown = Reference("brown2019", "Amy Brown", "Why Grief Matters", at, 2019, "Pinter & Martin", None, "en")
    assert loaded.references["brown2019"] == brown
    story = loaded.stories["lost"]
    assert (story.channel, story.received, story.language, story.voice) == ("letter", "2024-09", "nb", "retold")
    assert (story.scopes, story.tags) == (("print", "epub"), ("grief", "depression"))
    assert (story.consent, story.withdrawn) == (Consent("1", dt.date(2024, 9, 30), "binder 1"), None)
    assert (story.identifiers, story.review_by) == ({"age": True}, dt.date(2027, 1, 1))
    assert story.approved == {"nb": "4c8618be231ca8413d87a30dc56f047cd8b6d24d153992406bbb5adcada3e034"}
    assert story.place == Place(tmp_path / "chapters/stories.toml", 1)


def test_a_full_date_and_a_digest_with_its_name_are_taken_too(tmp_path: Path) -> None:
    toml = wordkit.STORIES.replace('"2024-09"', "2024-09-30").replace('nb = "4c8', 'nb = "sha256:4c8')
    story = wordkit.load(tmp_path, {"chapters/stories.toml": toml}).stories["lost"]
    assert (story.received, story.approved["nb"][:3]) == ("2024-09-30", "4c8")


def test_the_records_beside_it_may_be_missing(tmp_path: Path) -> None:
    names = ("references", "stories", "glossary")
    loaded = wordkit.load(tmp_path, {f"chapters/{name}.toml": None for name in names})
    assert (loaded.references, loaded.stories, loaded.glossary) == ({}, {}, {})


def test_languages_are_the_folders_source_first(tmp_path: Path) -> None:
    names = ("se", "ar", "fa-AF", ".git", "_old")
    folders: dict[str, wordkit.Change] = {f"chapters/{name}/x.toml": "" for name in names}
    assert wordkit.load(tmp_path, folders).languages == ("nb", "ar", "fa-AF", "se")


# --- where it is, and what print needs


@pytest.mark.parametrize("start", [".", "chapters", "chapters/nb", "chapters/nb/stories", "chapters/nb/first.md"])
def test_a_publication_is_found_from_inside(tmp_path: Path, start: str) -> None:
    assert publication.find(wordkit.write(tmp_path) / start) == tmp_path


def test_print_has_the_house_s_profile_unless_the_publication_has_its_own(tmp_path: Path) -> None:
    assert wordkit.load(tmp_path / "a").print == PrintSpec(profile=house.assets() / house.PROFILE)
    mine = {"assets/icc/ISOcoated_v2_300_bas.icc": "same name, my own"}
    assert wordkit.load(tmp_path / "b", {**mine}).print.profile == tmp_path / "b" / "assets" / house.PROFILE


def test_print_is_what_its_table_says(tmp_path: Path) -> None:
    table = '[print]\nprofile = "p.icc"\ncondition = "PSOuncoated_v3"\nstandard = "pdf/x-1a"\nink_limit = 280\n'
    table += "crop_marks = true\ncreep = 0\n[contact]\n"
    loaded = wordkit.load(tmp_path, {"chapters/publication.toml": ("[contact]\n", table), "p.icc": "x"})
    assert loaded.print == PrintSpec("pdf/x-1a", tmp_path / "p.icc", "PSOuncoated_v3", 280, True, 0)
    assert publication.require_profile(loaded) == tmp_path / "p.icc"
    (tmp_path / "p.icc").unlink()
    with pytest.raises(MissingToolError):
        publication.require_profile(loaded)


# --- schemas


def test_schemas_know_what_the_reader_knows() -> None:
    schemas = publication.schemas()
    assert set(schemas) == {"publication.toml", "references.toml", "stories.toml", "glossary.toml", "language.toml"}
    for name, schema in schemas.items():
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert (schema["title"], schema["type"]) == (name, "object")
    whole = schemas["publication.toml"]
    assert whole["additionalProperties"] is False
    # Which editions there are, the layouts say: any folder may add one.
    assert whole["properties"]["editions"]["items"] == {"type": "string"}
    assert whole["properties"]["date"] == {
        "description": "date of this edition", "format": "date", "title": "Date", "type": "string",
    }
    assert schemas["language.toml"]["$defs"]["Labels"]["required"] == list(wordkit.LABELS)
    assert json.loads(json.dumps(schemas)) == schemas


# --- the locator


TEXT = '''\
# a comment with [brackets] and "quotes"
title = "a # no comment"   # a comment
"quoted key" = 1
'literal.key' = 2

[table]  # here
dotted.key.deep = """
[not.a.table]
x = 1
"""
list = [
  "one",  # first
  'two',
  { inline = 1,  other = [ 3,
    4 ] },
]
when = 1979-05-27 07:32:00
[[array]]
a = 1
[array.sub]
b = 2

[[array]]
a = 3
   [ array . "sub" ]
   b = \'\'\'
a = 5\'\'\'
[[array.nested]]
c = 1
[[array.nested]]
c = 2
'''
LINES: dict[Key, int] = {
    (): 1,
    ("title",): 2,
    ("quoted key",): 3,
    ("literal.key",): 4,
    ("table",): 6,
    ("table", "dotted"): 7,
    ("table", "dotted", "key"): 7,
    ("table", "dotted", "key", "deep"): 7,
    ("table", "list"): 11,
    ("table", "list", 0): 12,
    ("table", "list", 1): 13,
    ("table", "list", 2): 14,
    ("table", "list", 2, "inline"): 14,
    ("table", "list", 2, "other"): 14,
    ("table", "list", 2, "other", 0): 14,
    ("table", "list", 2, "other", 1): 15,
    ("table", "when"): 17,
    ("array",): 18,
    ("array", 0): 18,
    ("array", 0, "a"): 19,
    ("array", 0, "sub"): 20,
    ("array", 0, "sub", "b"): 21,
    ("array", 1): 23,
    ("array", 1, "a"): 24,
    ("array", 1, "sub"): 25,
    ("array", 1, "sub", "b"): 26,
    ("array", 1, "nested"): 28,
    ("array", 1, "nested", 0): 28,
    ("array", 1, "nested", 0, "c"): 29,
    ("array", 1, "nested", 1): 30,
    ("array", 1, "nested", 1, "c"): 31,
}


def test_every_key_has_its_line() -> None:
    assert set(LINES) - {()} == set(paths(tomllib.loads(TEXT)))
    assert locate(TEXT) == LINES


def test_line_ends_of_windows_count_once() -> None:
    assert locate(TEXT.replace("\n", "\r\n")) == LINES


def paths(value: Any, at: Key = ()) -> list[Key]:
    """The path of every value in parsed TOML."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return ([at] if at else []) + [path for key, child in inside for path in paths(child, (*at, key))]


KEYS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=4)
PLAIN = st.one_of(
    st.booleans(), st.integers(-(2**40), 2**40), st.floats(allow_nan=False), st.dates(min_value=dt.date(1000, 1, 1)),
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\r\x7f"), max_size=9),
)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=12,
)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_any_toml_is_located_and_each_key_stands_on_its_line(data: dict[str, Any]) -> None:
    text = tomlkit.dumps(data)
    read = tomllib.loads(text)
    lines = locate(text)
    assert set(paths(read)) <= set(lines)
    written = text.split("\n")
    for path, line in lines.items():
        if path and isinstance(path[-1], str) and path[-1].isascii() and path[-1].isalnum():
            assert path[-1] in written[line - 1]
