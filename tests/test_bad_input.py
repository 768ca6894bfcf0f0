"""Each way in which a record or a folder can be bad, to the one line that is said of it: where, what, what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

import wordkit
from hefte import publication, sources
from hefte.errors import HefteError, MissingToolError, SourceError, UsageError
from wordkit import Change, text

PUBLICATION = "chapters/publication.toml"
REFERENCES = "chapters/references.toml"
STORIES = "chapters/stories.toml"
LANGUAGE = "chapters/nb/language.toml"
FIRST = "chapters/nb/first.md"

NOT_TOML = 'write `key = "value"` under `[table]`, and close every quotation mark and bracket'
COPY_IT = "copy the file into the publication and write its path"

# One change to one file, and what is said; the path of the file is put before it.
CASES: list[tuple[str, Change, str]] = [
    # not TOML, not text
    (PUBLICATION, "a = 1\na = 2\n", f"2: not TOML: cannot overwrite a value; {NOT_TOML}"),
    (PUBLICATION, "\n\nid = [1,\n", f"3: not TOML: invalid value; {NOT_TOML}"),
    (PUBLICATION, b'id = "x"\nversion = "\xff"', "2: the file is not UTF-8 (byte 0xff); save it as UTF-8"),
    (PUBLICATION, 'id = "a\x01"', "1: control character U+0001; delete it"),
    (PUBLICATION, b"#" * 2_000_001, "1: the file is larger than 2 MB; keep text only"),
    # unknown and missing keys
    (PUBLICATION, ('version = "1"', 'verison = "1"'), "2: unknown key `verison`; did you mean `version`?"),
    (
        PUBLICATION, ("[contact]\n", "[contact]\nfax = 1\n"),
        "15: unknown key `contact.fax`; known here: phone, email, web",
    ),
    (PUBLICATION, ('publisher = "The Tiny Press"\n', ""), "1: `publisher` is missing; add it: who publishes it"),
    # wrong types
    (PUBLICATION, ('version = "1"', "version = 1"), "2: `version` is a whole number; write text in quotation marks"),
    (
        PUBLICATION, ("date = 2026-01-01", 'date = "2026-01-01"'),
        "4: `date` is text; write a date such as 2026-11-22, without quotation marks",
    ),
    (PUBLICATION, ('["first", "second"]', '"first"'), "11: `chapters` is text; write a list"),
    (
        PUBLICATION, ("[contact]\n", "[print]\ncrop_marks = 1\n[contact]\n"),
        "15: `print.crop_marks` is a whole number; write true or false",
    ),
    # wrong values
    (
        PUBLICATION, ('id = "tiny"', 'id = ""'),
        "1: `id` cannot be ``; use small letters a-z, digits and single hyphens, a letter first",
    ),
    (
        PUBLICATION, ('version = "1"', 'version = " "'),
        "2: `version` is empty; write it, or leave the key out where it is not needed",
    ),
    (PUBLICATION, ('"first", "second"', ""), "11: `chapters` is empty; name at least 1"),
    (
        PUBLICATION, ('"first", "second"', '"first", "second", "first"'),
        "11: `chapters[3]` names `first` a second time; delete one of the two",
    ),
    (
        PUBLICATION, ('"first", "second"', '"first", "help"'),
        "11: `chapters[2]` cannot be `help`; that text has its own place in each edition; delete it",
    ),
    (
        PUBLICATION, ('"first", "second"', '"first", "language"'),
        "11: `chapters[2]` cannot be `language`; that is language.toml's name; choose another",
    ),
    (
        PUBLICATION, ('"first", "second"', '"1st"'),
        "11: `chapters[1]` cannot be `1st`; use small letters a-z, digits and single hyphens, a letter first",
    ),
    (
        PUBLICATION, ('"first", "second"', '"story-x"'),
        "11: `chapters[1]` cannot be `story-x`; begin it otherwise than with "
        "story-, ref-, cite-, fn-, fnref-, helpline-, hefte-",
    ),
    (
        PUBLICATION, ('"screen", "epub"', '"screeen", "epub"'),
        "12: `editions[3]` cannot be `screeen`; did you mean `screen`?",
    ),
    (
        PUBLICATION, ('"screen", "epub"', '"print"'),
        "12: `editions[3]` names `print` a second time; delete one of the two",
    ),
    (
        PUBLICATION, ('source_url = "https:', 'source_url = "ftp:'),
        "7: `source_url` cannot be `ftp://example.org/tiny`; write a web address that begins with https://",
    ),
    (
        PUBLICATION, ('feedback = "editor@example.org"', 'feedback = "me"'),
        "8: `feedback` cannot be `me`; write an e-mail address, or a web address that begins with https://",
    ),
    (
        PUBLICATION, ('\nemail = "editor@example.org"', '\nemail = "me"'),
        "16: `contact.email` cannot be `me`; write an e-mail address",
    ),
    (
        PUBLICATION, ("[contact]\n", "[print]\nink_limit = 500\n[contact]\n"),
        "15: `print.ink_limit` is 500; write at most 400",
    ),
    (
        PUBLICATION, ("[contact]\n", "[print]\nink_limit = 0\n[contact]\n"),
        "15: `print.ink_limit` is 0; write at least 200",
    ),
    (
        PUBLICATION, ("[contact]\n", '[print]\nstandard = "pdf/x-3"\n[contact]\n'),
        "15: `print.standard` cannot be `pdf/x-3`; did you mean `pdf/x-4`?",
    ),
    # languages
    (
        PUBLICATION, ('= "nb"', '= "no"'),
        "10: `source_language` cannot be `no`; say which Norwegian: nb (Bokmål) or nn (Nynorsk)",
    ),
    (
        PUBLICATION, ('= "nb"', '= "Norsk"'),
        "10: `source_language` cannot be `Norsk`; write a BCP 47 language tag such as nb, ar or fa-AF",
    ),
    (
        PUBLICATION, ('= "nb"', '= "nn"'),
        "10: there is no folder `nn` for the source language; make chapters/nn/, or name another source language",
    ),
    # helplines
    (
        PUBLICATION, ('id = "116123"', 'id = "113"'),
        "26: `helplines[2].id` is `113` a second time; give each helpline its own id",
    ),
    (
        PUBLICATION, ('"+47116123"', '"+47116132"'),
        "28: `helplines[2].tel` is +47116132, but 116 123 is shown; make the two agree",
    ),
    (
        PUBLICATION, ('"+47116123"', '"+47 116 123"'),
        "28: `helplines[2].tel` cannot be `+47 116 123`; write it as it is dialled, without blanks: +47116123 or 113",
    ),
    (
        PUBLICATION, ('number = "116 123"', 'number = "116-123"'),
        "27: `helplines[2].number` cannot be `116-123`; "
        "write digits, in groups with a blank between them: 22 11 33 44",
    ),
    (
        PUBLICATION, ('"+47 22 11 33 44"', '"ask us"'),
        "17: `contact.phone` cannot be `ask us`; write digits, in groups with a blank between them: 22 11 33 44",
    ),
    # the profile
    (
        PUBLICATION, ("[contact]\n", '[print]\nprofile = "../x.icc"\n[contact]\n'),
        f"15: `../x.icc` leads out of the publication; {COPY_IT}",
    ),
    (
        PUBLICATION, ("[contact]\n", '[print]\nprofile = "/x.icc"\n[contact]\n'),
        "15: `/x.icc` is not a relative path; write the path from the publication's folder, with `/`",
    ),
    (
        PUBLICATION, ("[contact]\n", '[print]\nprofile = "https://x.org/x.icc"\n[contact]\n'),
        f"15: `https://x.org/x.icc` is an address, not a file of this publication; {COPY_IT}",
    ),
    # the other records
    (REFERENCES, ("year = 2019", 'year = "2019"'), "4: `brown2019.year` is text; write a whole number"),
    (
        REFERENCES, ('author = "Amy Brown"', 'autor = "Amy Brown"'),
        "2: unknown key `brown2019.autor`; did you mean `author`?",
    ),
    (
        REFERENCES, ("[brown2019]", "[Brown_2019]"),
        "1: `Brown_2019` cannot be `Brown_2019`; use small letters a-z, digits and single hyphens, a letter first",
    ),
    (STORIES, ('channel = "letter"\n', ""), "1: `lost.channel` is missing; add it: how the story came in"),
    (STORIES, ('"retold"', '"retald"'), "5: `lost.voice` cannot be `retald`; did you mean `retold`?"),
    (
        STORIES, ('"2024-09"', '"September"'),
        '3: `lost.received` cannot be `September`; write a month, "2024-09", or a date, 2024-09-30',
    ),
    (STORIES, ('["print", "epub"]', '["print", "epup"]'), "6: `lost.scopes[2]` cannot be `epup`; did you mean `epub`?"),
    (STORIES, ("age = true", 'age = "yes"'), "10: `lost.identifiers.age` is text; write true or false"),
    (
        STORIES, ('evidence = "binder 1"\n', ""),
        "12: `lost.consent.evidence` is missing; add it: where the evidence is kept, outside the repository",
    ),
    (
        STORIES, ('approved.nb = "4c8', 'approved.nb = "'),
        "9: `lost.approved.nb` is not a SHA-256 digest; copy the 64 characters that the check of approvals names",
    ),
    ("chapters/glossary.toml", "[sorg]\nnb = 1\n", "2: `sorg.nb[1]` is a whole number; write text in quotation marks"),
    # a language's words
    (LANGUAGE, None, "1: the file is missing; write it, or restore it"),
    (LANGUAGE, ("remember = ", "rememeber = "), "17: unknown key `labels.rememeber`; did you mean `remember`?"),
    (LANGUAGE, ('scan = "(scan)"\n', ""), "7: `labels.scan` is missing; add it"),
    (LANGUAGE, ('"original"', '"google"'), "5: `origin` cannot be `google`; known here: original, human, machine"),
    (
        LANGUAGE, wordkit.LANGUAGE.replace("[helplines.113]", "[helplines.112]").replace("112]", "116123]", 1)
        .rpartition("[helplines")[0],
        "44: `helplines.113` is missing; add it, with `name`, `does` and `hours`",
    ),
    (
        LANGUAGE, ("[helplines.113]", "[helplines.999]\nname='a'\ndoes='b'\nhours='c'\n[helplines.113]"),
        "44: unknown helpline `999`; publication.toml has 113, 116123",
    ),
]


@pytest.mark.parametrize(("name", "change", "said"), CASES, ids=[f"{name}:{said}"[:70] for name, _, said in CASES])
def test_one_bad_file_gives_one_line(tmp_path: Path, name: str, change: Change, said: str) -> None:
    assert wordkit.complaints(tmp_path, {name: change}) == [f"{name}:{said}"]


# --- folders, commands, tools

FOLDERS = [
    ("no", "the folder cannot be `no`; say which Norwegian: nb (Bokmål) or nn (Nynorsk)"),
    ("norsk", "the folder cannot be `norsk`; write a BCP 47 language tag such as nb, ar or fa-AF"),
]


@pytest.mark.parametrize(("name", "said"), FOLDERS)
def test_a_folder_that_is_no_language(tmp_path: Path, name: str, said: str) -> None:
    wordkit.write(tmp_path, {f"chapters/{name}/x.md": "x"})
    with pytest.raises(SourceError) as raised:
        publication.load(tmp_path)
    assert raised.value.line(tmp_path) == f"chapters/{name}:1: {said}"


def test_a_language_that_cldr_does_not_know(tmp_path: Path) -> None:
    book = wordkit.load(tmp_path, {"chapters/qq/language.toml": wordkit.LANGUAGE})
    with pytest.raises(SourceError) as raised:
        sources.read(book, "qq")
    assert raised.value.line(tmp_path) == (
        "chapters/qq/language.toml:1: CLDR knows no language `qq`; name the folder by the tag that CLDR has for it"
    )


@pytest.mark.parametrize(("asked", "remedy"), [("no", "say nb (Bokmål) or nn (Nynorsk)"), ("en", "known here: nb")])
def test_a_language_that_is_not_there(tmp_path: Path, asked: str, remedy: str) -> None:
    with pytest.raises(UsageError) as raised:
        wordkit.read(tmp_path, lang=asked)
    assert (raised.value.exit_code, raised.value.line()) == (2, f"the publication has no language `{asked}`; {remedy}")


def test_no_publication_here(tmp_path: Path) -> None:
    for wanted in (publication.load, publication.find):
        with pytest.raises(UsageError) as raised:
            wanted(tmp_path)
        assert raised.value.exit_code == 2
        assert str(tmp_path) in raised.value.line()
        assert "`hefte new FOLDER`" in raised.value.remedy
    with pytest.raises(UsageError, match="there is no "):
        publication.find(tmp_path / "nowhere")


def test_a_missing_profile_stops_print_and_nothing_else(tmp_path: Path) -> None:
    change = ("[contact]\n", '[print]\nprofile = "assets/own.icc"\n[contact]\n')
    loaded = wordkit.load(tmp_path, {PUBLICATION: change})
    sources.read(loaded, "nb")
    with pytest.raises(MissingToolError) as raised:
        publication.require_profile(loaded)
    assert raised.value.exit_code == 4
    assert raised.value.line(tmp_path) == (
        f"{PUBLICATION}:1: the output profile {tmp_path}/assets/own.icc is missing; "
        "put the FOGRA39 profile there, or name another under `[print]` as `profile`"
    )


# --- several at once


def test_all_faults_are_told_at_once_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    bad = wordkit.PUBLICATION.replace('version = "1"', "version = 1").replace('"epub"]', '"epup"]')
    bad = bad.replace("[contact]", "[contct]")
    changes: dict[str, Change] = {PUBLICATION: bad, REFERENCES: ("year = 2019", 'year = "x"'), STORIES: "x"}
    assert wordkit.complaints(tmp_path, changes) == [
        f"{PUBLICATION}:2: `version` is a whole number; write text in quotation marks",
        f"{PUBLICATION}:12: `editions[4]` cannot be `epup`; did you mean `epub`?",
        f"{PUBLICATION}:14: unknown key `contct`; did you mean `contact`?",
        f"{REFERENCES}:4: `brown2019.year` is text; write a whole number",
        f"{STORIES}:1: not TOML: expected '=' after a key in a key/value pair; {NOT_TOML}",
    ]


def test_faults_in_several_chapters_are_told_at_once(tmp_path: Path) -> None:
    links = text("[a](x)\n\n[b](y)")
    changes: dict[str, Change] = {FIRST: links, "chapters/nb/second.md": "", "chapters/nb/help.md": None}
    assert [line.partition(": ")[0] for line in wordkit.complaints(tmp_path, changes)] == [
        f"{FIRST}:6", f"{FIRST}:8", "chapters/nb/second.md:1", "chapters/nb/help.md:1",
    ]


def test_an_error_without_a_place_is_still_one_line() -> None:
    assert HefteError("it broke", remedy="mend it").line() == "it broke; mend it"
