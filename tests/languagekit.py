"""Writes a tiny publication in any language of the texts in fixtures/languages. Each has a chapter with a heading, a
list, a quotation within a quotation, a number to dial, a Norwegian word, a story and a call-out, block for block the
same."""

from __future__ import annotations

import shutil
from pathlib import Path

TEXTS = Path(__file__).parent / "fixtures" / "languages"
LANGUAGES = tuple(sorted(folder.name for folder in TEXTS.iterdir() if folder.is_dir() and folder.name != "nb"))
"""Those that have a text, but for the source language, nb. `fa-AF` and the like take the text of `fa`."""
PUBLICATION = """\
id = "talk"
version = "1"
publisher = "The Tiny Press"
date = 2026-01-01
review_by = 2027-01-01
source = "nothing at all"
source_url = "https://example.org/tiny"
feedback = "editor@example.org"
license = "CC BY 4.0"
source_language = "nb"
chapters = ["talk"]
editions = ["print", "booklet", "screen", "epub"]

[contact]
web = "https://example.org/"
email = "editor@example.org"
phone = "+47 22 11 33 44"

[[helplines]]
id = "113"
number = "113"
tel = "113"
verified_on = 2025-12-01

[[helplines]]
id = "116123"
number = "116 123"
tel = "+47116123"
verified_on = 2025-12-01
"""
STORIES = """\
[heard]
channel = "letter"
received = "2024-09"
language = "nb"
voice = "retold"
scopes = ["print", "epub", "translation"]
review_by = 2027-01-01
tags = ["grief"]
identifiers.third_party = true  # a sister, without a name
identifiers.name = true  # the country that an aunt comes from; Northern Sámi inflects it beyond recognition

[heard.consent]
wording = "1"
date = 2024-09-30
evidence = "binder 1"
"""


def publication_in(folder: Path, *languages: str) -> Path:
    """The tiny publication in nb and `languages`, in `folder`, which is returned."""
    chapters = folder / "chapters"
    for code in ("nb", *languages):
        text = TEXTS / code if (TEXTS / code).is_dir() else TEXTS / code.partition("-")[0]
        shutil.copytree(text, chapters / code)
    files = {"publication": PUBLICATION, "stories": STORIES, "references": "", "glossary": ""}
    for name, content in files.items():
        (chapters / f"{name}.toml").write_text(content, encoding="utf-8")
    return folder
