"""Fonts of each script: what the theme declares, which letters the families have, how large they are set, and what is
said of a letter that is missing."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import uharfbuzz as hb

import languagekit
from buildkit import ROOT, change
from hefte import checks, layout, letters, publication, sources
from hefte.errors import SourceError
from hefte.layout import theme as themes
from hefte.model import Theme
from hefte.scripts import script

LETTERS = {
    "nb": "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅabcdefghijklmnopqrstuvwxyzæøåéèêóòôà«»‘’–…",
    "nn": "ÆØÅæøåéèêóòôàü«»‘’",
    "se": "AÁBCČDĐEFGHIJKLMNŊOPRSŠTŦUVZŽaábcčdđefghijklmnŋoprsštŧuvzžæøåäö”’",
    "en": "ABCXYZabcxyz“”‘’—",
    "pl": "AĄBCĆDEĘFGHIJKLŁMNŃOÓPRSŚTUWYZŹŻaąbcćdeęfghijklłmnńoóprsśtuwyzźż„”«»",
    "uk": "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюя’«»„“",
    "so": "ABTJXKHDRSCGFQKLMNWYabtjxkhdrscgfqklmnwy’“”",
    "vi": "ĂÂĐÊÔƠƯăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ₫“”",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىةًٌٍَُِّْٰـ،؛؟٪٠١٢٣٤٥٦٧٨٩”’“‘",
    "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیءأئؤةًَُِّٔ۰۱۲۳۴۵۶۷۸۹،؛؟٪٫٬«»‹›\u200c",
    "fa-AF": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی۰۱۲۳۴۵۶۷۸۹،؛؟«»‹›\u200c",
    "ur": "آابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوؤہھۂۃءئیےأةًَُِّٰ۰۱۲۳۴۵۶۷۸۹،؛؟۔٪“”‘’",
    "ckb": "ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆهھەیێ٠١٢٣٤٥٦٧٨٩،؛؟“”‘’\u200c",
    "ti": "ሀለሐመሠረሰሸቀቈቐቘበቨተቸኀኈነኘአከኰኸዀወዐዘዠየደጀገጐጠጨጰጸፀፈፐሕስብኣእኺኽዃ፡።፣፤፥፦«»“”",
    "th": "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลวศษสหฬอฮะัาำิีึืุูเแโใไๅๆ็่้๊๋์๐๑๒๓๔๕๖๗๘๙฿“”‘’",
    "ta": "அஆஇஈஉஊஎஏஐஒஓஔஃகஙசஜஞடணதநனபமயரறலளழவஷஸஹாிீுூெேைொோௌ்“”‘’",
}
"""The letters and marks of each language of design/languages, with its quotation marks."""
ROLES = ("text", "display", "story")
TOUCHING = Decimal("0.03")
"""Ems by which the highest and the deepest word may meet, if they ever stand one under the other."""


@cache
def whole() -> Theme:
    return layout.load_theme((ROOT / "layouts",), (ROOT / "assets",))


@cache
def of(language: str) -> Theme:
    return layout.for_language(whole(), language)


def words(language: str) -> set[str]:
    """The words of a language's texts in fixtures, those in the letters of another script left out."""
    folder = languagekit.TEXTS / language
    found = " ".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.*"))
    own = letters.sets(of(language), of(language).roles["text"])
    return {word for word in re.findall(r"[^\s\"`*{}\[\]=:]+", found) if all(ord(sign) in own for sign in word)}


def shaped(file: Path, word: str) -> tuple[list[int], float, float]:
    """A word's glyphs, and how far it reaches above the baseline and below it, in ems."""
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(file))))
    buffer = hb.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    boxes = [
        (place.y_offset + box.y_bearing, place.y_offset + box.y_bearing + box.height)
        for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        if (box := font.get_glyph_extents(glyph.codepoint)) and box.height
    ]
    up, down = max((top for top, _ in boxes), default=0), min((bottom for _, bottom in boxes), default=0)
    return [glyph.codepoint for glyph in buffer.glyph_infos], up / font.scale[1], -down / font.scale[1]


# --- what the families have -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LETTERS)
@pytest.mark.parametrize("role", ROLES)
def test_every_letter_of_every_language_is_there(language: str, role: str) -> None:
    """In all weights, of the first family that sets it."""
    sets = letters.drawn(of(language), role)
    lacking = [sign for sign in LETTERS[language] if sign != "\u200c" and not any(ord(sign) in has for has in sets)]
    assert [f"{sign} U+{ord(sign):04X}" for sign in lacking] == []


@pytest.mark.parametrize("language", LETTERS)
def test_the_letters_of_a_language_come_from_its_own_family(language: str) -> None:
    own = {of_sign for of_sign in map(script, LETTERS[language]) if of_sign}
    text = letters.drawn(of(language), "text")[0]
    assert len(own) == 1
    assert all(ord(sign) in text for sign in LETTERS[language] if script(sign) in own)


@pytest.mark.parametrize("language", languagekit.LANGUAGES)
def test_no_word_of_the_texts_is_shaped_into_an_empty_box(language: str) -> None:
    theme = of(language)
    files = {face.file for face in theme.faces if face.family in theme.roles.values() and face.style == "normal"}
    assert len(words(language)) > 20
    for file in files:
        has = letters.covered(frozenset({file}))
        known = [word for word in words(language) if all(ord(sign) in has for sign in word)]
        assert [word for word in known if 0 in shaped(file, word)[0]] == []


def test_latin_letters_stay_out_of_the_family_of_another_script() -> None:
    theme = of("ar")
    naskh = letters.sets(theme, "Noto Naskh Arabic")
    assert ord("a") in letters.covered(frozenset(face.file for face in theme.faces if "Naskh" in face.file.name))
    assert {ord(sign) for sign in "aåZ"} & naskh == set()
    assert {ord(sign) for sign in "ب،.0()\u00a0"} <= naskh
    assert letters.sets(theme, "Source Sans 3") == letters.sets(of("nb"), "Source Sans 3")


def test_code_points_as_css_ranges() -> None:
    assert letters.unicode_range([0x41, 0x42, 0x43, 0xE5, 0x627, 0x628]) == "U+41-43, U+e5, U+627-628"
    assert letters.unicode_range([]) == ""


def test_what_is_shipped_is_small_and_free() -> None:
    fonts = ROOT / "assets" / "fonts"
    assert sum(file.stat().st_size for file in fonts.iterdir()) < 6_000_000
    declared = {face.file for face in whole().faces}
    assert declared == set(fonts.glob("*.ttf"))
    for licence in fonts.glob("*-LICENSE.txt"):
        assert re.search(r"SIL Open Font License,\s+Version 1\.1", licence.read_text(encoding="utf-8"))


# --- what the theme says of a language --------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "code", "text", "display", "story"), [
    ("nb", "Latn", "Source Sans 3", "Literata", "Literata"),
    ("se", "Latn", "Source Sans 3", "Literata", "Literata"),
    ("uk", "Cyrl", "Source Sans 3", "Literata", "Literata"),
    ("ar", "Arab", "Noto Naskh Arabic", "Noto Naskh Arabic", "Noto Naskh Arabic"),
    ("ckb", "Arab", "Noto Naskh Arabic", "Noto Naskh Arabic", "Noto Naskh Arabic"),
    ("fa", "Arab", "Vazirmatn", "Vazirmatn", "Vazirmatn"),
    ("fa-AF", "Arab", "Vazirmatn", "Vazirmatn", "Vazirmatn"),
    ("ps", "Arab", "Noto Naskh Arabic", "Noto Naskh Arabic", "Noto Naskh Arabic"),
    ("ur", "Arab", "Noto Nastaliq Urdu", "Noto Nastaliq Urdu", "Noto Nastaliq Urdu"),
    ("ur-Latn", "Latn", "Source Sans 3", "Literata", "Literata"),
    ("ti", "Ethi", "Noto Sans Ethiopic", "Noto Serif Ethiopic", "Noto Serif Ethiopic"),
    ("th", "Thai", "Noto Sans Thai", "Noto Serif Thai", "Noto Serif Thai"),
    ("ta", "Taml", "Noto Sans Tamil", "Noto Serif Tamil", "Noto Serif Tamil"),
])
def test_families_by_language_then_by_script(language: str, code: str, text: str, display: str, story: str) -> None:
    theme = of(language)
    assert (theme.script, theme.roles) == (code, {"text": text, "display": display, "story": story})
    assert theme.latin == whole().roles
    assert {face.family for face in theme.faces} == {text, display, story, "Source Sans 3", "Literata"}
    second = () if text == "Source Sans 3" else ("Source Sans 3",)
    assert theme.families("text") == (text, *second)


@pytest.mark.parametrize("language", LETTERS)
def test_the_grid_stays_whole(language: str) -> None:
    points = {name: value for name, value in of(language).tokens.items() if value.endswith("pt")}
    tokens = {name: Decimal(value.removesuffix("pt")) for name, value in points.items()}
    assert tokens["half_line"] * 2 == tokens["line"]
    assert tokens["apart"] * 4 == pytest.approx(tokens["line"] * 3, abs=Decimal("0.001"))
    same = {name for name, value in whole().tokens.items() if value.endswith("mm")}
    assert all(of(language).tokens[name] == whole().tokens[name] for name in same)


def test_sizes_and_lines_are_those_of_the_script() -> None:
    nb, ur = of("nb"), of("ur")
    assert nb.tokens == whole().tokens
    assert (ur.tokens["line"], ur.tokens["text_size"], ur.tokens["title_size"]) == ("28.83pt", "11.5pt", "22.88pt")
    assert (ur.size("10pt"), ur.leading("14.5pt"), ur.leading("18pt", "display")) == ("10pt", "26.97pt", "36pt")
    assert (nb.ratio(1.5), nb.ratio(1.15, "display")) == ("1.5", "1.15")
    assert (ur.ratio(1.5), ur.ratio(1.15, "display")) == ("2.507", "2.622")


def test_no_weight_is_made_up_and_no_slant() -> None:
    nb = of("nb")
    assert (nb.weight("text", 600), nb.weight("display", 500), nb.weight("text", 500)) == (600, 500, 600)
    assert (of("ur").weight("display", 500), of("ar").weight("display", 500)) == (600, 500)
    slanted = [language for language in LETTERS if of(language).italic("text")]
    assert slanted == ["nb", "nn", "se", "en", "pl", "uk", "so", "vi"]


@pytest.mark.parametrize("language", sorted({*LETTERS} & {*languagekit.LANGUAGES}))
@pytest.mark.parametrize(("role", "line", "size"), [
    ("text", "line", "text_size"), ("text", "line", "heading_size"), ("text", "lead_line", "lead_size"),
    ("text", "small_line", "small_size"), ("story", "story_line", "story_size"),
    ("display", "title_line", "title_size"),
])
def test_no_two_lines_touch(language: str, role: str, line: str, size: str) -> None:
    """The line is as high as the highest and the deepest word of the texts together. Nastaliq has a few words that
    reach higher than their font says; there it is what the font says, and test_scripts looks at whole pages."""
    theme = of(language)
    has = Decimal(theme.tokens[line].removesuffix("pt")) / Decimal(theme.tokens[size].removesuffix("pt"))
    weight = 600 if size == "heading_size" else 500 if role == "display" else 400
    faces = {face.weight: face.file for face in theme.faces if face.family == theme.roles[role]}
    file = faces[theme.weight(role, weight)]
    if language == "ur":
        font = hb.Font(hb.Face(hb.Blob.from_file_path(str(file))))
        extents = font.get_font_extents("ltr")
        wants = (extents.ascender - extents.descender) / font.scale[1]
    else:
        reach = [shaped(file, word)[1:] for word in words(language)]
        wants = max(up for up, _ in reach) + max(down for _, down in reach)
    assert has >= Decimal(str(round(wants, 3))) - TOUCHING


# --- what is wrong in a theme -----------------------------------------------------------------------------------------


def test_a_script_without_fonts_is_an_error_that_names_the_theme() -> None:
    with pytest.raises(SourceError) as raised:
        layout.for_language(whole(), "zh")
    assert raised.value.line(ROOT) == (
        "layouts/shared/theme.toml:1: the theme has no fonts for zh, which is written in Hans; declare them under "
        "[[fonts]], and name them under [scripts.Hans]"
    )


@pytest.mark.parametrize(("old", "new", "said"), [
    ("[scripts.Thai]", "[scripts.Tahi]",
     "`scripts.Tahi` cannot name the script `Tahi`; write its ISO 15924 code; did you mean `Thai`?"),
    ("[languages.ur]", "[languages.no]", "`languages.no` cannot be `no`; say which Norwegian"),
    ('story   = "Noto Serif Thai"', 'story = "Noto"',
     "`scripts.Thai.story` cannot be `Noto`; choose among its fonts: Source Sans 3, Literata, "),
    ("[languages.vi]\nline = 1.1", "[languages.vi]\nline = 0", "`languages.vi.line` is not valid"),
    ("[languages.vi]\nline = 1.1", "[languages.vi]\nlien = 1.1",
     "unknown key `languages.vi.lien`; did you mean `line`?"),
])
def test_what_is_wrong_with_a_script_is_told_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "shared").mkdir()
    file = tmp_path / "shared" / "theme.toml"
    file.write_bytes((ROOT / "layouts/shared/theme.toml").read_bytes())
    change(file, old, new)
    with pytest.raises(SourceError) as raised:
        themes.load((tmp_path,), (ROOT / "assets",))
    text = file.read_text(encoding="utf-8")
    number = text[: text.index(new) + len(new)].count("\n") + 1
    assert raised.value.line(tmp_path).startswith(f"shared/theme.toml:{number}: {said}")


# --- what is said of a letter that is missing -------------------------------------------------------------------------


def found(root: Path, language: str) -> list[str]:
    book = sources.read(publication.load(root), language)
    said = checks.on_glyphs(book, of(language))
    return [f"{finding.path.relative_to(root / 'chapters')}:{finding.line}: {finding.message}" for finding in said
            if finding.path]


@pytest.mark.parametrize(("file", "old", "line", "family"), [
    ("fa/talk.md", "title: با", 2, "Vazirmatn"),
    ("fa/talk.md", "summary: لازم", 3, "Vazirmatn"),
    ("fa/talk.md", "## وقتی", 9, "Vazirmatn"),
    ("fa/talk.md", "- برای", 14, "Vazirmatn"),
    ("fa/stories/heard.md", "مادری", 5, "Vazirmatn"),
    ("fa/language.toml", 'title = "با', 1, "Vazirmatn"),
    ("fa/language.toml", 'audience = "', 4, "Vazirmatn"),
    ("fa/language.toml", 'contents = "', 9, "Vazirmatn"),
    ("fa/language.toml", 'hours = "ساعت', 25, "Vazirmatn"),
    ("fa/language.toml", 'does = "وقتی به', 52, "Vazirmatn"),
    ("publication.toml", 'publisher = "', 3, "Vazirmatn"),
])
def test_a_letter_outside_the_fonts_is_told_wherever_it_stands(
    tmp_path: Path, file: str, old: str, line: int, family: str
) -> None:
    root = languagekit.publication_in(tmp_path, "fa")
    path = root / "chapters" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, f"{old}ሀ", 1), encoding="utf-8")
    said = f"{file}:{line}: {family} has no ሀ (U+1200, ethiopic syllable ha)"
    assert said in found(root, "fa")
    assert {one.partition(": ")[2] for one in found(root, "fa")} == {said.partition(": ")[2]}


def test_a_word_on_a_later_line_of_its_paragraph(tmp_path: Path) -> None:
    root = languagekit.publication_in(tmp_path, "th")
    change(root / "chapters/th/talk.md", "- พักเมื่อลูกหลับ", "- พักเมื่อ\n  ลูกหลับ อักษร ж")
    assert found(root, "th") == []  # the family of Latin letters has Cyrillic ones too
    change(root / "chapters/th/talk.md", "อักษร ж", "อักษร ბ")
    assert found(root, "th") == ["th/talk.md:14: Noto Sans Thai has no ბ (U+10D1, georgian letter ban)"]


def test_a_letter_and_its_mark_come_from_one_font(tmp_path: Path) -> None:
    root = languagekit.publication_in(tmp_path, "ti")
    change(root / "chapters/ti/talk.md", "- ህጻን", "- ህ\N{COMBINING CARON BELOW}ጻን")
    ethiopic, latin = letters.drawn(of("ti"), "text")
    assert (0x32C in ethiopic, 0x32C in latin) == (False, True)
    assert found(root, "ti") == [
        "ti/talk.md:13: no family has all of ህ (U+1205, ethiopic syllable he), "
        "\N{COMBINING CARON BELOW} (U+032C, combining caron below), which are one letter"
    ]


def test_a_sign_with_nothing_to_stand_on(tmp_path: Path) -> None:
    root = languagekit.publication_in(tmp_path, "ta")
    change(root / "chapters/ta/talk.md", "- குழந்தை", "- ாகுழந்தை")
    assert found(root, "ta") == [
        "ta/talk.md:13: Noto Sans Tamil makes no letter of ா (U+0BBE, tamil vowel sign aa) in ாகுழந்தை"
    ]


@pytest.mark.parametrize("language", ["nb", *languagekit.LANGUAGES])
def test_nothing_is_said_of_good_texts(tmp_path: Path, language: str) -> None:
    root = languagekit.publication_in(tmp_path, *{language} - {"nb"})
    assert found(root, language) == []


def test_a_theme_of_one_language_stays_as_it_is() -> None:
    assert all(layout.for_language(of(language), language) is of(language) for language in ("ar", "ur", "vi", "uk"))


def test_a_theme_of_one_language_says_what_it_is() -> None:
    assert of("nb").plain and of("uk").plain and of("vi").plain
    assert not of("ar").plain
    assert replace(whole(), scripts={}).plain
