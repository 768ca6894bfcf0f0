"""QR codes and links on rendered pages: codes spoilt in one way each, links that lead elsewhere than they say."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest
import zxingcpp
from pikepdf import Array

from hefte.checks import pdf_code, pdf_codes, pdf_link_address
from sightkit import ADDRESS, Found, box_of, code, drawn, found, link, text

SAID = text("example.org/amming", at="60 30")
SIDE = 25 * 2.5
"""Of the code, in points: 25 modules."""
INVERTED = f"0 g 40 40 110 110 re f 1 g 50 50 {SIDE + 20} {SIDE + 20} re f\n"


@dataclass(frozen=True)
class _Publication:
    source_url: str = ADDRESS


@dataclass(frozen=True)
class _Book:
    publication: _Publication = _Publication()


BUILT = {"book": _Book()}


def light_on_dark() -> str:
    return code().replace("1 g", "0.1 g", 1).replace("0 g", "1 g", 1)


SEEN: dict[str, tuple[str, list[Found]]] = {
    "as it should be": (code() + SAID, []),
    "none": (SAID, [("error", None, f"no page has a code that can be read; one should lead to {ADDRESS}")]),
    "partly covered": (code() + SAID + "1 g 85 60 25 25 re f", [("error", 1, "a code cannot be read")]),
    "a dot is made good": (code() + SAID + "1 g 90 80 5 5 re f", []),
    "another address": (code("https://example.org/annet") + SAID, [
        ("error", 1, f"the code leads to https://example.org/annet, not to {ADDRESS}"),
    ]),
    "no address beside it": (code(), [
        ("error", 1, "the code leads to example.org/amming, which the page does not say"),
    ]),
    "small": (code(module=1.0) + SAID, [
        ("error", 1, "the code's modules are 0.35 mm wide, less than 0.396 mm"),
    ]),
    "large enough": (code(module=1.25) + SAID, []),
    "something close to it": (code() + SAID + f"0 g {60 + SIDE + 3} 60 3 {SIDE} re f", [
        ("error", 1, "the code has less than 4 modules of empty space on each side"),
    ]),
    "something at a distance": (code() + SAID + f"0 g {60 + SIDE + 12} 60 3 {SIDE} re f", []),
    "on a dark ground": ("0.2 g 0 40 300 160 re f\n" + code(border=1) + SAID, [
        ("error", 1, "the code has less than 4 modules of empty space on each side"),
    ]),
    "light on dark": (light_on_dark() + SAID, [("error", 1, "the code is light on dark")]),
    "turned": (f"q 0.7071 0.7071 -0.7071 0.7071 140 -10 cm {code()} Q\n" + SAID, []),
}


@pytest.mark.parametrize("case", SEEN)
def test_a_code_is_read_from_the_page(case: str) -> None:
    content, expected = SEEN[case]
    assert found(pdf_code.CHECK, drawn(content), "print", BUILT) == expected


def test_a_finding_lies_round_the_code() -> None:
    left, bottom, right, top = box_of(pdf_code.CHECK, drawn(code()))
    assert abs(left - 60) <= 1 and abs(bottom - 60) <= 1
    assert abs(right - 60 - SIDE) <= 1 and abs(top - 60 - SIDE) <= 1


def test_a_spoilt_corner_leaves_nothing_that_looks_like_a_code() -> None:
    spoilt = drawn(code() + SAID + "1 g 60 100 18 23 re f")
    missing = f"no page has a code that can be read; one should lead to {ADDRESS}"
    assert found(pdf_code.CHECK, spoilt, "print", BUILT) == [("error", None, missing)]
    assert found(pdf_code.CHECK, spoilt) == []


def test_three_spots_of_a_text_are_no_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """What zxing-cpp took for a spoilt code on a page of an index of names, and a code that is spoilt."""
    def met(*corners: tuple[int, int]) -> SimpleNamespace:
        names = ("top_left", "top_right", "bottom_right", "bottom_left")
        ends = {name: SimpleNamespace(x=x, y=y) for name, (x, y) in zip(names, corners, strict=True)}
        return SimpleNamespace(valid=False, position=SimpleNamespace(**ends))

    letters = met((225, 216), (441, 216), (549, 585), (333, 585))
    square = met((120, 156), (243, 156), (246, 276), (120, 282))
    monkeypatch.setattr(zxingcpp, "read_barcodes", lambda *_, **__: [letters, square])
    (code,) = pdf_codes.read(np.full((400, 600, 4), 255, np.uint8), (0, 0, 300, 200))
    assert (code.text, code.box) == ("", (60.0, 59.0, 123.0, 122.0))


def test_codes_of_somebody_else() -> None:
    """Nothing is known of them but what the page says. Not every code is an address."""
    said = "the code leads to example.org/amming, which the page does not say"
    assert found(pdf_code.CHECK, drawn(code())) == [("warning", 1, said)]
    assert found(pdf_code.CHECK, drawn(code("WIFI:T:WPA;S:klinikk;P:ord;;"))) == []
    assert found(pdf_code.CHECK, drawn(SAID)) == []
    assert found(pdf_code.CHECK, drawn(SAID), "bilingual", BUILT) == []


LINKS: dict[str, tuple[str, str, bool]] = {
    # What stands there, where it leads, whether that is right.
    "an address": ("ammehjelpen.no", "https://ammehjelpen.no", True),
    "an address with a slash": ("ammehjelpen.no/ammesorg", "https://www.ammehjelpen.no/ammesorg/", True),
    "an address with its scheme": ("https://ammehjelpen.no", "https://ammehjelpen.no/", True),
    "another address": ("ammehjelpen.no", "https://ammehjelpen.example", False),
    "another page": ("ammehjelpen.no/ammesorg", "https://ammehjelpen.no/annet", False),
    "the same name elsewhere": ("ammehjelpen.no", "https://example.org/ammehjelpen.no", False),
    "words": ("Les mer om ammesorg", "https://ammehjelpen.no", True),
    "a number": ("116 123", "tel:+47116123", True),
    "a number with its country": ("+47 22 40 00 40", "tel:+4722400040", True),
    "a number with a nought before it": ("0771 12 34", "tel:+467711234", True),
    "another number": ("116 117", "tel:+47116123", False),
    "half a number": ("116", "tel:+47116123", False),
    "an address for letters": ("redaksjonen@hefte.example", "mailto:redaksjonen@hefte.example?subject=Hei", True),
    "another address for letters": ("redaksjonen@hefte.example", "mailto:andre@hefte.example", False),
}


@pytest.mark.parametrize("case", LINKS)
def test_a_link_leads_where_its_text_says(case: str) -> None:
    words, address, right = LINKS[case]
    content = drawn(text("Ring ") + text(words, at="80 100"), Annots=Array([link([79, 97, 280, 112], address)]))
    expected = [] if right else [("error", 1, f"the link on “{words}” leads to {address}")]
    assert found(pdf_link_address.CHECK, content, "screen") == expected


def test_a_link_on_two_lines_is_read_as_one() -> None:
    content = text("example.org/en-lang-", at="80 100") + text("adresse", at="20 84")
    boxes = [[79, 97, 280, 112], [19, 81, 100, 96]]
    for address, expected in {
        "https://example.org/en-lang-adresse": [],
        "https://example.org/en-kort-adresse": [
            ("warning", 1, "the link on “example.org/en-lang-” leads to https://example.org/en-kort-adresse"),
        ],
    }.items():
        page = drawn(content, Annots=Array([link(box, address) for box in boxes]))
        assert found(pdf_link_address.CHECK, page) == expected


def test_a_mark_across_the_page_is_no_part_of_a_link() -> None:
    mark = "BT 0.9 g /F 40 Tf 0.7071 0.7071 -0.7071 0.7071 90 60 Tm (UTKAST) Tj ET\n"
    content = drawn(mark + text("ammehjelpen.no", at="80 100"), Annots=Array([
        link([79, 97, 280, 112], "https://ammehjelpen.no"),
    ]))
    assert found(pdf_link_address.CHECK, content, "screen") == []


def test_where_a_wrong_link_is() -> None:
    content = drawn(text("112", at="80 100"), Annots=Array([link([79, 97, 280, 112], "tel:113")]))
    assert box_of(pdf_link_address.CHECK, content, "screen") == [79, 97, 280, 112]
