"""A release of a translation: signed throughout and current, or refused, with every reason."""

from __future__ import annotations

from pathlib import Path

import pytest

import followkit
from buildkit import hefte
from followkit import REVIEWER, change, recorded, signed
from hefte import checks, freshness, publication, sources
from hefte.errors import ReleaseRefusedError
from hefte.model import LanguageResult, Severity
from hefte.translation import signing, versions
from hefte.wishes import refuse_release

STORY = "story-unapproved"
"""What the kit's story waits for in every language."""


def result(root: Path, language: str = "se") -> LanguageResult:
    loaded = publication.load(root)
    book, findings = versions.read(loaded, language)
    found = (*findings, *checks.on_book(book))
    return LanguageResult(language, findings=tuple(each for each in found if each.check != STORY))


def reasons(root: Path, language: str = "se") -> list[str]:
    """Why the language may not be released; nothing where it may."""
    try:
        refuse_release([result(root, language)])
    except ReleaseRefusedError as refused:
        return [each.what for each in refused.also]
    return []


def test_a_language_that_is_signed_throughout_may_be_released(tmp_path: Path) -> None:
    assert reasons(signed(tmp_path, "se")) == []


def test_one_text_that_is_not_signed_refuses_it(tmp_path: Path) -> None:
    root = signed(tmp_path, "se")
    signing.void(followkit.load(root), "se", ("help",))
    assert reasons(root) == ["a reviewer has signed not help of se (translation-unsigned)"]


def test_a_draft_is_never_released(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se", origin="machine")
    signing.sign(followkit.load(root), "se", ("talk",), by=REVIEWER)
    assert reasons(root) == [
        "a reviewer has signed not rest, colophon, help, back-cover, language of se (translation-unsigned)",
        "se was translated by a machine and is not signed: each page says that it is a draft (translation-draft)",
    ]


@pytest.mark.parametrize("policy", ["block", "warn"])
def test_a_stale_text_refuses_it_whatever_the_policy(tmp_path: Path, policy: str) -> None:
    root = signed(tmp_path, "se", policy=f'stale = "{policy}"')
    change(root, "nb/rest.md", "Mat på bordet.", "Varm mat på bordet.")
    assert reasons(root) == [
        "the source of `rest.3` has changed since it was translated (translation-stale)",
        "a reviewer has signed not rest of se (translation-unsigned)",
    ]


def test_an_earlier_state_that_was_signed_may_be_released(tmp_path: Path) -> None:
    root = signed(tmp_path, "se", policy='stale = "pin"')
    change(root, "nb/rest.md", "Mat på bordet.", "Varm mat på bordet.")
    assert reasons(root) == []
    change(root, "se/rest.md", "Borramuš beavddis.", "Liekkas borramuš beavddis.")  # the translator goes on
    assert reasons(root) == []


def test_an_earlier_state_that_was_not_signed_may_not(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se", policy='stale = "pin"')
    change(root, "nb/rest.md", "Mat på bordet.", "Varm mat på bordet.")
    assert reasons(root) == ["a reviewer has signed no text of se (translation-unsigned)"]


def test_what_is_not_recorded_refuses_it(tmp_path: Path) -> None:
    root = signed(tmp_path, "se")
    (root / "chapters/se/review.toml").unlink()
    assert {each.rpartition("(")[2] for each in reasons(root)} == {"translation-unconfirmed)", "translation-unsigned)"}


def test_check_counts_what_refuses_a_release_as_an_error(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se", origin="machine")
    plain = hefte("check", "--quiet", cwd=root)
    assert (plain.code, plain.out) == (0, "")
    strict = hefte("check", "--quiet", "--release", cwd=root)
    said = [line.rpartition("[")[2] for line in strict.out.splitlines() if line.startswith("chapters/se/")]
    assert (strict.code, said) == (1, ["translation-unsigned]", "translation-draft]", "story-unapproved]"])


def test_a_release_of_a_draft_writes_nothing(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se", origin="machine")
    answer = hefte("build", "--release", "--lang", "se", "--edition", "screen", cwd=root)
    assert answer.code == 5
    assert "chapters/se/language.toml:1: se was translated by a machine and is not signed" in answer.err
    assert not list(root.glob("dist/*/*"))


# --- stories of a draft ---------------------------------------------------------------------------------------------


def test_a_draft_s_stories_are_told_of_in_one_finding(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se", origin="machine")
    book, _ = versions.read(followkit.load(root), "se")
    [finding] = [each for each in checks.on_book(book) if each.check == STORY]
    assert finding.message == "1 story is not approved in se, which is a draft"
    assert (finding.path, finding.severity, finding.blocks_release) == (
        root / "chapters/se/language.toml", Severity.WARNING, True
    )
    signing.sign(followkit.load(root), "se", None, by=REVIEWER)
    book, _ = versions.read(followkit.load(root), "se")
    [finding] = [each for each in checks.on_book(book) if each.check == STORY]
    assert finding.message == "the story `heard` is not approved in se"


# --- names, and what makes a translation be made again --------------------------------------------------------------


@pytest.mark.parametrize(("code", "own", "called"), [
    ("nb", "norsk bokmål", "norsk bokmål"), ("se", "davvisámegiella", "nordsamisk"),
    ("vi", "Tiếng Việt", "vietnamesisk"), ("ar", "العربية", "arabisk"),
    ("ckb", "کوردیی ناوەندی", "sentralkurdisk"), ("fa-AF", "دری", "dari"),
])
def test_a_language_has_its_own_name_and_one_in_the_source_language(
    tmp_path: Path, code: str, own: str, called: str
) -> None:
    from hefte.model import Place
    from hefte.sources.names import names

    said = names(code, "nb", Place(tmp_path))
    assert (said.own, said.called) == (own, called)


def test_a_book_knows_both_names(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se")
    language = sources.read(followkit.load(root), "se").language
    assert (language.name, language.called) == ("davvisámegiella", "nordsamisk")


def test_a_changed_source_makes_every_translation_be_looked_at_again(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se", "vi")
    before = freshness.language_digests(root)

    def changed() -> list[str]:
        now = freshness.language_digests(root)
        return [name for name in now if now[name] != before[name]]

    change(root, "se/rest.md", "Borramuš beavddis.", "borramuš beavddis.")
    assert changed() == ["se"]
    change(root, "nb/rest.md", "Mat på bordet.", "Varm mat på bordet.")
    assert changed() == ["nb", "se", "vi"]
