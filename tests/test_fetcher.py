"""The only door to the outside: what lies in the publication comes in, and nothing else, however it is asked for."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from weasyprint.urls import FatalURLFetchingError

from hefte.errors import SourceError
from hefte.model import Layout, Settings
from hefte.renderers import pages
from hefte.renderers.fetcher import ProjectFetcher

SECRET = b"nobody's business"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">{}</svg>'
PICTURE = SVG.format('<rect width="9" height="9" fill="#ff8000"/>').encode()
SETTINGS = Settings(front=(), tail=(), fillers=(), signature=1, panels={})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A publication with a picture, beside a secret; and a house."""
    for name, content in {
        "book/chapters/nb/a.svg": PICTURE, "book/chapters/nb/å b.txt": b"blank", "book/assets/own.txt": b"own",
        "house/assets/fonts/f.txt": b"font", "house/assets/own.txt": b"the house's", "house/secret.txt": SECRET,
        "secret.txt": SECRET, "secret.svg": SECRET, "book-2/secret.txt": SECRET,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "book/out.txt").symlink_to("../secret.txt")
    (tmp_path / "book/out").symlink_to("..")
    (tmp_path / "book/in.svg").symlink_to("chapters/nb/a.svg")
    return tmp_path / "book"


@pytest.fixture
def fetcher(root: Path) -> ProjectFetcher:
    return ProjectFetcher(root, {"assets": root.parent / "house" / "assets"})


@pytest.mark.parametrize(("url", "content", "kind"), [
    ("project:///chapters/nb/a.svg", PICTURE, "image/svg+xml"),
    ("project:///chapters/nb/%C3%A5%20b.txt", b"blank", "text/plain"),
    ("project:///chapters/../chapters/nb/a.svg", PICTURE, "image/svg+xml"),
    ("project:///in.svg", PICTURE, "image/svg+xml"),
    ("project:///chapters/nb/a.svg?x#y", PICTURE, "image/svg+xml"),
    ("project:///assets/fonts/f.txt", b"font", "text/plain"),  # the house's, where the publication has none
    ("project:///assets/own.txt", b"own", "text/plain"),
    ("data:text/plain,in%20itself", b"in itself", "text/plain"),
])
def test_what_lies_inside_comes_in(fetcher: ProjectFetcher, url: str, content: bytes, kind: str) -> None:
    response = fetcher.fetch(url)
    assert (response.read(), response.content_type) == (content, kind)


OUTSIDE = (
    "http://example.org/a.svg", "https://example.org/a.svg", "ftp://example.org/a.svg", "file:///etc/passwd",
    "//example.org/a",
    "project://example.org/chapters/nb/a.svg", "project:///../secret.txt", "project:///%2e%2e/secret.txt",
    "project:///%2E%2E%2Fsecret.txt", "project:///chapters/../../secret.txt", "project:////etc/passwd",
    "project:///etc/passwd",
    "project:///..%5csecret.txt", "project:///out.txt", "project:///out/secret.txt", "project:///book-2/secret.txt",
    "project:///../book-2/secret.txt", "project:///assets/../../house/secret.txt", "project:///assets/../secret.txt",
    "project:///assets/fonts/../../secret.txt", "project:///assets/%2e%2e/secret.txt", "project:///",
    "project:///chapters",
    "project:///missing.svg", "project:///a%00b", "project:///" + "a" * 5000, "PROJECT-X:///chapters/nb/a.svg",
)


@pytest.mark.parametrize("url", OUTSIDE, ids=lambda url: url[:50])
def test_what_lies_outside_stops_the_rendering(fetcher: ProjectFetcher, url: str) -> None:
    with pytest.raises(FatalURLFetchingError, match=re.escape(url)):
        fetcher.fetch(url)


parts = st.lists(st.sampled_from(["..", "%2e%2e", ".", "chapters", "assets", "out", "secret.txt", "fonts", "", "%2f",
                                  "book"]))


@given(parts, st.sampled_from(["project:///", "project://", "project:/", "project:"]))
def test_no_path_reaches_a_secret(tmp_path_factory: pytest.TempPathFactory, names: list[str], scheme: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "paths"
    if not folder.is_dir():
        (folder / "book" / "chapters").mkdir(parents=True)
        (folder / "house" / "assets" / "fonts").mkdir(parents=True)
        (folder / "secret.txt").write_bytes(SECRET)
        (folder / "house" / "secret.txt").write_bytes(SECRET)
        (folder / "book" / "out").symlink_to("..")
    fetch = ProjectFetcher(folder / "book", {"assets": folder / "house" / "assets"}).fetch
    with pytest.raises(FatalURLFetchingError):
        fetch(scheme + "/".join(names))


# --- through WeasyPrint ---------------------------------------------------------------------------------------------


def rendered(root: Path, body: str, css: str = "") -> Any:
    layout = Layout(css=css, body=f"<html>{body}</html>", frame=lambda facts: "<html></html>", settings=SETTINGS)
    return pages.render(layout, "nb", root, {"assets": root.parent / "house" / "assets"})


def drawing(inside: str) -> str:
    """A page with an SVG picture that holds something."""
    return f'<img alt="x" src="data:image/svg+xml;base64,{base64.b64encode(SVG.format(inside).encode()).decode()}">'


ASKING = {
    "img http": ('<img alt="x" src="http://example.org/a.png">', ""),
    "img file": ('<img alt="x" src="file:///etc/passwd">', ""),
    "img up": ('<img alt="x" src="../secret.svg">', ""),
    "img up absolute": ('<img alt="x" src="project:///../secret.svg">', ""),
    "img escaped": ('<img alt="x" src="%2e%2e/secret.svg">', ""),
    "img absolute": ('<img alt="x" src="/etc/passwd">', ""),
    "img link": ('<img alt="x" src="project:///out/secret.svg">', ""),
    "img two slashes": ('<img alt="x" src="//example.org/a.png">', ""),
    "object": ('<object data="file:///etc/passwd"></object>', ""),
    "embed": ('<embed src="file:///etc/passwd">', ""),
    "background": ("<p>x", "p { background: url(file:///etc/passwd) }"),
    "content": ("<p>x", "p::before { content: url(http://example.org/a.png) }"),
    "list style": ("<ul><li>x</ul>", "li { list-style-image: url(http://example.org/a.png) }"),
    "import": ("<p>x", "@import url(http://example.org/a.css);"),
    "import up": ("<p>x", '@import "../secret.txt";'),
    "font": ("<p>x", "@font-face { font-family: x; src: url(http://example.org/a.ttf) } p { font-family: x }"),
    "font up": ("<p>x", "@font-face { font-family: x; src: url(../secret.txt) } p { font-family: x }"),
    "link": ('<link rel="stylesheet" href="http://example.org/a.css">', ""),
    "style": ("<style>@import url(file:///etc/passwd);</style>", ""),
}
DRAWN = {
    "image": drawing('<image href="http://example.org/a.png" width="9" height="9"/>'),
    "image xlink": drawing('<image xlink:href="file:///etc/passwd" width="9" height="9"/>'),
    "image up": drawing('<image href="../secret.svg" width="9" height="9"/>'),
}
"""What a drawing asks for is asked when it is drawn, and WeasyPrint catches every error there."""


@pytest.mark.parametrize("name", ASKING)
def test_whoever_asks_for_it_the_build_stops(root: Path, name: str) -> None:
    body, css = ASKING[name]
    with pytest.raises(SourceError, match="inside the publication") as raised:
        rendered(root, body, css)
    assert raised.value.exit_code == 3
    assert raised.value.remedy == "name a file inside the publication's folder"


@pytest.mark.parametrize("name", DRAWN)
def test_whatever_a_drawing_asks_for_it_is_told(root: Path, name: str, weasyprint_warnings: list[str]) -> None:
    laid_out = rendered(root, DRAWN[name])
    with pages.complaints() as said:
        laid_out.document.write_pdf()
    assert said == ["Failed to render SVG image data:image/svg+xml;base64,…"]
    assert len(weasyprint_warnings) == 1
    weasyprint_warnings.clear()


def test_what_a_drawing_uses_from_elsewhere_is_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out = rendered(root, drawing('<use href="file:///etc/passwd#a"/><use href="http://example.org/a.svg#a"/>'))
    asked: list[str] = []
    monkeypatch.setattr(ProjectFetcher, "fetch", lambda self, url, headers=None: asked.append(url))
    laid_out.document.write_pdf()
    assert asked == []


def test_a_style_sheet_in_a_drawing_is_not_fetched(root: Path, weasyprint_warnings: list[str]) -> None:
    laid_out = rendered(root, drawing("<style>@import url(http://example.org/a.css);</style>"))
    [complaint] = laid_out.complaints
    assert complaint.startswith("Failed to load image at 'data:image/svg+xml;base64,…")
    assert len(weasyprint_warnings) == 1
    weasyprint_warnings.clear()


@pytest.mark.parametrize("source", ["project:///chapters/nb/a.svg", "chapters/nb/a.svg", "/chapters/nb/a.svg",
                                    "../in.svg"])
def test_a_picture_of_the_publication_is_drawn(root: Path, source: str) -> None:
    drawn = rendered(root, f'<img alt="x" src="{source}">')
    with pikepdf.open(io.BytesIO(drawn.document.write_pdf())) as pdf:
        forms = [item for item in pdf.objects if isinstance(item,
                                                            pikepdf.Stream) and b"1 0.501961 0 rg" in item.read_bytes()]
    assert (len(forms), drawn.complaints) == (1, ())
