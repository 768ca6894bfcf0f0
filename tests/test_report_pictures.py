"""Pictures of pages for the report: what is drawn, where a mark lies on it, and the cover of an ebook."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

import reportkit
import tiny_epub
from conftest import Outputs
from hefte.report import pictures
from hefte.report.contents import cover_of, documents_of
from hefte.report.marks import mark
from hefte.report.pictures import Picture
from reportkit import BOX

DIGEST = "ab" * 32


@pytest.fixture
def drawn() -> tuple[Picture, ...]:
    return reportkit.drawn()


# --- where things are -----------------------------------------------------------------------------------------------


def picture(crop: tuple[float, float, float, float] = (0, 0, 200, 400), turned: int = 0) -> Picture:
    return Picture(3, crop, turned, (100, 200), b"webp")


@pytest.mark.parametrize(("box", "seen", "expected"), [
    ((20, 300, 60, 380), picture(), (10, 5, 20, 20)),
    ((20, 300, 60, 380), picture((10, 100, 110, 400)), (10, 6.67, 40, 26.67)),
    ((20, 300, 60, 380), picture(turned=90), (75, 10, 20, 20)),
    ((20, 300, 60, 380), picture(turned=180), (70, 75, 20, 20)),
    ((20, 300, 60, 380), picture(turned=270), (5, 70, 20, 20)),
    ((50, 100, 50, 100), picture(), (24.25, 74.25, 1.5, 1.5)),  # a point is seen
    ((0, 399.9, 200, 400), picture(), (0, 0, 100, 1.5)),  # a hairline at the edge
    ((-50, -50, 20, 20), picture(), (0, 95, 10, 5)),  # half of it outside
    ((500, 500, 600, 600), picture(), (98.5, 0, 1.5, 1.5)),  # all of it
])
def test_a_box_of_the_page_lies_there_on_its_picture(
    box: Sequence[float], seen: Picture, expected: tuple[float, ...]
) -> None:
    drawn = mark("1", "error", box, seen)
    assert tuple(round(side, 2) for side in (drawn.left, drawn.top, drawn.width, drawn.height)) == expected


def test_pages_are_drawn_as_they_are_shown(drawn: tuple[Picture, ...]) -> None:
    assert [(each.page, each.crop, each.turned, each.size) for each in drawn] == [
        (1, (0, 0, 200, 300), 0, (400, 600)), (2, (20, 150, 180, 300), 0, (600, 563)),
        (3, (0, 0, 200, 300), 90, (600, 400)),
    ]
    assert max(len(each.data) for each in drawn) < 1000


@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_is_marked_is_what_lies_there(drawn: tuple[Picture, ...], number: int) -> None:
    """The red rectangle of each page is found in its picture where the mark for it is drawn."""
    with Image.open(io.BytesIO(drawn[number].data)) as opened:
        image = opened.convert("RGB")
    place = mark("1", "error", BOX, drawn[number])
    red = [(x, y) for x in range(image.width) for y in range(image.height) if image.getpixel((x, y)) == (255, 0, 0)]
    left, top = min(x for x, _ in red) / image.width * 100, min(y for _, y in red) / image.height * 100
    right, bottom = (max(x for x, _ in red) + 1) / image.width * 100, (max(y for _, y in red) + 1) / image.height * 100
    assert (place.left, place.top) == pytest.approx((left, top), abs=0.4)
    assert (place.left + place.width, place.top + place.height) == pytest.approx((right, bottom), abs=0.4)


def test_a_damaged_file_has_no_pictures() -> None:
    assert pictures.make([("0" * 64, "nb/a.pdf", b"%PDF-1.7 broken"), ("1" * 64, "nb/a.epub", b"PK")], jobs=1) == {}


def test_a_photograph_is_saved_as_one() -> None:
    noise = Image.effect_noise((600, 500), 90).convert("RGB")
    assert 1000 < len(pictures._small(noise)) < 150_000
    with Image.open(io.BytesIO(pictures._small(noise))) as opened:
        assert len(opened.convert("RGB").getcolors(maxcolors=100_000) or []) > 100


# --- ebooks ---------------------------------------------------------------------------------------------------------


def test_an_ebook_is_listed_and_has_a_cover(shipped: Outputs, tmp_path: Path) -> None:
    content = (shipped.dist / "nb/ammesorg-nb.epub").read_bytes()
    assert [document.title for document in documents_of(content)][:4] == [
        "Ammesorg", "Om heftet", "Innhold", "Hva er ammesorg?",
    ]
    (cover,) = pictures.make([(DIGEST, "nb/a.epub", content)], jobs=1)[DIGEST]
    assert cover.page == 0 and cover.size[1] == 600
    bare = tiny_epub.write(tmp_path / "bare.epub").read_bytes()
    assert cover_of(bare) is None and len(documents_of(bare)) > 0
    assert pictures.make([(DIGEST, "nb/a.epub", bare)], jobs=1) == {DIGEST: ()}
    assert documents_of(b"no book") == ()
