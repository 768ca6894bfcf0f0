"""Each figure of a PDF held against a program that others wrote: Poppler's pdfinfo, pdffonts, pdfimages, and QPDF. On
what ships, and on files that were spoilt or come from elsewhere."""

from __future__ import annotations

import functools
import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf

import pdfkit
from conftest import Outputs
from hefte.checks import figures
from hefte.checks import pdf as checks
from hefte.checks.pdf_damage import CHECK as DAMAGE
from pdf_faults import both, content, drawn, fonts, image, on_page, renamed, resource, unembed

PLAIN = Path(__file__).parent / "fixtures" / "pdf" / "plain.pdf"
SHIPPED = ("print", "booklet", "screen")
PT_PER_MM = 72 / 25.4


@pytest.fixture(params=[*SHIPPED, "spoilt", "plain"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The three files of the source language, one with faults of every kind that a figure tells, and a foreign one."""
    if request.param == "plain":
        return PLAIN
    if request.param == "spoilt":
        (tmp_path / "spoilt.pdf").write_bytes(_spoilt())
        return tmp_path / "spoilt.pdf"
    shipped: Outputs = request.getfixturevalue("shipped")
    (found,) = (shipped.dist / "nb").glob(f"ammesorg-nb-{request.param}.pdf")
    return found


@functools.cache
def _spoilt() -> bytes:
    """A file with other boxes, a font that is not embedded and one that is drawn, and pictures of all kinds."""
    grey = image(Name.DeviceGray, b"\x80", (300, 200))

    def masked(pdf: Pdf) -> Any:
        mask = image(Name.DeviceGray, b"\x80", (10, 10))(pdf)
        return image(Name.DeviceRGB, b"\x80\x40\x20", (150, 75), SMask=mask)(pdf)

    with pdfkit.opened(pdfkit.print_bytes()) as pdf:
        both(
            fonts(unembed),
            fonts(renamed("/Literata")),
            resource("/Font", "/New", _drawn_font),
            content("q BT /New 9 Tf 90 90 Td (a) Tj ET Q"),
            on_page("/TrimBox", [20, 30, 400.5, 500.25]),
            on_page("/BleedBox", [10, 10, 420, 520]),
            on_page("/CropBox", [5, 5, 430, 600]),
            drawn(masked, "0 72 -36 0 200 300"),
            resource("/XObject", "/Grey", grey),
            content("q 50 0 0 25 60 60 cm /Grey Do Q q 20 0 0 20 9 9 cm BI /W 2 /H 2 /CS /G /BPC 8 ID abcd\nEI Q"),
        )(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _drawn_font(pdf: Pdf) -> Any:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, Name=Name.Bitmap, FontBBox=[0, 0, 500, 500],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=97, LastChar=97, Widths=[500],
            CharProcs=Dictionary(a=pdf.make_stream(b"500 0 0 0 500 500 d1 0 0 500 500 re f")), Resources=Dictionary(),
            Encoding=Dictionary(Type=Name.Encoding, Differences=[97, Name.a]),
        )
    )


def measured(path: Path) -> dict[str, Any]:
    return figures.of(checks.open_pdf(path, path))


def said(*command: str, path: Path) -> str:
    return subprocess.run([*command, str(path)], capture_output=True, text=True, check=True).stdout


def table(text: str) -> list[dict[str, str]]:
    """The rows of a table that Poppler prints: columns as wide as the line of hyphens says, or words."""
    head, rule, *rows = text.splitlines()
    if " " not in rule.strip():
        names = head.split()
        return [dict(zip(names, row.replace("[inline]", "[inline] 0").split(), strict=False)) for row in rows]
    spans = [match.span() for match in re.finditer(r"-+", rule)]
    return [{head[start:end].strip(): row[start:end].strip() for start, end in spans} for row in rows]


def test_boxes_version_and_pages_are_those_of_pdfinfo(path: Path) -> None:
    shown = dict(re.findall(r"^(.+?):\s+(.*?)$", said("pdfinfo", "-box", path=path), re.MULTILINE))
    sides = {name: [float(side) for side in shown[f"{name}Box"].split()] for name in ("Trim", "Bleed", "Media", "Crop")}
    ours = measured(path)
    assert ours["version"] == shown["PDF version"]
    assert len(ours["colours"]) == int(shown["Pages"])
    assert ours["boxes"]["trim_mm"] == pytest.approx(_size(sides["Trim"]), abs=0.1)
    assert ours["boxes"]["media_mm"] == pytest.approx(_size(sides["Media"]), abs=0.1)
    bleeds = [abs(trim - bleed) / PT_PER_MM for trim, bleed in zip(sides["Trim"], sides["Bleed"], strict=True)]
    assert ours["boxes"]["bleed_mm"] == pytest.approx(min(bleeds), abs=0.1)


def _size(sides: list[float]) -> list[float]:
    left, bottom, right, top = sides
    return [(right - left) / PT_PER_MM, (top - bottom) / PT_PER_MM]


def test_fonts_are_those_of_pdffonts(path: Path) -> None:
    theirs = {(row["name"], row["type"], row["emb"], row["sub"]) for row in table(said("pdffonts", path=path))}
    ours = {
        (_name(font), font["type"], _yes(font["embedded"]), _yes(font["subset"])) for font in measured(path)["fonts"]
    }
    assert ours == theirs and ours


def _name(font: dict[str, Any]) -> str:
    """Fonts that are drawn have no BaseFont; Poppler does not look for another name."""
    return "[none]" if font["type"] == "Type 3" else str(font["name"])


def _yes(value: bool) -> str:
    return "yes" if value else "no"


_SPACES = {"DeviceGray": "gray", "DeviceRGB": "rgb", "DeviceCMYK": "cmyk", "G": "gray"}


def test_pictures_are_those_of_pdfimages(path: Path) -> None:
    rows = table(said("pdfimages", "-list", path=path))
    theirs = {
        (
            int(row["page"]), int(row["width"]), int(row["height"]), min(int(row["x-ppi"]), int(row["y-ppi"])),
            row["color"],
        )
        for row in rows
        if row["type"] == "image"
    }
    ours = {
        (one["page"], one["width"], one["height"], round(one["ppi"]), _SPACES[one["colour"]])
        for one in measured(path)["images"]
    }
    assert ours == theirs
    assert len(ours) == (5 if path.name == "spoilt.pdf" else len(theirs))


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[:-60],
    "without a table of objects": lambda data: data.replace(b"startxref", b"startxxxx"),
    "an object misspelt": lambda data: data.replace(b"endobj", b"endobx", 1),
}


def test_qpdf_finds_no_damage_where_we_find_none(path: Path) -> None:
    assert "No syntax or stream encoding errors found" in said("qpdf", "--check", path=path)
    assert list(DAMAGE.run(checks.open_pdf(path, path))) == []


@pytest.mark.parametrize("damage", BROKEN)
def test_qpdf_finds_damage_where_we_find_it(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    whole = tmp_path / "whole.pdf"
    with pikepdf.open(PLAIN) as pdf:
        pdf.save(whole, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    path.write_bytes(BROKEN[damage](whole.read_bytes()))
    told = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert told.returncode != 0 and "WARNING" in told.stderr
    assert [one.check for one in DAMAGE.run(checks.open_pdf(path, path))]
