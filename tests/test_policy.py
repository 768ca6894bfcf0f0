"""What a build does with a language that has not followed its source: block, warn, pin; stop, leave-out."""

from __future__ import annotations

import datetime as dt
import json
import re
import zipfile
from pathlib import Path

import pytest

import buildkit
import followkit
from buildkit import Said, hefte
from followkit import change, recorded, signed, waiting
from hefte import checks, files, sources, transforms
from hefte.errors import SourceError
from hefte.model import Finding, Severity, State
from hefte.translation import memory, recording, versions

OLD, NEW = "Du kan legge deg nedpå når barnet sover.", "Du kan legge deg litt nedpå hver gang barnet sover."
TARGET = "Don sáhtát vuoiŋŋastit go mánná oađđá."
THEN = "1790000000"  # 2026-09-21


def stale(root: Path) -> Path:
    """The same publication, in which one paragraph of the source has changed since."""
    change(root, "nb/rest.md", OLD, NEW)
    return root


def found(root: Path, language: str = "se") -> list[Finding]:
    """What is found of the translation, but for what a story waits for."""
    book, findings = versions.read(followkit.load(root), language)
    return [each for each in (*findings, *checks.on_book(book)) if each.check != "story-unapproved"]


def said(finding: Finding) -> tuple[str, str, str]:
    return finding.check, str(finding.severity), finding.message


# --- which segments are behind --------------------------------------------------------------------------------------


def test_a_changed_source_paragraph_makes_that_segment_stale_in_each_language_and_no_other(tmp_path: Path) -> None:
    root = stale(recorded(tmp_path, "se", "vi"))
    for language in ("se", "vi"):
        assert waiting(root, language) == {"rest.1": State.STALE}
        assert followkit.units(root, language) == {
            name: State.STALE if name == "rest" else State.UNSIGNED for name in followkit.UNITS
        }
    [pair] = [pair for unit in followkit.state(root, "se").units for pair in unit.pairs if pair.state is State.STALE]
    assert pair.source is not None and pair.target is not None
    assert (pair.previous, pair.source.text, pair.target.text) == (OLD, NEW, TARGET)


def test_moving_a_paragraph_makes_none_stale(tmp_path: Path) -> None:
    root = signed(tmp_path, "se")
    text = (root / "chapters/nb/rest.md").read_text(encoding="utf-8")
    head, one, two, *rest = text.split("\n\n")
    (root / "chapters/nb/rest.md").write_text("\n\n".join((head, two, one, *rest)), encoding="utf-8")
    assert waiting(root, "se") == {}
    assert [unit.id for unit in followkit.state(root, "se").units if unit.moved] == ["rest"]
    assert found(root) == []


def test_a_new_source_paragraph_is_missing_and_an_old_one_gone_is_stale(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se")
    change(root, "nb/rest.md", f"{OLD}\n", f"{OLD}\n\nDrikk vann.\n")
    assert waiting(root, "se") == {"rest.2": State.MISSING}
    change(root, "nb/rest.md", f"{OLD}\n\nDrikk vann.\n\n", "")
    assert waiting(root, "se") == {"rest.1": State.STALE}


# --- stale ----------------------------------------------------------------------------------------------------------


def test_block_is_an_error_at_the_target(tmp_path: Path) -> None:
    root = stale(recorded(tmp_path, "se"))
    [finding, unsigned] = found(root)
    assert said(finding) == ("translation-stale", "error", "the source of `rest.1` has changed since it was translated")
    assert (finding.path, finding.line, finding.language) == (root / "chapters/se/rest.md", 6, "se")
    assert said(unsigned)[:2] == ("translation-unsigned", "warning")


def test_a_language_that_is_blocked_stops_before_it_is_laid_out_and_the_others_go_on(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se", "vi")
    change(root, "se/talk.md", "Dat ii leat du sivva.", "[…]")
    answer = hefte("build", "--edition", "epub", "--json", cwd=root)
    languages = json.loads(answer.out)["languages"]
    assert {name: len(entry["files"]) for name, entry in languages.items()} == {"nb": 1, "se": 0, "vi": 1}
    errors = [each for entry in languages.values() for each in entry["findings"] if each["severity"] == "error"]
    assert [(each["check"], each["language"], each["path"], each["line"]) for each in errors] == [
        ("translation-missing", "se", "chapters/se/talk.md", 23)
    ]
    assert answer.code == 1


def test_warn_builds_and_refuses_the_release(tmp_path: Path) -> None:
    root = stale(recorded(tmp_path, "se", policy='stale = "warn"'))
    [finding, _] = found(root)
    assert (finding.check, finding.severity, finding.blocks_release) == ("translation-stale", Severity.WARNING, True)


def test_a_language_may_have_a_policy_of_its_own(tmp_path: Path) -> None:
    policy = 'stale = "block"\n\n[translation.languages.se]\nstale = "warn"'
    root = stale(recorded(tmp_path, "se", "vi", policy=policy))
    severities = {name: [each.severity for each in found(root, name) if each.check == "translation-stale"]
                  for name in ("se", "vi")}
    assert severities == {"se": [Severity.WARNING], "vi": [Severity.ERROR]}


# --- pin ------------------------------------------------------------------------------------------------------------


def pinned(folder: Path, monkeypatch: pytest.MonkeyPatch, policy: str = 'stale = "pin"') -> Path:
    """A publication that was signed throughout on 21 September, and whose source has changed since."""
    with monkeypatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", THEN)
        root = signed(folder, "se", policy=policy)
    return stale(root)


def test_pin_builds_the_whole_language_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = pinned(tmp_path, monkeypatch)
    change(root, "se/talk.md", "Dat ii leat du sivva.", "[…]")  # in the midst of bringing it up to date
    change(root, "se/language.toml", "Hupmat soapmásiin", "Eará namma")
    book, findings = versions.read(followkit.load(root), "se")
    assert book.follows == dt.date(2026, 9, 21)
    assert (book.language.title, book.language.reviewers) == ("Hupmat soapmásiin", (followkit.REVIEWER,))
    assert "Dat ii leat du sivva." in book.chapters[0].body
    assert {chapter.place.path.parent for chapter in book.chapters} == {root / "chapters/se/snapshot/target"}
    [finding] = findings
    assert said(finding) == (
        "translation-stale", "warning", "the source has changed; built from the texts as they were on 2026-09-21"
    )
    assert not finding.blocks_release
    beside = versions.source(followkit.load(root), book)
    assert OLD in beside.chapters[1].body


def test_the_colophon_of_a_pinned_language_names_the_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = pinned(tmp_path, monkeypatch)
    answer = hefte("build", "--lang", "se", "--edition", "screen", cwd=root)
    assert (answer.code, answer.err) == (0, "")
    pages = buildkit.pages(root / "dist/se/talk-se-screen.pdf")
    lines = [line.text for line in pages[1]]
    label = sources.read(followkit.load(root), "se").language.labels["follows"]
    assert any(label in line for line in lines)
    assert any({"21", "2026"} <= set(re.findall(r"\d+", line)) and "čakčam" in line for line in lines), lines
    assert any(followkit.REVIEWER in line.replace("\N{NO-BREAK SPACE}", " ") for line in lines)
    words = [line.text.replace("\N{NO-BREAK SPACE}", " ") for page in pages for line in page]
    assert any(line.startswith("Don sáhtát vuoiŋŋastit") for line in words)


def test_pin_without_a_snapshot_blocks_and_says_why(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se", policy='stale = "pin"')
    for path in sorted((root / "chapters/se/snapshot").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    [finding, _] = found(stale(root))
    assert (finding.check, finding.severity) == ("translation-stale", Severity.ERROR)
    assert finding.remedy.startswith("no earlier state is kept that could be built instead: ")


def test_pin_builds_today_s_texts_where_nothing_is_behind(tmp_path: Path) -> None:
    root = signed(tmp_path, "se", policy='stale = "pin"')
    book, findings = versions.read(followkit.load(root), "se")
    assert (book.follows, findings) == (None, ())
    assert book.chapters[0].place.path == root / "chapters/se/talk.md"


def test_the_records_of_a_pinned_language_are_today_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = pinned(tmp_path, monkeypatch)
    change(root, "publication.toml", 'number = "116 123"\ntel = "+47116123"', 'number = "116 111"\ntel = "+47116111"')
    change(root, "stories.toml", "review_by = 2027-01-01", "review_by = 2027-01-01\nwithdrawn = 2026-10-01")
    book, _ = versions.read(followkit.load(root), "se")
    assert [line.number for line in book.publication.helplines] == ["113", "116 111"]
    assert book.publication.stories["heard"].withdrawn == dt.date(2026, 10, 1)
    printed = transforms.apply(book, "print")
    assert printed.stories == {} and "story" not in printed.chapters[0].body
    assert "+47116111" in printed.chapters[0].body


def test_a_helpline_that_an_earlier_state_has_no_words_for_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = pinned(tmp_path, monkeypatch)
    line = '[[helplines]]\nid = "new"\nnumber = "116 006"\ntel = "+47116006"\n'
    toml = root / "chapters/publication.toml"
    toml.write_text(f"{toml.read_text(encoding='utf-8')}\n{line}", encoding="utf-8")
    for code in ("nb", "se"):
        words = root / f"chapters/{code}/language.toml"
        more = '\n[helplines.new]\nname = "Ny"\ndoes = "Noe."\nhours = "Alltid"\n'
        words.write_text(words.read_text(encoding="utf-8") + more, encoding="utf-8")
    with pytest.raises(SourceError, match=r"`helplines\.new` is missing") as caught:
        versions.read(followkit.load(root), "se")
    assert caught.value.place is not None
    assert caught.value.place.path == root / "chapters/se/snapshot/target/language.toml"


def test_a_chapter_that_was_not_there_yet_is_left_out_of_an_earlier_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = pinned(tmp_path, monkeypatch)
    change(root, "publication.toml", '["talk", "rest"]', '["talk", "new", "rest"]')
    files.put(root / "chapters", {"nb/new.md": followkit.REST["nb"].encode()})
    book, findings = versions.read(followkit.load(root), "se")
    assert [chapter.id for chapter in book.chapters] == ["talk", "rest"]
    assert [each.check for each in findings] == ["translation-stale"]


def test_a_withdrawn_story_is_in_no_snapshot_and_no_memory(tmp_path: Path) -> None:
    root = signed(tmp_path, "se")
    folder = root / "chapters/se"
    kept = memory.load(folder / memory.FILE, "nb", "se")
    assert (folder / "snapshot/target/stories/heard.md").is_file()
    assert {entry.stories for entry in kept.entries.values()} == {(), ("heard",)}
    change(root, "stories.toml", "review_by = 2027-01-01", "review_by = 2027-01-01\nwithdrawn = 2026-10-01")
    recording.record(followkit.load(root), "se")
    assert not list(folder.glob("snapshot/*/stories/*"))
    assert {entry.stories for entry in memory.load(folder / memory.FILE, "nb", "se").entries.values()} == {()}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != folder / "stories/heard.md":
            assert "Okta eadni muitalii" not in path.read_text(encoding="utf-8"), path


# --- missing --------------------------------------------------------------------------------------------------------


def test_a_chapter_that_is_not_there_stops_the_language(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se", "vi")
    (root / "chapters/se/rest.md").unlink()
    answer = hefte("check", "--quiet", cwd=root)
    assert answer == Said(3, "", "hefte: chapters/se/rest.md:1: the file is missing; write it, or restore it\n")


def test_leave_out_leaves_the_chapter_out_of_everything(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se", policy='missing = "leave-out"')
    (root / "chapters/se/rest.md").unlink()
    [finding, _] = found(root)
    assert said(finding) == ("translation-missing", "warning", "the chapter `rest` is not there and is left out")
    answer = hefte("build", "--lang", "se", "--edition", "screen,epub", "--keep-html", "html", cwd=root)
    assert (answer.code, answer.err) == (0, "")
    frame = (root / "html/se/frame.html").read_text(encoding="utf-8")
    assert "#talk" in frame and "#rest" not in frame
    with zipfile.ZipFile(root / "dist/se/talk-se.epub") as book:
        names = [name for name in book.namelist() if name.endswith(".xhtml")]
        assert any(name.endswith("talk.xhtml") for name in names)
        assert not any("rest" in name for name in names)
        assert not any(b"rest.xhtml" in book.read(name) for name in book.namelist())


def test_a_link_to_a_chapter_that_is_left_out_is_found(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se", policy='missing = "leave-out"')
    for code, word in (("nb", "Be om hjelp"), ("se", "Dat ii leat du sivva.")):
        change(root, f"{code}/talk.md", word, f"[{word}](#rest)")
    recording.record(followkit.load(root), "se")
    (root / "chapters/se/rest.md").unlink()
    errors = [each for each in found(root) if each.severity is Severity.ERROR]
    assert ("link-dangling", "nothing in the book has the id `rest`") in {(each.check, each.message) for each in errors}


@pytest.mark.parametrize(("name", "text"), [("colophon", "se/colophon.md"), ("source", "nb/rest.md")])
def test_what_can_never_be_left_out(tmp_path: Path, name: str, text: str) -> None:
    root = recorded(tmp_path, "se", policy='missing = "leave-out"')
    (root / "chapters" / text).unlink()
    with pytest.raises(SourceError, match="the file is missing"):
        versions.read(followkit.load(root), text[:2])


def test_a_language_without_any_chapter_is_none(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se", policy='missing = "leave-out"')
    for name in ("talk", "rest"):
        (root / f"chapters/se/{name}.md").unlink()
    with pytest.raises(SourceError, match="there is no chapter"):
        versions.read(followkit.load(root), "se")
