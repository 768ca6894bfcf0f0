"""Opening anybody's EPUB: what is none is refused, what is dangerous is not unpacked, damage is no crash."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from epubkit import NAME, changed, files, found, good
from hefte.checks import epub_dangers
from hefte.checks.epub import open_epub
from hefte.errors import SourceError

OPF, NAV, NCX, START = ("EPUB/content.opf", "EPUB/nav.xhtml", "EPUB/toc.ncx", "EPUB/chapter-start.xhtml")


def refusal(content: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        open_epub(io.BytesIO(content), NAME)
    assert caught.value.place is not None and caught.value.place.path == NAME
    return caught.value.what


def archive_of(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "this is no readable EPUB: File is not a zip file"),
        (b"%PDF-1.7 not an ebook", "this is no readable EPUB: File is not a zip file"),
        (archive_of({}), "it names no package document that can be read"),
        (archive_of({"mimetype": b"application/epub+zip"}), "it names no package document that can be read"),
        (archive_of({"META-INF/container.xml": b"<container"}), "it names no package document that can be read"),
        (archive_of({"../evil.xhtml": b""}), "it holds a file that leaves its folder: ../evil.xhtml"),
        (archive_of({"/etc/passwd": b""}), "it holds a file that leaves its folder: /etc/passwd"),
        (archive_of({"a\\..\\..\\b": b""}), "it holds a file that leaves its folder: a\\..\\..\\b"),
        (archive_of({"C:/b": b""}), "it holds a file that leaves its folder: C:/b"),
    ],
)
def test_what_is_no_ebook_is_refused(content: bytes, what: str) -> None:
    assert refusal(content) == what


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub_dangers, "LARGEST", 2**20)
    assert refusal(archive_of({"zeros": bytes(2**20 + 1)})) == "it unpacks to over 1 MB"
    monkeypatch.setattr(epub_dangers, "MOST", 5)
    assert refusal(archive_of({str(number): b"" for number in range(6)})) == "it holds more than 5 files"


def test_entities_are_refused() -> None:
    """A kilobyte that would become a gigabyte, and a file of this machine."""
    laughs = b"".join(b'<!ENTITY e%d "%s">' % (n + 1, b"&e%d;" % n * 10) for n in range(12))
    doctype = b'<!DOCTYPE html [<!ENTITY e0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">' + laughs + b"]>"
    head = b'<html xmlns="http://www.w3.org/1999/xhtml" lang="nb"><head><title>&e12;</title></head>'
    page = doctype + head + b"<body>&f;</body></html>"
    what = "EPUB/help.xhtml in it declares entities, which can grow without end or fetch files"
    assert refusal(changed(good(), {"EPUB/help.xhtml": lambda _: page})) == what
    assert refusal(changed(good(), {"EPUB/help.xhtml": lambda _: page.decode().encode("utf-16")})) == what


def test_a_path_is_read_and_an_unreadable_one_refused(tmp_path: Path) -> None:
    path = tmp_path / "ro.epub"
    path.write_bytes(good())
    assert open_epub(path, path).zip.namelist()[0] == "mimetype"
    with pytest.raises(SourceError, match="it cannot be read: No such file or directory"):
        open_epub(tmp_path / "gone.epub", tmp_path / "gone.epub")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damage_is_refused_or_reported_and_never_a_crash(data: st.DataObject) -> None:
    """Bytes of a real ebook changed at random, in the archive and in the files that the checks parse."""
    if data.draw(st.booleans(), "within a file"):
        name = data.draw(st.sampled_from([OPF, NAV, NCX, START, "META-INF/container.xml", "EPUB/book.css"]), "file")
        whole = files(good())[name]
        start = data.draw(st.integers(0, len(whole) - 1), "from")
        end = data.draw(st.integers(start, min(len(whole), start + 400)), "to")
        put = data.draw(st.binary(max_size=8), "put")
        entries = {**files(good()), name: whole[:start] + put + whole[end:]}
        content = archive_of(entries)
    else:
        whole = good()
        at = data.draw(st.integers(0, len(whole) - 1), "at")
        content = whole[:at] + data.draw(st.binary(min_size=1, max_size=4), "put") + whole[at + 1 :]
    try:
        found(content)
    except SourceError as error:
        assert error.exit_code == 3
