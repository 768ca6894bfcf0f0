"""An EPUB, ours or anybody's, to what its checks ask of it: the package, its files, its documents in reading order."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urldefrag, urlsplit

from lxml import etree

from hefte.checks import epub_dangers
from hefte.checks.frame import EpubFile
from hefte.errors import SourceError
from hefte.model import Place

NS = {
    "h": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops", "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/", "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "svg": "http://www.w3.org/2000/svg", "c": "urn:oasis:names:tc:opendocument:xmlns:container",
}
EPUB_TYPE = f"{{{NS['epub']}}}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Resource:
    """One entry of the manifest."""

    id: str
    name: str
    """Its path in the archive, or the URL where it lies elsewhere."""
    media_type: str
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One XHTML document that could be parsed."""

    name: str
    root: Any
    nav: bool

    def where(self, element: Any) -> str:
        """`EPUB/a.xhtml:3`, for messages."""
        return f"{self.name}:{element.sourceline}"

    def find(self, path: str) -> list[Any]:
        """XPath with the prefixes h, epub and svg."""
        found: list[Any] = self.root.xpath(path, namespaces=NS)
        return found


def open_epub(source: Path | BinaryIO, path: Path, expect: Mapping[str, Any] | None = None) -> EpubFile:
    """The ebook in `source`; `path` is its name in messages, `expect` what its builder knows of it.

    Raises SourceError where it is no EPUB, is damaged, or would do harm to whoever unpacks it.
    """
    try:
        archive = _archive(source)
        epub_dangers.of_names(archive)
        epub_dangers.of_contents(archive)
    except epub_dangers.Danger as danger:
        raise _refusal(path, str(danger), "do not open it") from danger
    except zipfile.BadZipFile as error:
        raise _refusal(path, f"this is no readable EPUB: {_plain(error)}", "fetch or build it again") from error
    except OSError as error:
        why = error.strerror or str(error)
        raise _refusal(path, f"it cannot be read: {why}", "look at its path and permissions") from error
    except (EOFError, ValueError, NotImplementedError, RuntimeError, struct.error, zlib.error) as error:
        raise _refusal(path, f"this is no readable EPUB: {_plain(error)}", "fetch or build it again") from error
    epub = EpubFile(path, archive, expect)
    try:
        package(epub)
    except (KeyError, IndexError, etree.XMLSyntaxError) as error:
        raise _refusal(path, "it names no package document that can be read", "build it again") from error
    return epub


def _archive(source: Path | BinaryIO) -> zipfile.ZipFile:
    if isinstance(source, Path) and source.stat().st_size > epub_dangers.LARGEST:
        raise epub_dangers.Danger(f"it is larger than {epub_dangers.LARGEST // 2**20} MB")
    data = source.read_bytes() if isinstance(source, Path) else source.read()
    epub_dangers.of_bytes(data)
    return zipfile.ZipFile(io.BytesIO(data))


def _plain(error: Exception) -> str:
    """What was said, on one line; where nothing was, the kind of error."""
    return " ".join(str(error).split()) or type(error).__name__


def _refusal(path: Path, what: str, remedy: str) -> SourceError:
    return SourceError(what, remedy=remedy, place=Place(path))


def parse(data: bytes) -> Any:
    """An XML tree, without fetching or expanding anything. Raises XMLSyntaxError."""
    return etree.fromstring(data, parser=etree.XMLParser(resolve_entities=False, no_network=True))


def xml(epub: EpubFile, name: str) -> Any | None:
    """The tree of one file; None where it is missing or not well-formed."""
    try:
        return parse(epub.zip.read(name))
    except (KeyError, etree.XMLSyntaxError):
        return None


def package_name(epub: EpubFile) -> str:
    """The package document's path in the archive."""
    container = parse(epub.zip.read("META-INF/container.xml"))
    return posixpath.normpath(str(container.xpath("//c:rootfile/@full-path", namespaces=NS)[0]))


def package(epub: EpubFile) -> Any:
    """The package document."""
    return parse(epub.zip.read(package_name(epub)))


def resources(epub: EpubFile) -> list[Resource]:
    """What the manifest lists."""
    folder = posixpath.dirname(package_name(epub))
    return [
        Resource(
            item.get("id", ""), resolve(item.get("href", ""), folder)[0], item.get("media-type", ""),
            tuple(item.get("properties", "").split()),
        )
        for item in package(epub).iterfind("opf:manifest/opf:item", NS)
    ]


def spine(epub: EpubFile) -> list[str]:
    """The reading order: names in the archive."""
    names = {resource.id: resource.name for resource in resources(epub)}
    order = package(epub).iterfind("opf:spine/opf:itemref", NS)
    return [names[ref.get("idref")] for ref in order if ref.get("idref") in names]


def documents(epub: EpubFile) -> list[Document]:
    """The well-formed XHTML documents, in reading order; a nav that stands outside it comes last."""
    found = {resource.name: resource for resource in resources(epub) if resource.media_type == "application/xhtml+xml"}
    order = dict.fromkeys([*(name for name in spine(epub) if name in found), *found])
    return [
        Document(name, root, "nav" in found[name].properties)
        for name in order if (root := xml(epub, name)) is not None
    ]


def resolve(href: str, folder: str) -> tuple[str, str]:
    """The archive's path (or the URL) that a link leads to, and its fragment. `folder` is the linking file's."""
    if elsewhere(href):
        return href, ""
    bare, fragment = urldefrag(href)
    return posixpath.normpath(posixpath.join(folder, unquote(bare))), unquote(fragment)


def elsewhere(href: str) -> bool:
    """Whether a link leads out of the book (or is no address at all, which EPUBCheck reports)."""
    try:
        return bool(urlsplit(href).scheme) or href.startswith("//")
    except ValueError:
        return True


def targets(document: Document) -> Iterator[tuple[Any, str, str]]:
    """Each link within the book: the element, the file, the fragment."""
    for element in document.find("//*[@href or @src]"):
        href = element.get("href") or element.get("src") or ""
        if elsewhere(href):
            continue
        if href.startswith("#"):
            yield element, document.name, unquote(href[1:])
        else:
            yield (element, *resolve(href, posixpath.dirname(document.name)))


def typed(document: Document, *types: str) -> list[Any]:
    """The elements with one of these epub:type values or the roles of the same names (`doc-…`)."""
    wanted = {*types, *(f"doc-{name}" for name in types)}
    return [
        element for element in document.find("//*[@epub:type or @role]")
        if wanted & {*element.get(EPUB_TYPE, "").split(), *element.get("role", "").split()}
    ]


def property_values(epub: EpubFile, name: str) -> list[str]:
    """The values of a metadata property, such as `schema:accessMode`."""
    metas = package(epub).iterfind("opf:metadata/opf:meta", NS)
    return [(meta.text or "").strip() for meta in metas if meta.get("property") == name]
