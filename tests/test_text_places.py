"""Where the text of a PDF stands and how large it is, told by its operators and its fonts' widths."""

from __future__ import annotations

import pytest
from pikepdf import Dictionary, Name, Pdf

from hefte.checks import pdf_painting


def place(stream: str) -> tuple[tuple[float, ...], float]:
    """Where the last text of a page with this content stands, and its size."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(500, 500))
    simple = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.A, FirstChar=65, Widths=[500, 1000],
        FontDescriptor=Dictionary(MissingWidth=250),
    )
    below = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, DW=600, W=[1, [100, 200], 5, 6, 300])
    wide = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.B, DescendantFonts=[below])
    drawn_font = Dictionary(Type=Name.Font, Subtype=Name.Type3, FontMatrix=[0.01, 0, 0, 0.01, 0, 0], FirstChar=65,
                            Widths=[50])
    bare = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(S=simple, W=wide, T=drawn_font, H=bare))
    pdf.pages[0].obj.Contents = pdf.make_stream(stream.encode())
    found = pdf_painting.texts(pdf)[-1]
    return tuple(round(side, 3) for side in found.place), found.size


@pytest.mark.parametrize(
    ("stream", "left", "right"),
    [
        ("BT /S 10 Tf 100 200 Td (AB) Tj ET", 100, 115),
        ("BT /S 10 Tf 100 200 Td (A) Tj (B) Tj ET", 105, 115),
        ("BT /S 10 Tf 100 200 Td (Az) Tj ET", 100, 107.5),
        ("BT /S 10 Tf 2 Tc 100 200 Td (AB) Tj ET", 100, 119),
        ("BT /S 10 Tf 3 Tw 100 200 Td (A ) Tj ET", 100, 110.5),
        ("BT /S 10 Tf 50 Tz 100 200 Td (AB) Tj ET", 100, 107.5),
        ("BT /S 10 Tf 100 200 Td [(A) -1000 (B)] TJ ET", 100, 125),
        ("BT /W 10 Tf 100 200 Td <00010002> Tj ET", 100, 103),
        ("BT /W 10 Tf 100 200 Td <00050009> Tj ET", 100, 109),
        ("BT /T 10 Tf 100 200 Td (A) Tj ET", 100, 105),
        ("BT /H 10 Tf 100 200 Td (AB) Tj ET", 100, 110),
        ("BT /None 10 Tf 100 200 Td (AB) Tj ET", 100, 110),
        ("BT /S 10 Tf /None 10 Tf 100 200 Td (B) Tj ET", 100, 105),
        ("BT /W 10 Tf 3 Tw 100 200 Td <0020> Tj ET", 100, 106),
        ("BT /S 10 Tf 100 230 Td 0 -15 TD T* (A) Tj ET", 100, 105),
        ("BT /S 10 Tf 20 TL 100 235 Td 0 -15 Td T* (A) Tj ET", 100, 105),
        ("q BT /S 10 Tf 9 Tc ET q 5 Tc Q Q BT /S 10 Tf 100 200 Td (AB) Tj ET", 100, 115),
        ("BT /S 10 Tf 90 230 Td 10 -30 TD (A) Tj ET", 100, 105),
        ("BT /S 10 Tf 20 TL 100 220 Td T* (A) Tj ET", 100, 105),
        ("BT /S 10 Tf 20 TL 100 220 Td (A) ' ET", 100, 105),
        ('BT /S 10 Tf 20 TL 100 220 Td 0 1 (AB) " ET', 100, 117),
    ],
)
def test_text_stands_where_its_operators_put_it(stream: str, left: float, right: float) -> None:
    assert place(stream) == ((left, 198, right, 207.5), 10)


def test_text_that_is_raised_turned_and_enlarged() -> None:
    assert place("BT /S 10 Tf 4 Ts 100 200 Td (A) Tj ET") == ((100, 202, 105, 211.5), 10)
    assert place("q 0 2 -2 0 300 100 cm BT /S 10 Tf (A) Tj ET Q") == ((285, 100, 304, 110), 20)
    assert place("BT /S 1 Tf 10 0 0 10 100 200 Tm (A) Tj ET") == ((100, 198, 105, 207.5), 10)
