"""The checks of a translation held against its source: each with what fails it, and what does not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

import wordkit
from hefte import checks
from hefte.checks.frame import Check, Version
from hefte.checks.versions import VERSION_CHECKS
from hefte.glossary import holds, terms_in, words
from hefte.model import Finding, Pair, Place, Policy, Publication, Segment, Severity, State, Translation, Unit

LONG = "En helt vanlig setning på norsk, og ikke altfor kort."
SIGNED = Unit("language", ("language.toml",), (), State.READY)


def segment(id: str, text: str, *, language: str = "nb", line: int = 7) -> Segment:
    return Segment(id, "first.md", "paragraph", text, Place(Path(f"/p/chapters/{language}/first.md"), line))


def pair(source: str | None, target: str | None, state: State = State.READY, number: int = 1) -> Pair:
    """Segment `first.<number>` in nb and en; the target stands in line 8."""
    id = f"first.{number}"
    return Pair(
        None if source is None else segment(id, source),
        None if target is None else segment(id, target, language="en", line=8), state,
    )


def unit(*pairs: Pair, state: State = State.READY) -> Unit:
    return Unit("first", ("first.md",), pairs, state)


def version(folder: Path, *units: Unit, origin: str = "human", language: str = "en", policy: Policy | None = None,
            pinned: dt.date | None = None) -> Version:
    publication: Publication = replace(
        wordkit.load(folder), root=Path("/p"), policies={language: policy or Policy()},
        glossary={
            "sorg": {"nb": ("sorg",), "en": ("grief", "sorrow")}, "melk": {"nb": ("morsmelk",), "en": ("breast milk",)},
            "erstatning": {"nb": ("morsmelkerstatning",), "en": ("formula",)},
        },
    )
    return Version(publication, Translation(language, origin, (*units, SIGNED), {}), pinned)


def said(subject: Version) -> list[tuple[str, str, int | None, str]]:
    """Check, name of the file, line, message."""
    return [
        (finding.check, finding.path.name if finding.path else "", finding.line, finding.message)
        for finding in checks.on_version(subject)
    ]


def only(subject: Version) -> Finding:
    [finding] = checks.on_version(subject)
    return finding


def test_a_translation_in_order_has_nothing(tmp_path: Path) -> None:
    assert said(version(tmp_path, unit(pair("Det er sorg.", "It is grief.")))) == []


FAILING = [
    (
        pair("Det finnes hjelp.", "", State.MISSING),
        ("translation-missing", "first.md", 8, "`first.1` is not translated: Det finnes hjelp."),
    ),
    (
        pair("Ring noen, og si det som det er, også når det er vondt å si det.", None, State.MISSING),
        (
            "translation-missing", "first.md", 1,
            "`first.1` is not translated: Ring noen, og si det som det er, også når det er vondt å si…",
        ),
    ),
    (
        pair("A.", "B.", State.STALE),
        ("translation-stale", "first.md", 8, "the source of `first.1` has changed since it was translated"),
    ),
    (pair(None, "B.", State.STALE), ("translation-stale", "first.md", 8, "the source of `first.1` is no longer there")),
    (pair("A.", "B.", State.FUZZY), ("translation-unconfirmed", "first.md", 8, "`first.1` is marked as unsure")),
    (
        pair("A.", "B.", State.UNRECORDED),
        ("translation-unconfirmed", "first.md", 8, "`first.1` has no record of the source text it is made from"),
    ),
    (
        pair("Ring {{ helpline.113 }} nå.", "Call now."),
        ("token-lost", "first.md", 8, "`first.1` has lost `{{ helpline.113 }}`"),
    ),
    (
        pair("Se [her](https://a.example/).", "See [here](https://b.example/)."),
        ("token-lost", "first.md", 8, "`first.1` has lost `](https://a.example/)`"),
    ),
    (
        pair(LONG, LONG),
        ("same-as-source", "first.md", 8, "`first.1` is the source text unchanged"),
    ),
    (
        pair("Sorgen varer.", "The sadness lasts."),
        (
            "glossary-other", "first.md", 8,
            "the source of `first.1` says `sorg`, which en renders by “grief” or “sorrow”",
        ),
    ),
]


@pytest.mark.parametrize(("wrong", "message"), FAILING, ids=[each[1][3] for each in FAILING])
def test_a_check_finds_what_it_is_for(tmp_path: Path, wrong: Pair, message: tuple[str, str, int, str]) -> None:
    assert message == said(version(tmp_path, unit(wrong)))[0]


def test_every_check_has_something_that_fails_it() -> None:
    unsigned = {"translation-unsigned", "translation-draft"}  # below
    assert {message[0] for _, message in FAILING} | unsigned == {check.id for check in VERSION_CHECKS}


@pytest.mark.parametrize("check", VERSION_CHECKS, ids=lambda check: check.id)
def test_every_check_says_what_why_whence_and_what_to_do(check: Check) -> None:
    for text in (check.title, check.rationale, check.source, check.remedy):
        assert len(text) > 5 and text == text.strip()
    assert check.rationale.endswith(".") and not check.remedy.endswith(".")


def test_a_text_that_has_hardly_been_begun_is_one_finding(tmp_path: Path) -> None:
    waiting = unit(*(pair(f"Setning {n}.", "", State.MISSING, n) for n in range(1, 6)), state=State.MISSING)
    assert said(version(tmp_path, waiting))[0] == (
        "translation-missing", "first.md", 8, "`first.1` is not translated: Setning 1. (and 4 more in first)",
    )
    assert len(said(version(tmp_path / "b", waiting))) == 2  # and that nobody has signed


def test_policy_warn_lets_a_stale_text_be_built_and_not_released(tmp_path: Path) -> None:
    stale = unit(pair("A.", "B.", State.STALE), state=State.STALE)
    for policy, severity in (("block", Severity.ERROR), ("pin", Severity.ERROR), ("warn", Severity.WARNING)):
        found = [each for each in checks.on_version(version(tmp_path / policy, stale, policy=Policy(policy)))]
        assert [(each.severity, each.blocks_release) for each in found if each.check == "translation-stale"] == [
            (severity, True)
        ]


def test_a_pinned_language_says_so_once(tmp_path: Path) -> None:
    stale = unit(pair("A.", "B.", State.STALE), pair("C.", None, State.MISSING), state=State.READY)
    finding = only(version(tmp_path, stale, policy=Policy("pin"), pinned=dt.date(2026, 3, 1)))
    assert finding.message == "the source has changed; built from the texts as they were on 2026-03-01"
    assert (finding.severity, finding.blocks_release) == (Severity.WARNING, False)


def test_a_chapter_that_is_not_there_is_an_error_or_left_out(tmp_path: Path) -> None:
    gone = Unit("second", ("second.md",), (), State.MISSING)
    first = checks.on_version(version(tmp_path / "a", gone))[0]
    assert (first.message, first.severity) == ("the text `second` is not there", Severity.ERROR)
    left = checks.on_version(version(tmp_path / "b", gone, policy=Policy(missing="leave-out")))[0]
    assert (left.message, left.severity) == ("the chapter `second` is not there and is left out", Severity.WARNING)


def test_what_nobody_signed_blocks_a_release(tmp_path: Path) -> None:
    finding = only(version(tmp_path, unit(pair("A.", "B."), state=State.UNSIGNED)))
    assert finding.message == "a reviewer has signed not first of en"
    assert (finding.check, finding.severity, finding.blocks_release) == ("translation-unsigned", Severity.WARNING, True)


def test_a_machines_translation_is_a_draft_until_it_is_signed(tmp_path: Path) -> None:
    waiting = version(tmp_path / "a", unit(pair("A.", "B."), state=State.UNSIGNED), origin="machine")
    ids = [(finding.check, finding.blocks_release) for finding in checks.on_version(waiting)]
    assert ids == [("translation-unsigned", True), ("translation-draft", True)]
    assert said(version(tmp_path / "b", unit(pair("A.", "B.")), origin="machine")) == []


def test_a_story_stands_as_it_was_told_in_its_own_language(tmp_path: Path) -> None:
    words = "Ei heilt vanleg setning på nynorsk, som mora sjølv skreiv."
    def told(language: str) -> Segment:
        place = Place(Path(f"/p/chapters/{language}/stories/lost.md"), 5)
        return Segment("story-lost.1", "stories/lost.md", "paragraph", words, place)

    subject = version(tmp_path, unit(Pair(told("nb"), told("nn"), State.READY)), language="nn")
    assert [each[0] for each in said(subject)] == ["same-as-source"]
    record = replace(subject.publication.stories["lost"], language="nn")
    own = replace(subject, publication=replace(subject.publication, stories={"lost": record}))
    assert said(own) == []


def test_order_of_tokens_is_free(tmp_path: Path) -> None:
    source = "Ring {{ helpline.113 }} eller {{ helpline.116123 }} [@a]."
    target = "Call [@a] {{ helpline.116123 }} or {{ helpline.113 }}."
    assert said(version(tmp_path, unit(pair(source, target)))) == []


def test_a_token_more_than_the_source_has_is_found(tmp_path: Path) -> None:
    found = said(version(tmp_path, unit(pair("Ring.", "Call {{ helpline.113 }} {{ helpline.113 }}."))))
    assert found == [
        ("token-lost", "first.md", 8, "`first.1` has what its source has not: `{{ helpline.113 }}` (2 times)"),
    ]


# --- the glossary

GLOSSARY = {
    "milk": {"nb": ("morsmelk",), "pl": ("mleko matki",), "ar": ("حليب الأم",)},
    "formula": {"nb": ("morsmelkerstatning",)},
    "nurse": {"nb": ("helsesykepleier",), "en": ("public health nurse",)},
    "breastfeeding": {"nb": ("amming",)},
}


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Helsesykepleierens råd om morsmelken", {"nurse", "milk"}),
        ("morsmelkerstatning", {"formula"}), ("Morsmelkerstatningen og morsmelk", {"formula", "milk"}),
        ("Ammingen", {"breastfeeding"}), ("Ammehjelpen", set()), ("", set()),
    ],
)
def test_terms_are_found_in_their_inflected_forms(text: str, terms: set[str]) -> None:
    assert terms_in(text, "nb", GLOSSARY) == terms


@pytest.mark.parametrize(
    ("text", "rendering", "holds_it"),
    [
        ("bez mleka matki", "mleko matki", True), ("mleko krowie", "mleko matki", False),
        ("وبحليب الأُم", "حليب الأم", True), ("الماء", "حليب الأم", False),
        ("the public-health nurses", "public health nurse", False),
        ("public health nurses", "public health nurse", True),
        ("w karmieniu piersią", "karmienie piersią", True), ("murugadii naasnuujinta", "murugada naasnuujinta", True),
    ],
)
def test_a_rendering_is_found_in_its_inflected_forms(text: str, rendering: str, holds_it: bool) -> None:
    assert holds(text, [rendering]) is holds_it


def test_what_arabic_writes_on_to_a_word_is_taken_off() -> None:
    assert words("والرضاعةُ للأم بالحليب") == ["رضاعة", "أم", "حليب"]
