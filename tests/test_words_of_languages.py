"""What is each language's own: quotation marks, script, and that a text is in the language of its folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wordkit
from hefte import cache, checks, transforms
from hefte.checks import language_wrong, quote_mismatch, script_wrong
from hefte.model import Book, Finding, Severity
from hefte.quotes import normalised
from hefte.scripts import script, script_of
from wordkit import Change, text

COLOPHON = "chapters/nb/colophon.md"


@pytest.mark.parametrize(
    ("language", "written", "set_as"),
    [
        ("nb", 'Hun sa "ja" og “nei «kanskje» da”.', "Hun sa «ja» og «nei ‘kanskje’ da»."),
        ("nb", "«Jeg sa 'nei' til henne»", "«Jeg sa ‘nei’ til henne»"),
        ("pl", '"Powiedziała "tak" i poszła"', "„Powiedziała «tak» i poszła”"),
        ("uk", "“а „б“ в”", "«а „б“ в»"),
        ("en", "“mothers’ milk” and “'tis so”", "“mothers’ milk” and “'tis so”"),
        ("en", '"one"—"two"', "“one”—“two”"),
        ("de", "»a« “b”", "„a“ „b“"),
        ("se", '"a" “b”', "”a” ”b”"),
        ("ar", 'قالت "نعم" ثم «لا»', "قالت ”نعم“ ثم ”لا“"),
        ("fa", '"الف «ب» پ"', "«الف ‹ب› پ»"),
        ("th", '"ก "ข" ค"', "“ก ‘ข’ ค”"),
        ("nb", "det er mødres’ og barns’", "det er mødres’ og barns’"),
    ],
)
def test_quotation_marks_become_the_languages_own(language: str, written: str, set_as: str) -> None:
    assert normalised(written, language) == (set_as, None)


@pytest.mark.parametrize(("written", "at"), [("a «b", 2), ("a» b", 1), ("«a «b» c", 0), ('"', 0)])
def test_a_mark_without_a_counterpart_changes_nothing(written: str, at: int) -> None:
    assert normalised(written, "nb") == (written, at)


@given(st.text("ab \"“”„«»'‘’‹›,."), st.sampled_from(["nb", "pl", "ar", "se", "fr"]))
def test_length_and_letters_stay_and_what_is_normal_stays_so(written: str, language: str) -> None:
    once, _ = normalised(written, language)
    assert len(once) == len(written)
    assert [sign for sign in once if sign.isalnum() or sign.isspace()] == [
        sign for sign in written if sign.isalnum() or sign.isspace()
    ]


def test_marks_are_set_across_emphasis_and_left_alone_in_other_languages(tmp_path: Path) -> None:
    body = 'Hun sa "*ja* og "nei"", og [“yes”]{lang=en}, `"kode"`.\n\n"Uten ende.'
    book = transforms.apply(wordkit.read(tmp_path, {COLOPHON: text(body)}), "print")
    assert "Hun sa «<em>ja</em> og ‘nei’», og <span lang=\"en\">“yes”</span>" in book.matter["colophon"].body
    assert '<code>"kode"</code>' in book.matter["colophon"].body
    assert '"Uten ende.' in book.matter["colophon"].body


def test_a_mark_without_a_counterpart_is_named_by_its_line(tmp_path: Path) -> None:
    book = wordkit.read(tmp_path, {COLOPHON: text("a\nb «c\n\nd» e\n\n[f “g]{lang=en} h")})
    found = [(finding.line, finding.message) for finding in quote_mismatch.CHECK.run(book)]
    assert found == [(7, "« has no counterpart"), (9, "» is the wrong way round for nb")]


def test_scripts_are_what_cldr_and_unicode_say() -> None:
    expected = {
        "nb": "Latn", "se": "Latn", "pl": "Latn", "uk": "Cyrl", "so": "Latn", "vi": "Latn", "ar": "Arab", "fa": "Arab",
        "fa-AF": "Arab", "ur": "Arab", "ckb": "Arab", "ti": "Ethi", "th": "Thai", "ta": "Taml", "sr-Latn": "Latn",
        "zh-Hant": "Hant",
    }
    assert {name: script_of(name) for name in expected} == expected
    assert [script(letter) for letter in "aбع1 ።"] == ["Latn", "Cyrl", "Arab", "", "", "Ethi"]


def found(book: Book, check: object) -> list[tuple[str, int | None, str]]:
    """Name of the file, line, message."""
    run = check.CHECK.run  # type: ignore[attr-defined]
    return [(finding.path.name, finding.line, finding.message) for finding in run(book)]


def other(language: str, **files: str) -> dict[str, Change]:
    """The small publication with a second language: the first one's files but for `files`."""
    changes: dict[str, Change] = {
        name.replace("/nb/", f"/{language}/"): content for name, content in wordkit.FILES.items() if "/nb/" in name
    }
    return changes | {f"chapters/{language}/{name}.md": text(body) for name, body in files.items()}


def test_a_text_in_another_script_is_an_error(tmp_path: Path) -> None:
    arabic = "هذا نص قصير باللغة العربية عن الحزن والرضاعة."
    changes = other("ar", first=f"{arabic}\n\nDette er fremdeles norsk, hele avsnittet.")
    said = "the text is mostly in the script Latn, and ar is written in Arab"
    assert ("first.md", 8, said) in found(wordkit.read(tmp_path, changes, lang="ar"), script_wrong)
    assert found(wordkit.read(tmp_path, lang="nb"), script_wrong) == []


def test_marked_foreign_words_and_short_names_are_let_pass(tmp_path: Path) -> None:
    arabic = "اذهبي إلى [helsestasjon eller legevakt eller sykehus]{lang=nb} غدا.\n\nAmmehjelpen"
    book = wordkit.read(tmp_path, other("ar", first=arabic), lang="ar")
    assert [each for each in found(book, script_wrong) if each[0] == "first.md"] == []


def test_a_word_of_two_scripts_is_a_warning(tmp_path: Path) -> None:
    book = wordkit.read(tmp_path, {COLOPHON: text("En mоr.")})  # the second letter is Cyrillic
    [finding] = script_wrong.CHECK.run(book)
    assert finding.message == "the word “mоr” has letters of Cyrl and Latn"
    assert (finding.line, finding.severity) == (6, Severity.WARNING)


POLISH = "Wiele matek przeżywa smutek, kiedy karmienie piersią kończy się zbyt wcześnie albo wcale się nie udaje."
NORWEGIAN = "Mange mødre kjenner sorg når ammingen tar slutt for tidlig, eller aldri blir slik de hadde håpet på."
NYNORSK = "Mange mødrer kjenner sorg når amminga tek slutt for tidleg, eller aldri blir slik dei hadde vona."
SOMALI = "Hooyooyin badan ayaa dareema murugo marka naas-nuujintu ay si degdeg ah u dhammaato ama aysan hirgelin."
SORANI = "زۆربەی دایکان هەست بە خەم دەکەن کاتێک شیردان زوو کۆتایی دێت یان هەرگیز وەک خواستیان نابێت."


@pytest.mark.parametrize(
    ("language", "good"), [("pl", POLISH), ("nn", NYNORSK), ("so", SOMALI), ("ckb", SORANI)],
)
def test_a_paragraph_left_in_the_source_language_is_found(
    tmp_path: Path, language: str, good: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    book = wordkit.read(tmp_path / "p", other(language, first=f"{good}\n\n{NORWEGIAN}"), lang=language)
    expected = [("first.md", 8, f"the text seems to be nb, not {language}")]
    assert [each for each in found(book, language_wrong) if each[0] == "first.md"] == expected
    kept = b"".join(path.read_bytes() for path in cache.folder().rglob("*") if path.is_file())
    assert b'"nb"' in kept and b"ammingen" not in kept and b"Mange" not in kept
    assert [each for each in found(book, language_wrong) if each[0] == "first.md"] == expected


def test_another_languages_folder_is_found_though_the_publication_has_it_not(tmp_path: Path) -> None:
    book = wordkit.read(tmp_path, other("so", first=POLISH), lang="so")
    assert ("first.md", 6, "the text seems to be pl, not so") in found(book, language_wrong)


def test_the_source_language_and_what_says_its_language_are_not_asked(tmp_path: Path) -> None:
    assert found(wordkit.read(tmp_path / "a", {COLOPHON: text(POLISH)}), language_wrong) == []
    book = wordkit.read(tmp_path / "b", other("pl", first=f"[{NORWEGIAN}]{{lang=nb}}\n\n{POLISH}"), lang="pl")
    assert [each for each in found(book, language_wrong) if each[0] == "first.md"] == []


HIDING = [
    ("\u202e", "202E (right-to-left override)"), ("\u2066", "2066 (left-to-right isolate)"),
    ("\u200f", "200F (right-to-left mark)"), ("\u061c", "061C (arabic letter mark)"),
    ("\ufeff", "FEFF (zero width no-break space)"), ("\U000e0041", "E0041 (tag latin capital letter a)"),
]


@pytest.mark.parametrize(("sign", "name"), HIDING, ids=[name for _, name in HIDING])
def test_what_turns_or_hides_text_is_refused(tmp_path: Path, sign: str, name: str) -> None:
    [said] = wordkit.complaints(tmp_path, {COLOPHON: text(f"a\nb{sign}c")})
    assert said == (
        f"{COLOPHON}:7: invisible character U+{name}, which can hide or turn around what is read; "
        "delete it; numbers and foreign words are kept in their order anyway"
    )


def test_joiners_belong_to_the_spelling(tmp_path: Path) -> None:
    book = wordkit.read(tmp_path, {COLOPHON: text("می\u200cخواهم\u200d و\u200bب")})
    assert "می\u200cخواهم\u200d و\u200bب" in book.matter["colophon"].body


def test_findings_carry_the_language(tmp_path: Path) -> None:
    book = wordkit.read(tmp_path, other("pl", first=NORWEGIAN), lang="pl")
    mine: list[Finding] = [each for each in checks.on_book(book) if each.check == "language-wrong"]
    assert {each.language for each in mine} == {"pl"}


# --- a story whose consent does not cover translation


@pytest.mark.parametrize("with_text", [True, False])
def test_a_story_that_may_not_be_translated_is_in_no_translation(tmp_path: Path, with_text: bool) -> None:
    changes = other("nn", first=f"{NYNORSK}\n\n::: story lost\n:::\n")
    if not with_text:
        changes["chapters/nn/stories/lost.md"] = None
    book = wordkit.read(tmp_path, changes, lang="nn")
    assert [each for each in checks.on_book(book) if each.check == "story-unknown"] == []
    done = transforms.apply(book, "print")
    assert "tungt" not in done.chapters[0].body
    said = "the story `lost` is left out of print: its consent does not cover translation"
    assert [each.message for each in checks.left_out(done)] == ([said] if with_text else [])
    assert "tungt" in transforms.apply(wordkit.read(tmp_path), "print").chapters[0].body


def test_a_story_is_told_in_the_language_that_it_came_in(tmp_path: Path) -> None:
    changes = other("nn", first="::: story lost\n:::\n")
    changes["chapters/stories.toml"] = ('language = "nb"', 'language = "nn"')
    book = transforms.apply(wordkit.read(tmp_path, changes, lang="nn"), "print")
    assert "tungt" in book.chapters[0].body
