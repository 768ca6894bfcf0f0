"""`hefte review`: who may sign what, what a signature is bound to, and what voids it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

import followkit
from buildkit import Said, hefte
from followkit import REVIEWER, TRANSLATOR, UNITS, change, recorded, signed, units
from hefte.errors import HefteError, UsageError
from hefte.model import State
from hefte.translation import recording, signing, versions

DAY = "1790000000"  # 2026-09-21


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return recorded(tmp_path, "se")


def sign(root: Path, *wanted: str, by: str = REVIEWER) -> signing.Signed:
    return signing.sign(followkit.load(root), "se", wanted or None, by=by)


def review_of(root: Path, unit: str) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((root / "chapters/se/review.toml").read_text(encoding="utf-8"))[unit]
    return table


def ready(root: Path) -> set[str]:
    return {unit for unit, state in units(root, "se").items() if state is State.READY}


# --- signing --------------------------------------------------------------------------------------------------------


def test_a_signature_is_of_one_text(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    done = sign(root, "rest")
    assert done == signing.Signed("se", ("rest",), ("talk", "colophon", "help", "back-cover", "language"))
    assert ready(root) == {"rest"}
    said = review_of(root, "rest")
    assert (said["signed_by"], said["signed_on"].isoformat(), len(said["signed"])) == (REVIEWER, "2026-09-21", 64)
    assert "signed" not in review_of(root, "talk")
    signature = next(unit for unit in followkit.state(root, "se").units if unit.id == "rest").signature
    assert signature is not None and (signature.by, signature.digest) == (REVIEWER, said["signed"])


def test_all_signs_everything_and_language_toml_too(root: Path) -> None:
    assert sign(root) == signing.Signed("se", UNITS, ())
    assert ready(root) == set(UNITS)


def test_a_text_named_twice_is_signed_once(root: Path) -> None:
    assert sign(root, "rest", "language", "rest").units == ("rest", "language")


# one change in the target, in the source, or in how the text is built
@pytest.mark.parametrize(("file", "old", "new", "unit"), [
    ("se/rest.md", "Borramuš beavddis.", "Borramuš beavddis", "rest"),
    ("se/rest.md", "title: Vuoiŋŋasteapmi", "title: Vuoiŋŋasteapmi!", "rest"),
    ("se/rest.md", "summary: Veaháš", "summary: Veahaš", "rest"),
    ("se/talk.md", "::: remember", "::: seek-help", "talk"),
    ("se/talk.md", "## Go lea váttis", "### Go lea váttis", "talk"),
    ("se/stories/heard.md", "Ruoŧas", "ruoŧas", "talk"),
    ("se/language.toml", 'contents = "Sisdoallu"', 'contents = "Sisdoalu"', "language"),
])
def test_one_changed_character_voids_it(tmp_path: Path, file: str, old: str, new: str, unit: str) -> None:
    root = signed(tmp_path, "se")
    before = (root / "chapters/se/review.toml").read_bytes()
    change(root, file, old, new)
    assert ready(root) == set(UNITS) - {unit}
    assert units(root, "se")[unit] is State.UNSIGNED
    assert (root / "chapters/se/review.toml").read_bytes() == before  # the line stays until something is written


def test_a_changed_source_voids_it(tmp_path: Path) -> None:
    root = signed(tmp_path, "se")
    change(root, "nb/rest.md", "Mat på bordet.", "Varm mat på bordet.")
    assert units(root, "se")["rest"] is State.STALE
    assert next(unit for unit in followkit.state(root, "se").units if unit.id == "rest").pairs
    recording.record(followkit.load(root), "se", ("rest",))
    assert units(root, "se")["rest"] is State.UNSIGNED  # current again, and of another source than was signed


def test_the_character_put_back_makes_it_hold_again(tmp_path: Path) -> None:
    root = signed(tmp_path, "se")
    for old, new in (("Borramuš", "borramuš"), ("borramuš", "Borramuš")):
        change(root, "se/rest.md", f"- {old} beavddis", f"- {new} beavddis")
    assert ready(root) == set(UNITS)


# --- who and what is refused ----------------------------------------------------------------------------------------


def refused(root: Path, *wanted: str, by: str = REVIEWER, lang: str = "se") -> list[str]:
    with pytest.raises(UsageError) as caught:
        signing.sign(followkit.load(root), lang, wanted or None, by=by)
    errors: list[HefteError] = [caught.value, *caught.value.also]
    assert {error.exit_code for error in errors} == {2}
    return [error.line(root) for error in errors]


@pytest.mark.parametrize("name", [TRANSLATOR, "ada lovelace", "  ADA\u00a0 LOVELACE ", "Ａda Lovelace"])
def test_nobody_signs_a_translation_of_her_own(root: Path, name: str) -> None:
    before = (root / "chapters/se/review.toml").read_bytes()
    [said] = refused(root, "rest", by=name)
    assert said.endswith(
        "translated `rest`, and nobody signs a translation of her own; let somebody else who knows both languages read "
        "it and sign"
    )
    assert (root / "chapters/se/review.toml").read_bytes() == before


def test_the_translator_of_one_text_may_sign_another(root: Path) -> None:
    recording.record(followkit.load(root), "se", ("rest",), by=REVIEWER)
    assert sign(root, "talk").units == ("talk",)
    assert len(refused(root, "rest", "talk")) == 1


def test_what_is_not_ready_cannot_be_signed(root: Path) -> None:
    change(root, "nb/rest.md", "Mat på bordet.", "Varm mat på bordet.")
    change(root, "se/rest.md", "Áibmu lanjas.", "[…]")
    change(root, "nb/talk.md", "Det er ikke din feil.", "Det er aldri din feil.")
    remedy = "bring it up to date, then `hefte translate record`"
    assert refused(root, "rest", "help", "talk") == [
        f"chapters/se/rest.md:10: `rest.3` is stale, so `rest` cannot be signed; {remedy}",
        f"chapters/se/rest.md:11: `rest.4` is missing, so `rest` cannot be signed; {remedy}",
        f"chapters/se/talk.md:23: `talk.8` is stale, so `talk` cannot be signed; {remedy}",
    ]
    assert ready(root) == set()


def test_a_chapter_that_is_not_there_cannot_be_signed(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se", policy='missing = "leave-out"')
    (root / "chapters/se/rest.md").unlink()
    assert refused(root, "rest") == [
        "`rest` is not there; translate it first: `hefte translate update` makes it",
    ]
    assert sign(root) == signing.Signed("se", tuple(unit for unit in UNITS if unit != "rest"), ())


@pytest.mark.parametrize(("lang", "wanted", "by", "said"), [
    ("nb", "rest", REVIEWER, "nb is the source language, which is translated from nothing; sign its translations"),
    ("sme", "rest", REVIEWER, "the publication has no language `sme`; did you mean `se`?"),
    ("se", "rset", REVIEWER, "se has no text `rset`; did you mean `rest`?"),
    ("se", "rest", "  ", "`  ` is no name; name the reviewer: --by \"Grete Roede\""),
    ("se", "rest", "12", "`12` is no name; name the reviewer: --by \"Grete Roede\""),
])
def test_what_cannot_be_signed_at_all(root: Path, lang: str, wanted: str, by: str, said: str) -> None:
    assert refused(root, wanted, by=by, lang=lang) == [said]


# --- taking it back -------------------------------------------------------------------------------------------------


def test_void_takes_one_signature_away(tmp_path: Path) -> None:
    root = signed(tmp_path, "se")
    assert signing.void(followkit.load(root), "se", ("rest",)) == signing.Signed("se", ("rest",), ("rest",))
    assert ready(root) == set(UNITS) - {"rest"}
    assert "signed_by" not in review_of(root, "rest")
    with pytest.raises(UsageError, match="nobody has signed `rest` of se"):
        signing.void(followkit.load(root), "se", ("rest",))
    assert signing.void(followkit.load(root), "se", None).units == tuple(unit for unit in UNITS if unit != "rest")
    assert ready(root) == set()


# --- what follows from it -------------------------------------------------------------------------------------------


def test_a_machine_s_translation_that_is_signed_throughout_is_no_draft_any_more(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se", origin="machine")
    for wanted in ((), ("talk", "rest", "colophon", "help", "back-cover")):
        if wanted:
            sign(root, *wanted)
        book, findings = versions.read(followkit.load(root), "se")
        assert book.draft and book.language.reviewers == ()
        assert [finding.check for finding in findings] == ["translation-unsigned", "translation-draft"]
    sign(root, "language", by="Per Hansen")
    book, findings = versions.read(followkit.load(root), "se")
    assert (book.draft, findings) == (False, ())
    assert book.language.reviewers == (REVIEWER, "Per Hansen")


def test_reviewers_of_language_toml_are_named_after_those_who_signed(tmp_path: Path) -> None:
    root = recorded(tmp_path, "se")
    change(root, "se/language.toml", 'translator = "Ada Lovelace"', 'translator = "Ada Lovelace"\nreviewers = ["Siri", '
                                                                    f'"{REVIEWER}"]')
    assert versions.read(followkit.load(root), "se")[0].language.reviewers == ("Siri", REVIEWER)
    sign(root)
    assert versions.read(followkit.load(root), "se")[0].language.reviewers == (REVIEWER, "Siri")


# --- the command ----------------------------------------------------------------------------------------------------


def test_the_command(root: Path) -> None:
    assert hefte("review", "sign", "se", "rest", "--by", " Grete  Roede", cwd=root) == Said(
        0, "se: rest: signed by Grete Roede\nse: not signed yet: talk, colophon, help, back-cover, language\n", ""
    )
    done = hefte("review", "sign", "se", "--all", "--by", REVIEWER, "--json", cwd=root)
    assert json.loads(done.out) == {"language": "se", "units": list(UNITS), "waiting": [], "signed_throughout": True}
    again = hefte("review", "sign", "se", "--all", "--by", REVIEWER, cwd=root)
    assert again.out.splitlines()[-1] == (
        "se: every text is signed; `hefte check --release` tells what else a release needs"
    )
    assert hefte("review", "sign", "se", "--all", "--by", REVIEWER, "--quiet", cwd=root) == Said(0, "", "")
    assert hefte("review", "void", "se", "rest", cwd=root) == Said(
        0, "se: rest: no longer signed\nse: not signed yet: rest\n", ""
    )


@pytest.mark.parametrize(("words", "said"), [
    (("sign", "se", "--by", "G R"), "no chapter to sign is named; name one, or say --all"),
    (("void", "se"), "no chapter to void is named; name one, or say --all"),
    (("void", "se", "rest", "--all"), "both --all and rest are named; name the chapters, or say --all"),
    (("void", "nb", "--all"), "nb is the source language, which is translated from nothing; sign its translations"),
    (("sign", "se", "rest"), "Missing option '--by'; see hefte --help"),
])
def test_wrong_usage(root: Path, words: tuple[str, ...], said: str) -> None:
    assert hefte("review", *words, cwd=root) == Said(2, "", f"hefte: {said}\n")
