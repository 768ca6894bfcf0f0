"""Where lines end: hyphens where there is a dictionary, none where there is not, and no small word left behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from weasyprint.formatting_structure import boxes

import buildkit
from hefte.model import Layout, Settings
from hefte.renderers import pages
from hefte.transforms.typography import bound

CSS = """@page { size: 60mm 200mm; margin: 10mm }
@font-face { font-family: x; src: url(project:///assets/fonts/SourceSans3-Regular.ttf) }
@font-face { font-family: th; src: url(project:///assets/fonts/NotoSansThai-Regular.ttf) }
html { font: 11pt/15pt x, th; hyphenate-limit-chars: 8 4 3 } body { margin: 0 } p { margin: 0; hyphens: auto }"""


def lines(text: str, language: str) -> list[str]:
    """The lines of a paragraph in a column of 40 mm."""
    body = f'<html lang="{language}"><p data-key="a.1">{text}</p></html>'
    laid = Layout(CSS, body, lambda facts: "", Settings((), (), (), 1, {}))
    drawn = pages.lay_out_body(laid, language, Path("/nowhere"), {"assets": buildkit.ROOT / "assets"})
    return list(_lines(drawn.pages[0]._page_box))


def _lines(box: Any) -> Any:
    if isinstance(box, boxes.LineBox):
        yield "".join(each.text for each in box.descendants() if isinstance(each, boxes.TextBox)).strip()
    else:
        for child in getattr(box, "children", ()):
            yield from _lines(child)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nb", "Noen ganger er barselomsorgen utilstrekkelig.", True),
        ("nn", "Nokre gonger er barselomsorga utilstrekkeleg.", True),
        ("en", "Sometimes breastfeeding is extraordinarily difficult.", True),
        ("pl", "Karmienie piersią niespodziewanie niejednokrotnie kończy się.", True),
        ("uk", "Годування несподівано закінчується недотриманням розпорядження.", True),
        ("so", "Hooyooyinka badankoodu naasnuujintoodu degdegsiinyo dhammaatay.", False),
        ("se", "Ollugat etniin goassege lihkostuvvamiid njamaheapmi njuolggadusaid.", False),
        ("vi", "Nhiều bà mẹ cảm thấy buồn khi việc cho con bú kết thúc quá sớm.", False),
        ("th", "แม่จำนวนมากรู้สึกเศร้าเมื่อการให้นมแม่สิ้นสุดลงเร็วเกินไป", False),
    ],
)
def test_hyphens_only_where_there_is_a_dictionary(language: str, text: str, expected: bool) -> None:
    found = lines(text, language)
    assert len(found) >= 2
    assert any(line.endswith("‐") for line in found) is expected
    assert "".join("".join(found).replace("‐", "").split()) == "".join(text.split())


def test_thai_breaks_between_words() -> None:
    """It has no spaces: where a line may end is known by Pango's dictionary of Thai words."""
    words = ["แม่", "จำนวน", "มาก", "รู้สึก", "เศร้า", "เมื่อ", "การ", "ให้", "นม", "แม่", "สิ้นสุด", "ลง", "เร็ว", "เกิน", "ไป"]
    ends = {"".join(words[: number + 1]) for number in range(len(words))}
    said = ""
    for line in lines("".join(words), "th"):
        said += line
        assert said in ends


@pytest.mark.parametrize(
    ("language", "text", "bound_as"),
    [
        ("pl", "mama i dziecko w domu", "mama i\u00a0dziecko w\u00a0domu"),
        ("pl", "Z a także o tym", "Z\u00a0a\u00a0także o\u00a0tym"),
        ("nb", "kl. 12 og ca. 5 kg, 22. november", "kl.\u00a012 og ca.\u00a05\u00a0kg, 22.\u00a0november"),
        ("nn", "kl. 12, 5 veker", "kl.\u00a012, 5\u00a0veker"),
        ("uk", "5 годин, 22 листопада", "5\u00a0годин, 22\u00a0листопада"),
        ("ar", "5 ساعات", "5\u00a0ساعات"),
        ("en", "page 12, 5 weeks", "page\u00a012, 5\u00a0weeks"),
    ],
)
def test_what_must_not_be_parted(language: str, text: str, bound_as: str) -> None:
    assert bound(text, language) == bound_as


def test_a_polish_line_never_ends_with_one_letter() -> None:
    text = bound("Opowieść o mamie i o dziecku w małym domu z ogrodem a także o tym co im pomogło i w czym.", "pl")
    assert [line for line in lines(text, "pl") if line[-2:-1] in {" ", "\u00a0"} and line[-1:] in "aiouwz"] == []
