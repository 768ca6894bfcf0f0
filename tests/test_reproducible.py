"""The same sources give the same bytes: in another folder, time zone, locale and order of hashes, with other fonts, in
other numbers of processes, and with nothing in the cache."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from buildkit import ROOT, contents, hefte
from conftest import Outputs

FILES = [f"nb/ammesorg-nb{end}" for end in (
    "-booklet.pdf", "-large-print.pdf", "-leaflet-office.pdf", "-leaflet.pdf", "-poster-a3.pdf", "-poster-a4.pdf",
    "-print.pdf", "-screen.pdf", ".epub",
)]


def impostors(folder: Path) -> Path:
    """A fontconfig file with a folder of fonts that bear our families' names, and other letters."""
    folder.mkdir()
    for file, family in (("SourceSans3-Regular.ttf", "Literata"), ("Literata-Regular.ttf", "Source Sans 3")):
        font = TTFont(ROOT / "assets" / "fonts" / file)
        for record in font["name"].names:
            if record.nameID in {1, 4, 16}:
                record.string = family
        font.save(folder / file)
    config = folder / "fonts.conf"
    config.write_text(f"<?xml version='1.0'?><fontconfig><dir>{folder}</dir><cachedir>{folder}</cachedir></fontconfig>")
    return config


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, shipped: Outputs) -> list[dict[str, bytes]]:
    """The shipped publication as it is built here, and twice elsewhere. Here it is that of all tests, but for the
    ebook: theirs is validated, and says so."""
    base = tmp_path_factory.mktemp("reproducible")
    whole, bare = base / "whole", base / "a folder – with another name" / "bare"
    for name in ("chapters", "layouts", "assets"):
        shutil.copytree(ROOT / name, whole / name)
    shutil.copytree(ROOT / "chapters", bare / "chapters")  # layouts and assets are the house's
    config = impostors(base / "fonts")
    ways: list[tuple[Path, Path, list[str], dict[str, str]]] = [
        (ROOT, ROOT, ["--edition", "epub"], {"TZ": "UTC", "PYTHONHASHSEED": "0"}),
        (whole, Path("/"), ["--jobs", "1"], {
            "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C", "XDG_CACHE_HOME": str(base / "empty"),
            "FONTCONFIG_FILE": str(config), "HOME": str(base),
        }),
        (bare, bare / "chapters" / "nb", ["--jobs", "3"], {
            "TZ": "America/St_Johns", "PYTHONHASHSEED": "4294967295", "XDG_CACHE_HOME": str(base / "other"),
            "FONTCONFIG_PATH": str(config.parent), "XDG_DATA_HOME": str(base), "TMPDIR": str(base / "fonts"),
        }),
    ]

    def build(number: int) -> dict[str, bytes]:
        root, cwd, words, env = ways[number]
        asked: tuple[str | Path, ...] = ("--out", base / str(number), "--quiet", "--force", "--lang", "nb", *words)
        said = hefte("build", root, *asked, cwd=cwd, env=env)
        assert (said.code, said.out, said.err) == (0, "", "")
        return contents(base / str(number), "nb/*")

    with ThreadPoolExecutor(2) as pool:
        ebook, *elsewhere = pool.map(build, range(len(ways)))
    validated = contents(shipped.dist, "nb/*")
    return [{**{name: validated[name] for name in FILES}, **ebook}, *elsewhere]


@pytest.mark.parametrize("name", FILES)
def test_the_same_bytes_everywhere(built: list[dict[str, bytes]], name: str) -> None:
    here, elsewhere, bare = built
    assert len(here[name]) > 20_000
    assert elsewhere[name] == here[name]
    assert bare[name] == here[name]


def test_there_is_nothing_else(built: list[dict[str, bytes]]) -> None:
    assert [sorted(files) for files in built] == [FILES] * 3


def test_who_is_seen_by_a_validator_differs_in_what_it_claims_alone(built: list[dict[str, bytes]],
                                                                    shipped: Outputs) -> None:
    """A conformance is claimed only where a validator looks; the PDFs' looks at every build."""
    validated, (_, elsewhere, _) = contents(shipped.dist, "nb/*"), built
    assert [name for name in FILES if validated[name] != elsewhere[name]] == ["nb/ammesorg-nb.epub"]


def test_a_date_set_from_outside_dates_everything(tmp_path: Path) -> None:
    import re
    import zipfile

    import pikepdf

    words = ("build", ROOT, "--out", tmp_path, "--quiet", "--lang", "nb", "--edition", "screen,epub")
    said = hefte(*words, cwd=ROOT, env={"SOURCE_DATE_EPOCH": "1750000000"})  # 2025-06-15T15:06:40Z
    assert (said.code, said.out, said.err) == (0, "", "")
    with pikepdf.open(tmp_path / "nb/ammesorg-nb-screen.pdf") as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20250615150640")
        assert str(pdf.docinfo["/ModDate"]).startswith("D:20250615150640")
    with zipfile.ZipFile(tmp_path / "nb/ammesorg-nb.epub") as archive:
        assert {info.date_time for info in archive.infolist()} == {(2025, 6, 15, 15, 6, 40)}
        [package] = [name for name in archive.namelist() if name.endswith(".opf")]
        modified = re.search(r'<meta property="dcterms:modified">(.*?)</meta>', archive.read(package).decode())
        assert modified is not None and modified[1] == "2025-06-15T15:06:40Z"
