"""How a text reads: pictographs, typed lists, doubled words, short forms, capitals, long sentences, LIX."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wordkit
from hefte import publication, sources
from hefte.checks import (
    abbreviation,
    acronym,
    bullet_typed,
    emoji_bullet,
    own_words,
    reading_level,
    sentence_long,
    tables,
    word_doubled,
)
from hefte.checks.frame import Check
from hefte.checks.prose import RECORD, passages
from hefte.checks.readability import lix
from hefte.checks.sentences import sentences, words
from hefte.model import Book, Severity
from wordkit import Change, text

ROOT = Path(__file__).resolve().parents[1]
COLOPHON = "chapters/nb/colophon.md"
LONG = "Ord" + " ord" * 30 + "."
HARD = "Helsesykepleierutdanningen forutsetter yrkespraksis innenfor barselomsorgsavdelinger. " * 10


def said(check: Check, book: Book, folder: Path) -> list[str]:
    """`path:line: message`, and what to do where that is not what the check always says."""
    found = list(check.run(book))
    assert {finding.check for finding in found} <= {check.id}
    assert {finding.severity for finding in found} <= {Severity.WARNING}
    lines = []
    for finding in found:
        assert finding.path is not None
        remedy = "" if finding.remedy == check.remedy else f"; {finding.remedy}"
        lines.append(f"{finding.path.relative_to(folder).as_posix()}:{finding.line}: {finding.message}{remedy}")
    return lines


AT = f"{COLOPHON}:6: "
FAILING: list[tuple[Check, str, list[str]]] = [
    (emoji_bullet.CHECK, "✨ Først", [AT + "✨ (sparkles) stands as a bullet"]),
    (emoji_bullet.CHECK, "Kort\n👉 Så", [f"{COLOPHON}:7: 👉 (white right pointing backhand index) stands as a bullet"]),
    (emoji_bullet.CHECK, "- ✔ a\n- ➤ b", [
        AT + "✔ (heavy check mark) stands as a bullet",
        f"{COLOPHON}:7: ➤ (black rightwards arrowhead) stands as a bullet",
    ]),
    (emoji_bullet.CHECK, "## Trøst ❤️ her", [AT + "❤ (heavy black heart) stands in a heading"]),
    (emoji_bullet.CHECK, "## Nytt \U0001fadf", [AT + "\U0001fadf (U+1FADF) stands in a heading"]),
    (bullet_typed.CHECK, "• Først\n• Så", [AT + "`•` is typed as a bullet"]),
    (bullet_typed.CHECK, "Ta med:\n– melk\n– brød", [f"{COLOPHON}:7: `–` is typed as a bullet"]),
    (word_doubled.CHECK, "a\nHun og\nog han", [f"{COLOPHON}:8: “og og”: the same word twice; "]),
    (word_doubled.CHECK, "Og og han", [AT + "“Og og”: the same word twice"]),
    (abbreviation.CHECK, "a\nDet kan f.eks. være", [f"{COLOPHON}:7: `f.eks.` is a short form; write “for eksempel”"]),
    (abbreviation.CHECK, "Det kan F. eks. være", [AT + "`F. eks.` is a short form; write “for eksempel”"]),
    (abbreviation.CHECK, "Melk, brød osv.", [AT + "`osv.` is a short form; write “og så videre”"]),
    (acronym.CHECK, "Spør BUP om råd. BUP svarer.", [AT + "BUP is not explained"]),
    (acronym.CHECK, "Ta en CT-undersøkelse.", [AT + "CT is not explained"]),
    (acronym.CHECK, "Spør BUP. Det er barnepsykiatrien (BUP).", [AT + "BUP is not explained"]),
    (sentence_long.CHECK, f"Kort.\n{LONG}", [
        f"{COLOPHON}:7: a sentence of 31 words, more than 30: “Ord ord ord ord ord ord …”",
    ]),
    (reading_level.CHECK, HARD, [f"{COLOPHON}:1: `colophon` reads at LIX 101, above 40"]),
]


@pytest.mark.parametrize(("check", "body", "expected"), FAILING, ids=[f"{c.id}: {e[0]}" for c, _, e in FAILING])
def test_a_text_that_reads_badly_is_told(tmp_path: Path, check: Check, body: str, expected: list[str]) -> None:
    book = wordkit.read(tmp_path, {COLOPHON: text(body)})
    assert said(check, book, tmp_path) == [line.removesuffix("; ") for line in expected]


PASSING: list[tuple[Check, str]] = [
    (emoji_bullet.CHECK, "Hun smilte ❤️ og gikk. 37 °C. © 2026 ™"),
    (emoji_bullet.CHECK, "© Ammehjelpen"),
    (bullet_typed.CHECK, "– Ja, sa hun.\n\n– Nei, sa han.\n\n- melk\n- brød"),
    (bullet_typed.CHECK, "3 · 4\n*uthevet*"),
    (word_doubled.CHECK, "Hun så det det gjaldt."),
    (word_doubled.CHECK, "Hun gikk. Gikk han? 2 2 barn-barn barn"),
    (word_doubled.CHECK, "Hun sa *og* og [og]{lang=nn} og [@brown2019] og"),
    (word_doubled.CHECK, "[the the]{lang=sw}"),
    (abbreviation.CHECK, "Kl. 18 og s. 4 hos dr. Vik. Det er min. Cabo."),
    (abbreviation.CHECK, "`f.eks.` og [f.eks.]{lang=uk}"),
    (acronym.CHECK, "BUP (barne- og ungdomspsykiatrien) hjelper. Spør BUP."),
    (acronym.CHECK, "Spør barne- og ungdomspsykiatrien (BUP). BUP-en svarer."),
    (acronym.CHECK, "Del IV og XII, på TV og i EU. [BUP]{lang=en} `BUP`"),
    (acronym.CHECK, "IKKE RØR"),
    (sentence_long.CHECK, "Ord" + " ord" * 29 + ". Ord" + " ord" * 29 + "!"),
    (sentence_long.CHECK, " ".join(["ord"] * 28) + " [ord ord ord ord]{lang=en} {{ helpline.113 }}."),
    (reading_level.CHECK, "Barnet sover. Moren hviler nå. " * 30),
    (reading_level.CHECK, "Helsesykepleierutdanningen forutsetter yrkespraksis."),
]


@pytest.mark.parametrize(("check", "body"), PASSING, ids=[f"{check.id}: {body[:40]}" for check, body in PASSING])
def test_what_is_right_is_let_be(tmp_path: Path, check: Check, body: str) -> None:
    assert said(check, wordkit.read(tmp_path, {COLOPHON: text(body)}), tmp_path) == []


def test_what_a_publication_knows_needs_no_explanation(tmp_path: Path) -> None:
    body = text("Spør BUP, PMTO, ABC og NHI.")
    changes: dict[str, Change] = {
        COLOPHON: body, "chapters/glossary.toml": '[bup]\nnb = "BUP"\n',
        "chapters/nb/words.txt": "# kjent\nPMTO\nABC # og\n",
    }
    assert said(acronym.CHECK, wordkit.read(tmp_path, changes), tmp_path) == [AT + "NHI is not explained"]
    assert own_words.listed(tmp_path, "nb") == ("PMTO", "ABC")


def test_what_is_known_are_the_terms_and_the_names_in_the_records(tmp_path: Path) -> None:
    changes: dict[str, Change] = {
        "chapters/publication.toml": ("https://example.org/\"", "https://Tinypress.example.org/\""),
        "chapters/nb/words.txt": "amming/samling # av og til\n",
    }
    book = wordkit.read(tmp_path, changes)
    named = {"The", "Tiny", "Press", "Tinypress", "Nødhjelp", "Noen"}
    assert own_words.impersonal(book, "nb") == {"sorg", *named}
    cited = {"Amy", "Brown", "Pinter", "Martin", "Kari", "Nordmann"}
    assert own_words.known(book, "nb") == {"sorg", "amming", *named, *cited}
    assert own_words.known(book, "en") == named | cited
    assert own_words.dictionary(tmp_path, "nb") == ("noe", "noen", "amming/samling")
    assert own_words.dictionary(tmp_path, "xx") == ()


def test_all_that_a_language_says_is_read_in_its_order(tmp_path: Path) -> None:
    found = [passage for passage in passages(wordkit.read(tmp_path)) if passage.kind == "string"]
    assert {(passage.language, passage.place.path.name) for passage in found} == {("nb", "language.toml")}
    assert [passage.words for passage in found] == [
        "Et lite hefte", "Om ingenting", "Et hefte for prøver.", "Til alle",
        *(f"({label})" for label in wordkit.LABELS),
        "Trykt hefte", "Hefte for kontorskriver", "PDF for skjerm", "E-bok", "Tospråklig utgave",
        "Nødhjelp", "Når det er akutt.", "Hele døgnet", "Noen å snakke med", "Når du vil snakke.", "Hele døgnet",
    ]


def test_a_passage_is_in_the_language_of_what_is_around_it(tmp_path: Path) -> None:
    body = "Her.\n\n{lang=nn}\nDer.\n\n{lang=en}\n::: remember\nThere.\n\n- Too\n:::\n"
    story = "---\ntitle: Nærleik\nlang: nn\n---\n\nHo las.\n"
    changes: dict[str, Change] = {COLOPHON: text(body), "chapters/nb/stories/lost.md": story}
    found = [passage for passage in passages(wordkit.read(tmp_path, changes)) if passage.kind != "string"]
    assert [
        (passage.words, passage.language, passage.story) for passage in found
        if passage.place.path.name in ("colophon.md", "lost.md")
    ] == [
        ("Tittel", "nb", ""), ("Kort sagt.", "nb", ""), ("Her.", "nb", ""), ("Der.", "nn", ""), ("There.", "en", ""),
        ("Too", "en", ""), ("Nærleik", "nn", "lost"), ("Ho las.", "nn", "lost"),
    ]


def test_a_table_is_asked_by_the_whole_tag_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "table", lambda name: {"fa": {"of": name}, "fa-AF": {"of": "Dari"}})
    assert tables.of_language("x", "fa-AF") == {"of": "Dari"}
    assert tables.of_language("x", "fa-IR") == tables.of_language("x", "fa") == {"of": "x"}
    assert tables.of_language("x", "nb") == {}


def test_a_language_of_its_own_is_judged_by_its_own_table(tmp_path: Path) -> None:
    body = text("Hun sa [for example]{lang=en}.")
    assert said(abbreviation.CHECK, wordkit.read(tmp_path, {COLOPHON: body}), tmp_path) == []
    story = "---\ntitle: Nærleik\nlang: nn\n---\n\nHo las t.d. bøker.\n"
    book = wordkit.read(tmp_path, {"chapters/nb/stories/lost.md": story})
    assert said(abbreviation.CHECK, book, tmp_path) == [
        "chapters/nb/stories/lost.md:6: `t.d.` is a short form; write “til dømes”",
    ]


def test_a_quotation_is_not_asked_how_it_reads(tmp_path: Path) -> None:
    story = f"---\ntitle: Nærheten\n---\n\n{HARD}\n"
    retold = wordkit.read(tmp_path / "a", {"chapters/nb/stories/lost.md": story})
    assert [finding.message for finding in reading_level.CHECK.run(retold)] == ["`lost` reads at LIX 105, above 40"]
    quoted = wordkit.STORIES.replace('"retold"', '"quote"')
    changes: dict[str, Change] = {"chapters/nb/stories/lost.md": story, "chapters/stories.toml": quoted}
    assert list(reading_level.CHECK.run(wordkit.read(tmp_path / "b", changes))) == []


def test_a_passage_has_no_marks_of_notes_and_one_sign_for_a_record(tmp_path: Path) -> None:
    book = wordkit.read(tmp_path, {COLOPHON: text("Ring {{ helpline.113 }} nå[^a] [@web].\n\n[^a]: Når det haster.")})
    found = [passage.words for passage in passages(book) if passage.place.path.name == "colophon.md"]
    assert found == ["Tittel", "Kort sagt.", f"Ring {RECORD} nå .", "Når det haster."]


def pictured(folder: Path, body: str) -> Book:
    changes: dict[str, Change] = {COLOPHON: text(body), "chapters/nb/figures/a.svg": wordkit.PICTURE}
    return wordkit.read(folder, changes)


@pytest.mark.parametrize(
    ("check", "alt", "expected"),
    [
        (emoji_bullet.CHECK, "✨ To stoler", "✨ (sparkles) stands as a bullet"),
        (word_doubled.CHECK, "To to stoler", "“To to”: the same word twice"),
        (abbreviation.CHECK, "To stoler osv.", "`osv.` is a short form; write “og så videre”"),
        (acronym.CHECK, "Stolene hos BUP", "BUP is not explained"),
        (sentence_long.CHECK, LONG, "a sentence of 31 words, more than 30: “Ord ord ord ord ord ord …”"),
    ],
)
def test_what_is_said_for_a_picture_and_below_it_is_read(
    tmp_path: Path, check: Check, alt: str, expected: str,
) -> None:
    in_line = pictured(tmp_path / "a", f"Her\n![{alt}](figures/a.svg) her.")
    assert said(check, in_line, tmp_path / "a") == [AT + expected]
    alone = pictured(tmp_path / "b", f'Her.\n\n![Stoler](figures/a.svg "{alt}")')
    assert said(check, alone, tmp_path / "b") == [f"{COLOPHON}:8: {expected}"]
    foreign = pictured(tmp_path / "c", f"Her ![{alt}](figures/a.svg){{lang=sw}} her.")
    assert said(check, foreign, tmp_path / "c") == [
        AT + expected for each in [check] if each not in (word_doubled.CHECK, abbreviation.CHECK)
    ]


def test_pictures_stand_where_they_are_read_and_do_not_make_a_text_easier(tmp_path: Path) -> None:
    body = 'Først.\n\n![Stoler](figures/a.svg "To stykker.")\n\nSå ![BUP (barnepsykiatrien)](figures/a.svg) og BUP.'
    book = pictured(tmp_path / "a", body)
    found = [passage for passage in passages(book) if passage.place.path.name == "colophon.md"]
    assert [(passage.kind, passage.words) for passage in found[2:]] == [
        ("p", "Først."), ("alt", "Stoler"), ("figcaption", "To stykker."), ("p", "Så  og BUP."),
        ("alt", "BUP (barnepsykiatrien)"),
    ]
    easy = pictured(tmp_path / "b", HARD + "![En ku](figures/a.svg) " * 100)
    assert said(reading_level.CHECK, easy, tmp_path / "b") == [f"{COLOPHON}:1: `colophon` reads at LIX 101, above 40"]


@pytest.mark.parametrize("language", ["nb", "nn", "en", "ar", "pl", "uk", "so"])
def test_the_shipped_texts_read_well(language: str) -> None:
    book = sources.read(publication.load(ROOT), language)
    checks = {check for check, _, _ in FAILING} | {check for check, _ in PASSING}
    assert len(checks) == 7
    assert [finding.message for check in checks for finding in check.run(book)] == []


# --- LIX


def test_lix_counts_as_bjornsson_does() -> None:
    assert lix(["Barnet sover. Moren hviler nå."], "nb") == 5 / 2 + 0
    assert lix(["Fødselsdepresjon er vanlig: Spør fastlegen!"], "nb") == 5 / 2 + 100 * 2 / 5
    assert lix(["Ta med: melk, brød."], "nb") == 4
    assert lix(["Overskrift", "Barnet sover kl. 18 nå."], "nb") == 5 / 2 + 100 / 5
    assert lix(["", "2026"], "nb") == 0
    assert lix(["En e-post-adresse sa: «Ja takk!»"], "nb") == 5 / 2 + 100 / 5


# --- sentences


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        ("nb", "Hun kom 1. mai. Han gikk 3. juni 2024.", 2),
        ("nb", "Det er f.eks. Oslo. Så bl.a. Bergen osv. Men ikke mer.", 3),
        ("nb", "Ring kl. 18. Kl. 19 stenger det.", 2),
        ("nb", "«Kommer du?» spurte hun. «Ja!» sa han.", 2),
        ("nb", "«Kommer du?» Hun spurte.", 2),
        ("nb", "Hun heter K. A. Vik og bor her. Ja …", 2),
        ("nb", "Det koster 3.50 kr. på nett.no. Slik er det (nesten.) Ja.", 3),
        ("en", "Dr. Brown said so, e.g. Monday. Then she left at 5 p.m. Nobody knew!", 3),
        ("en", "Is it? No... maybe. Wait?! Yes.", 4),
        ("pl", "Lubi m.in. Kraków i np. Gdynię. Ma 2. dziecko.", 2),
        ("uk", "Це напр. Київ, вул. Хрещатик. Так.", 2),
        ("de", "Am 1. Mai kam sie. Dr. Weiß ging.", 2),
        ("ar", "هل تعرفين؟ نعم. هذا صحيح!", 3),
        ("ur", "یہ ہے۔ وہ نہیں۔", 2),
        ("ti", "ሓደ ነገር። ካልእ።", 2),
        ("so", "Waa run. Maya.", 2),
    ],
)
def test_a_stop_does_not_end_every_sentence(language: str, written: str, expected: int) -> None:
    assert len(list(sentences(written, language))) == expected


def test_a_text_of_stops_takes_no_longer_than_one_of_words() -> None:
    assert len(list(sentences("A. " * 100_000, "nb"))) == 1  # initials
    assert len(list(sentences("Nå. " * 100_000, "nb"))) == 100_000


@given(st.text("aBæ .!?…:«»\"()\n1٣,-;", max_size=60), st.sampled_from(["nb", "en", "ar", "de"]))
def test_sentences_are_the_text_and_nothing_but_blanks_between(written: str, language: str) -> None:
    end = 0
    for at, sentence in sentences(written, language):
        assert written[end:at].strip() == ""
        assert written[at : at + len(sentence)] == sentence == sentence.strip() != ""
        end = at + len(sentence)
    assert written[end:].strip() == ""


_SIMPLE = st.lists(st.sampled_from(["barnet", "sover", "nå", "«ja»", "(her)", "5", "f.eks.", "dr.", "1. mai", "A. B."]),
                   min_size=1, max_size=6)


@given(st.lists(st.tuples(_SIMPLE, st.sampled_from([".", "!", "?", "…", ".»", "!)"])), min_size=1, max_size=5))
def test_as_many_sentences_as_were_written(parts: list[tuple[list[str], str]]) -> None:
    written = ["Da " + " ".join(said) + " kom" + end for said, end in parts]
    assert [sentence for _, sentence in sentences(" \n".join(written), "nb")] == written


@given(st.lists(st.sampled_from(["ord", "en-to", "nå,", "«ja»", "3,5", "det’s", RECORD]), max_size=20))
def test_words_are_counted_and_signs_are_not(parts: list[str]) -> None:
    assert len(words(" – ".join(parts))) == len(parts)
