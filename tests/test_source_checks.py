"""The checks of the words: each with what fails it and what does not, by the line that it names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import wordkit
from hefte import transforms
from hefte.checks import helpline_unverified, story_left_out
from hefte.checks.book import BOOK_CHECKS
from hefte.checks.frame import Check
from hefte.dates import today
from hefte.errors import UsageError
from hefte.model import Book, Finding, Severity
from hefte.records.approval import digest
from wordkit import Change, text

FIRST, SECOND, COLOPHON = "chapters/nb/first.md", "chapters/nb/second.md", "chapters/nb/colophon.md"
STORY, STORIES = "chapters/nb/stories/lost.md", "chapters/stories.toml"
PUBLICATION, REFERENCES = "chapters/publication.toml", "chapters/references.toml"
LANGUAGE = "chapters/nb/language.toml"
DRAWING: dict[str, Change] = {"d.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'}
CHECKS: dict[str, Check] = {check.id: check for check in BOOK_CHECKS}
CITED = "[@brown2019] [@web]\n\n"
"""What keeps the check of works that are not cited quiet."""
TOLD = "\n\n::: story lost\n:::\n"
"""What keeps the check of stories without a place quiet."""


def first(body: str) -> dict[str, Change]:
    """`body` as a chapter, from line 6 on, with nothing else amiss."""
    return {COLOPHON: text(body)}


@pytest.fixture(autouse=True)
def first_of_june(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today is 1 June 2026: the small publication is in order then."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC).timestamp())))


def findings(book: Book) -> list[Finding]:
    """What all checks find."""
    return [finding for check in BOOK_CHECKS for finding in check.run(book)]


def line(finding: Finding, folder: Path) -> str:
    """`path:line: message`."""
    assert finding.path is not None
    return f"{finding.path.relative_to(folder)}:{finding.line}: {finding.message}"


def test_the_small_publication_is_in_order(tmp_path: Path) -> None:
    assert findings(wordkit.read(tmp_path)) == []


# check, change, what it says, and what it says to do where that is not what it always says
FAILING: list[tuple[str, dict[str, Change], list[str], str]] = [
    ("raw-html", first("a\n<b>b</b>"), [f"{COLOPHON}:7: raw HTML: `<b>`", f"{COLOPHON}:7: raw HTML: `</b>`"], ""),
    ("directive-unknown", first("::: rember\nx\n:::"), [f"{COLOPHON}:6: `::: rember` is no directive"], ""),
    ("placeholder-bad", first("{{ helpline }}"), [f"{COLOPHON}:6: cannot read `{{{{ helpline }}}}`"], ""),
    (
        "placeholder-bad", first("a\n{{ helpline.11 }}"),
        [f"{COLOPHON}:7: there is no record `helpline.11`"], "did you mean `helpline.113`?",
    ),
    (
        "placeholder-bad", first("{{ contact.fax }}"),
        [f"{COLOPHON}:6: there is no record `contact.fax`"], "add it to publication.toml, or mend its name",
    ),
    ("citation-bad", first("[@a; @b]"), [f"{COLOPHON}:6: cannot read the citation `[@a; @b]`"], ""),
    ("attribute-unknown", first("[a]{style=b}"), [f"{COLOPHON}:6: cannot set the attribute `style`"], ""),
    ("code-block", first("a\n\n    b"), [f"{COLOPHON}:8: set as code: `b`"], ""),
    ("note-dangling", first("a[^b]"), [f"{COLOPHON}:6: `[^b]` is not written"], ""),
    (
        "table-cells", first("| a |\n|---|\n| b | c |"),
        [f"{COLOPHON}:8: a row of more cells than the 1 columns of the table"], "",
    ),
    (
        "heading-skip", first("## a\n\n#### b\n\n## c"),
        [f"{COLOPHON}:8: a heading of level 4 follows one of level 2"], "begin it with ###",
    ),
    (
        "heading-skip", first("### a"),
        [f"{COLOPHON}:6: a heading of level 3 follows one of level 1"], "begin it with ##",
    ),
    ("heading-skip", first("# a"), [f"{COLOPHON}:6: a heading of level 1, which is the title's"], "begin it with ##"),
    ("id-twice", first("[a]{#x}\n\n[b]{#x}"), [f"{COLOPHON}:8: the id `x` is given a second time"], ""),
    ("id-twice", first("[a]{#second}"), [f"{COLOPHON}:6: the id `second` is given a second time"], ""),
    ("link-bad", first("a [b](https://c d)"), [f"{COLOPHON}:6: not read as a link: `](https://c d)`"], ""),
    ("link-dangling", first("[a](#nowhere)"), [f"{COLOPHON}:6: nothing in the book has the id `nowhere`"], ""),
    (
        "alt-missing", first("![](../../d.svg)") | DRAWING,
        [f"{COLOPHON}:6: the image `d.svg` has no alternative text"], "",
    ),
    (
        "alt-missing", first("a\nb ![c](../../d.svg){.decorative}") | DRAWING,
        [f"{COLOPHON}:7: `../../d.svg` is marked decorative and has an alternative text"], "",
    ),
    ("quote-mismatch", first('a\nHun sa "ja".'), [f'{COLOPHON}:7: " is no quotation mark of nb'], "write «…»"),
    (
        "number-naked", first("a\nRing 113."),
        [f"{COLOPHON}:7: the number 113 stands in the text"], "write {{ helpline.113 }}",
    ),
    ("number-naked", first("22 40 00 40"), [f"{COLOPHON}:6: the number 22 40 00 40 stands in the text"], ""),
    (
        "story-unknown", first("::: story lsot\n:::"),
        [f"{COLOPHON}:6: there is no story `lsot` in nb"], "did you mean `lost`?",
    ),
    ("story-unplaced", {FIRST: text(CITED)}, [f"{STORY}:1: the story `lost` is placed in no chapter"], ""),
    ("story-twice", first(TOLD), [f"{COLOPHON}:8: the story `lost` is placed a second time (first in first.md:8)"], ""),
    (
        "citation-dangling", first("[@brown2091]"),
        [f"{COLOPHON}:6: `[@brown2091]` cites a work that is not in references.toml"], "did you mean `brown2019`?",
    ),
    (
        "citation-dangling", {SECOND: text("a")},
        [f"{FIRST}:6: works are cited, and listed nowhere"], "write `::: references` and `:::` where the list belongs",
    ),
    ("citation-unused", {FIRST: text(f"[@brown2019]{TOLD}")}, [f"{REFERENCES}:8: `web` is cited nowhere in nb"], ""),
    (
        "address-reserved", {PUBLICATION: ('feedback = "editor@example.org"', 'feedback = "editor@tiny.example"')},
        [f"{PUBLICATION}:8: `feedback` is editor@tiny.example, which reaches nobody"], "",
    ),
    (
        "address-reserved", {PUBLICATION: ('license =', 'address = "https://localhost.test:80/{language}"\nlicense =')},
        [f"{PUBLICATION}:9: `address` is https://localhost.test:80/{{language}}, which reaches nobody"], "",
    ),
    (
        "edition-unnamed", {LANGUAGE: ('screen = "PDF for skjerm"\n', "")},
        [f"{LANGUAGE}:1: the edition `screen` has no name in nb"], "add `screen` to [editions] in language.toml",
    ),
    (
        "consent-missing", {STORIES: wordkit.STORIES.partition("\n[lost.consent]")[0]},
        [f"{STORIES}:1: the story `lost` has no record of consent"], "",
    ),
    (
        "consent-missing", {STORIES: None},
        [f"{STORY}:1: the story `lost` has no record in stories.toml"],
        "add a table [lost] with its consent, or take the story out",
    ),
    (
        "story-review-due", {STORIES: ("review_by = 2027-01-01", "review_by = 2026-05-31")},
        [f"{STORIES}:1: the consent for the story `lost` was to be looked at again by 2026-05-31"], "",
    ),
    (
        "identifiers-unacknowledged", {STORIES: ("age = true", "age = true\nidentifiers.place = false")},
        [f"{STORIES}:1: the story `lost` tells `place`, and that is not acknowledged"], "",
    ),
    (
        "helpline-unverified", {PUBLICATION: wordkit.PUBLICATION.replace("verified_on = 2025-12-01\n", "", 1)},
        [f"{PUBLICATION}:19: the helpline `113` (113) was never verified"], "",
    ),
    (
        "review-by-past", {PUBLICATION: ("review_by = 2027-01-01", "review_by = 2026-05-31")},
        [f"{PUBLICATION}:1: the publication was to be looked at again by 2026-05-31"], "",
    ),
]


@pytest.mark.parametrize(
    ("id", "changes", "said", "remedy"), FAILING, ids=[f"{id}: {said[0]}" for id, _, said, _ in FAILING],
)
def test_a_check_finds_what_it_is_for_and_no_other_does(
    tmp_path: Path, id: str, changes: dict[str, Change], said: list[str], remedy: str,
) -> None:
    found = findings(wordkit.read(tmp_path, changes))
    assert [line(finding, tmp_path) for finding in found] == said
    for finding in found:
        assert (finding.check, finding.severity) == (id, CHECKS[id].severity)
        assert finding.remedy == (remedy or CHECKS[id].remedy)


def test_every_check_has_something_that_fails_it() -> None:
    # below, in test_words_of_languages.py, in test_withdrawn_kept.py
    elsewhere = {"story-unapproved", "script-wrong", "language-wrong", "withdrawn-kept"}
    # test_word_checks.py, test_spelling.py, test_identifiers.py
    elsewhere |= {"emoji-bullet", "bullet-typed", "word-doubled", "abbreviation", "acronym", "sentence-long"}
    # test_story_checks.py
    elsewhere |= {"consent-doubtful", "source-draft", "story-edits", "story-on-cover", "story-voice"}
    elsewhere |= {"reading-level", "spelling", "identifiers-found"}
    assert {id for id, *_ in FAILING} | elsewhere == set(CHECKS)
    assert len(CHECKS) == len(BOOK_CHECKS)


@pytest.mark.parametrize("check", [*BOOK_CHECKS, story_left_out.CHECK], ids=lambda check: check.id)
def test_every_check_says_what_why_whence_and_what_to_do(check: Check) -> None:
    for words in (check.title, check.rationale, check.source, check.remedy):
        assert len(words) > 5
        assert words == words.strip()
    assert check.id == check.id.lower().strip("-")
    assert check.rationale.endswith(".")
    assert not check.remedy.endswith(".")


BLOCKING = {
    "story-review-due", "identifiers-unacknowledged", "story-unapproved", "helpline-unverified", "review-by-past",
}


def test_what_a_release_may_not_carry_is_a_warning_that_blocks_it(tmp_path: Path) -> None:
    toml = wordkit.STORIES.replace("2027-01-01", "2026-05-31").replace("age = true", "age = false")
    toml = toml.replace("approved.nb", "approved.nn")
    publication = wordkit.PUBLICATION.replace("2027-01-01", "2026-05-31").replace("verified_on = 2025-12-01\n", "", 1)
    found = findings(wordkit.read(tmp_path, {STORIES: toml, PUBLICATION: publication}))
    assert {finding.check for finding in found} == BLOCKING
    assert all(finding.blocks_release and finding.severity is Severity.WARNING for finding in found)


# --- stories


def test_an_approval_is_bound_to_the_text(tmp_path: Path) -> None:
    changed = wordkit.read(tmp_path, {STORY: wordkit.STORY.replace("tungt", "trist")})
    [finding] = findings(changed)
    assert line(finding, tmp_path) == f"{STORIES}:1: the story `lost` was changed since it was approved in nb"
    assert finding.remedy == "when she has approved the text, type `hefte story approve lost --lang nb --by NAME`"
    [missing] = findings(wordkit.read(tmp_path / "b", {STORIES: ("approved.nb", "approved.nn")}))
    assert missing.message == "the story `lost` is not approved in nb"
    assert digest(wordkit.read(tmp_path / "c").stories["lost"]) in wordkit.STORIES


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("fortalte", "*fortalte*", True), ("at det", "at\ndet", True), ("---\n\nHun", "---\n\n\n\nHun", True),
        ("tungt.", "tungt", False), ("Nærheten", "Nærhet", False), ("Hun ", "Hun\n\n", False), ("H", "h", False),
    ],
)
def test_one_character_changes_the_digest_and_markup_does_not(tmp_path: Path, old: str, new: str, same: bool) -> None:
    before = digest(wordkit.read(tmp_path / "a").stories["lost"])
    after = digest(wordkit.read(tmp_path / "b", {STORY: wordkit.STORY.replace(old, new)}).stories["lost"])
    assert (before == after) is same


def test_a_withdrawn_story_needs_nothing_more(tmp_path: Path) -> None:
    toml = wordkit.STORIES.replace("scopes", "withdrawn = 2026-05-01\nscopes").replace("age = true", "age = false")
    toml = toml.replace("2027-01-01", "2020-01-01").partition("\n[lost.consent]")[0]
    for name, changes in (
        ("placed", {STORIES: toml}),
        ("its text changed", {STORIES: toml, STORY: wordkit.STORY + "Mer."}),
        ("no longer placed", {STORIES: toml, FIRST: text(CITED)}),
        ("its text gone", {STORIES: toml, STORY: None}),
    ):
        assert findings(wordkit.read(tmp_path / name, changes)) == []


def test_what_is_left_out_of_an_edition_is_told(tmp_path: Path) -> None:
    book = wordkit.read(tmp_path, {STORIES: ('"print", "epub"', '"print"')})
    assert list(story_left_out.CHECK.run(transforms.apply(book, "print"))) == []
    [finding] = story_left_out.CHECK.run(transforms.apply(book, "epub"))
    said = "the story `lost` is left out of epub: its consent does not cover epub"
    assert line(finding, tmp_path) == f"{STORIES}:1: {said}"
    assert (finding.severity, finding.blocks_release) == (Severity.NOTE, False)


# --- dates

VERIFIED = [
    ("2025-06-01", ""),
    ("2025-05-31", "was verified on 2025-05-31, more than twelve months ago"),
    ("2026-06-01", ""),
    ("2026-06-02", "is verified on 2026-06-02, which is yet to come"),
]


@pytest.mark.parametrize(("day", "said"), VERIFIED)
def test_a_helpline_counts_as_verified_for_twelve_months(tmp_path: Path, day: str, said: str) -> None:
    toml = wordkit.PUBLICATION.replace("2025-12-01", day)
    found = findings(wordkit.read(tmp_path, {PUBLICATION: toml}))
    expected = [f"the helpline `113` (113) {said}", f"the helpline `116123` (116 123) {said}"] if said else []
    assert [finding.message for finding in found] == expected


def test_a_leap_day_is_a_day_like_others(tmp_path: Path) -> None:
    book = wordkit.read(tmp_path, {PUBLICATION: wordkit.PUBLICATION.replace("2025-12-01", "2027-02-28")})
    assert list(helpline_unverified.find(book, dt.date(2028, 2, 29))) == []
    assert len(list(helpline_unverified.find(book, dt.date(2028, 3, 1)))) == 2


@pytest.mark.parametrize("due", ["review_by = 2026-06-01", "review_by = 2026-06-02"])
def test_what_is_due_today_is_not_overdue(tmp_path: Path, due: str) -> None:
    change = ("review_by = 2027-01-01", due)
    assert findings(wordkit.read(tmp_path, {PUBLICATION: change, STORIES: change})) == []


def test_today_is_source_date_epoch_s_or_the_clock_s(monkeypatch: pytest.MonkeyPatch) -> None:
    assert today() == dt.date(2026, 6, 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")
    with pytest.raises(UsageError) as raised:
        today()
    assert raised.value.line() == "SOURCE_DATE_EPOCH is `tomorrow`; set it to seconds since 1970, or unset it"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert abs(today() - dt.date.today()) <= dt.timedelta(days=1)
