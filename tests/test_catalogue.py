"""Folders of layouts to the editions that they make, and the layout.toml of each to what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

import buildkit
from hefte import catalogue, publication
from hefte.errors import SourceError
from hefte.layout.settings import load_settings
from hefte.model import Require, Told

ROOT = Path(__file__).resolve().parents[1]
KINDS = {
    "print": "press", "booklet": "imposed", "screen": "tagged", "bilingual": "tagged", "epub": "ebook",
    "large-print": "office", "leaflet": "press", "leaflet-office": "office", "poster-a3": "press",
    "poster-a4": "office",
}
CARD = 'words = "chosen"\ntrim = [105, 148]\nfront = ["one"]\n\n[files.card]\nkind = "press"\n'


def made(root: Path, text: str, name: str = "card") -> Path:
    """The publication in `root`, with a layout of its own."""
    (root / "layouts" / name).mkdir(parents=True)
    (root / "layouts" / name / "layout.toml").write_text(text, encoding="utf-8")
    return root


def said(root: Path, name: str = "card") -> str:
    """What is wrong with a layout.toml."""
    with pytest.raises(SourceError) as raised:
        load_settings(catalogue.folders(root), name)
    return raised.value.line()


def test_what_ships_makes_these_files() -> None:
    assert {name: edition.kind for name, edition in catalogue.editions(ROOT).items()} == KINDS
    assert catalogue.editions(ROOT)["booklet"].of == "print"
    assert catalogue.editions(ROOT)["poster-a3"].trim == (297, 420)


def test_a_folder_adds_an_edition(tmp_path: Path) -> None:
    editions = catalogue.editions(made(tmp_path, CARD))
    assert editions.keys() - KINDS.keys() == {"card"}
    assert (editions["card"].layout, editions["card"].kind) == ("card", "press")


def test_a_layout_of_ones_own_stands_for_the_shipped_one(tmp_path: Path) -> None:
    root = made(tmp_path, '[files.handout]\nkind = "press"\n', "leaflet")
    assert KINDS.keys() - catalogue.editions(root).keys() == {"leaflet", "leaflet-office"}
    assert catalogue.editions(root)["handout"].layout == "leaflet"


def test_two_layouts_with_a_file_of_one_name_are_refused(tmp_path: Path) -> None:
    root = made(tmp_path, CARD.replace("files.card", "files.screen"))
    with pytest.raises(SourceError) as raised:
        catalogue.editions(root)
    assert raised.value.line() == (
        f"{tmp_path}/layouts/card/layout.toml:5: the layouts brochure and card both make an edition screen; "
        "give one of them another name"
    )


def test_what_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as raised:
        catalogue.editions(made(tmp_path, "words = \n"))
    assert raised.value.line().startswith(f"{tmp_path}/layouts/card/layout.toml:1: not TOML: ")


@pytest.mark.parametrize("files", ["files = 3\n", "[files]\ncard = 3\n", '[files.card]\ntrim = ["a", 2]\n'])
def test_what_is_wrong_in_files_is_said_when_it_is_used(tmp_path: Path, files: str) -> None:
    catalogue.editions(made(tmp_path, files))
    assert "`files" in said(tmp_path)


def test_an_edition_that_no_layout_makes_is_refused_with_the_near_name(tmp_path: Path) -> None:
    root = buildkit.new(tmp_path / "small")
    buildkit.change(root / "chapters" / "publication.toml", 'editions = ["print"', 'editions = ["leaflett", "print"')
    with pytest.raises(SourceError) as raised:
        publication.load(root)
    line = raised.value.line().rpartition("/")[2]
    assert line == "publication.toml:13: `editions[1]` cannot be `leaflett`; did you mean `leaflet`?"


def test_the_name_of_a_layout_stands_for_all_its_files(tmp_path: Path) -> None:
    root = buildkit.new(tmp_path / "small")
    path = root / "chapters" / "publication.toml"
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("editions"))
    buildkit.change(path, line, 'editions = ["leaflet", "screen", "brochure"]')
    loaded = publication.load(root)
    assert loaded.editions == ("leaflet", "leaflet-office", "screen", "print", "booklet")
    assert loaded.named(["poster", "poster-a4", "braille"]) == ("poster-a3", "poster-a4", "braille")


# --- what layout.toml says ----------------------------------------------------------------------------------------


def test_the_leaflets_panels_are_mirrored_where_one_reads_from_the_right() -> None:
    """The flap is folded in, the cover comes to lie outside: on the right, or for Arabic on the left."""
    settings = load_settings((ROOT / "layouts",), "leaflet")
    assert settings.panels_of("outside", "ltr") == (("flap", 0, 97), ("back", 97, 100), ("cover", 197, 100))
    assert settings.panels_of("outside", "rtl") == (("cover", 0, 100), ("back", 100, 100), ("flap", 200, 97))
    assert settings.folds("ltr") == ((97, 197), (100, 200))
    assert settings.folds("rtl") == ((100, 200), (97, 197))
    assert load_settings((ROOT / "layouts",), "brochure").folds("ltr") == ()


def test_what_the_shipped_layouts_require() -> None:
    of = {name: load_settings((ROOT / "layouts",), name) for name in ("large-print", "leaflet", "poster")}
    assert of["large-print"].require == Require(least_pt=16, contrast=7, italics=False, hyphens=False)
    assert (of["large-print"].words, of["large-print"].trim, of["large-print"].signature) == ("all", (210, 297), 2)
    assert (of["leaflet"].words, of["leaflet"].told) == ("chosen", Told(2, 900))
    assert of["poster"].require.addresses


@pytest.mark.parametrize(("old", "new", "wrong"), [
    ("trim = [105, 148]", "trim = [105]", "`trim` is [105]; name at least 2"),
    ('front = ["one"]', 'fronts = ["one"]', "unknown key `fronts`; did you mean `front`?"),
    ('kind = "press"', 'kind = "prss"', "`files.card.kind` cannot be `prss`"),
    ('front = ["one"]', 'front = ["one"]\nwithout = ["pdf-x"]', "`without[1]` cannot be `pdf-x`; name checks of"),
    ('front = ["one"]', 'front = ["one"]\n[sheets.on]\na = 105', "`sheets.on` is on no page; did you mean `one`?"),
    ('front = ["one"]', 'front = ["one"]\n[sheets.one]\na = 50\nb = 50',
     "`sheets.one` is 100 mm wide, and the page 105; give its panels widths that add up"),
    ('front = ["one"]', 'front = ["one"]\n[panels]\ntwo = 90', "`panels.two` is on no page; known here: one"),
    ('kind = "press"', 'kind = "imposed"\nof = "print"', "`files.card` is imposed from no press file; write `of`; "),
    ('kind = "press"', 'kind = "press"\nof = "print"', "`files.card` is imposed from nothing; delete `of`"),
    ('front = ["one"]', 'front = ["one"]\n[require]\nleast_pt = 0', "`require.least_pt` is not valid"),
])
def test_what_is_wrong_in_layout_toml_is_told(tmp_path: Path, old: str, new: str, wrong: str) -> None:
    assert old in CARD
    assert wrong in said(made(tmp_path, CARD.replace(old, new)))
