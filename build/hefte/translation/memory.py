"""What was translated before: memory.tmx (TMX 1.4b), one line a text, each under the digest of its source."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from hefte import __version__
from hefte.errors import SourceError
from hefte.model import Place

FILE = "memory.tmx"
LIMIT = 50_000_000
"""Bytes. A memory of a translator's whole life may be some."""
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ROLE = "x-hefte-story"
_EXPORT = "export it as TMX 1.4"


def digest(text: str) -> str:
    """What a source text is filed under: as `Segment.digest`."""
    return sha256(text.encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Entry:
    """One source text and what became of it."""

    source: str
    target: str
    stories: tuple[str, ...] = ()
    """Ids of the stories that it stands in, if it stands in nothing else: it goes where they go."""


@dataclass(slots=True)
class Memory:
    """One language's memory."""

    origin: str
    """The language of the sources."""
    language: str
    entries: dict[str, Entry] = field(default_factory=dict)

    def source(self, digest: str) -> str | None:
        """The source text of that digest."""
        return entry.source if (entry := self.entries.get(digest)) else None

    def target(self, digest: str) -> str | None:
        """What the source text of that digest was last translated as."""
        return entry.target if (entry := self.entries.get(digest)) else None

    def add(self, source: str, target: str, story: str = "") -> None:
        """Remember a translation. `story`: the id of the story that it stands in."""
        before = self.entries.get(key := digest(source))
        stories: tuple[str, ...] = ()
        if story and (before is None or before.stories):
            stories = tuple(sorted({story, *(before.stories if before else ())}))
        self.entries[key] = Entry(source, target, stories)

    def without(self, texts: Collection[str], stories: Collection[str] = ()) -> Memory:
        """The same without these texts, be they source or target, and without what stands in these stories only."""
        return Memory(self.origin, self.language, {
            key: entry for key, entry in self.entries.items()
            if entry.source not in texts and entry.target not in texts
            and not (entry.stories and set(entry.stories) <= set(stories))
        })

    def only(self, stories: Collection[str]) -> Memory:
        """The same without what stands in other stories than these."""
        others = {id for entry in self.entries.values() for id in entry.stories} - set(stories)
        return self.without((), others)

    def dump(self) -> str:
        """The file: sorted, one text a line, so that two translators' lines merge."""
        head = {
            "creationtool": "hefte", "creationtoolversion": __version__, "segtype": "block", "o-tmf": "hefte",
            "adminlang": "en", "srclang": self.origin, "datatype": "plaintext",
        }
        said = " ".join(f"{name}={quoteattr(value)}" for name, value in head.items())
        lines = [_line(key, entry, self.origin, self.language) for key, entry in sorted(self.entries.items())]
        return "\n".join([
            '<?xml version="1.0" encoding="UTF-8"?>', '<tmx version="1.4">', f"<header {said}/>", "<body>", *lines,
            "</body>", "</tmx>", "",
        ])


def _line(key: str, entry: Entry, origin: str, language: str) -> str:
    props = "".join(f'<prop type="{_ROLE}">{escape(story)}</prop>' for story in entry.stories)
    return f'<tu tuid="{key}">{props}{_variant(origin, entry.source)}{_variant(language, entry.target)}</tu>'


def _variant(language: str, text: str) -> str:
    return f"<tuv xml:lang={quoteattr(language)}><seg>{escape(text, {chr(10): '&#10;'})}</seg></tuv>"


def load(path: Path, origin: str = "", language: str = "") -> Memory:
    """The memory in a file, of ours or of any tool; empty if there is no file. Without languages, those of the file.

    Raises SourceError if it is no TMX, or declares entities, which could read files or fill the memory.
    """
    if not path.exists():
        return Memory(origin, language)
    root = _root(path)
    header = root.find("header")
    origin = origin or (header.get("srclang", "") if header is not None else "")
    memory = Memory(origin, language)
    for unit in root.iter("tu"):
        texts = dict(_variants(unit))
        memory.language = memory.language or next((tag for tag in texts if not _same(tag, origin)), "")
        source, target = _of(texts, origin), _of(texts, memory.language)
        if source and target:
            memory.add(source, target)
            stories = tuple(sorted(prop.text for prop in unit.iter("prop") if prop.get("type") == _ROLE and prop.text))
            memory.entries[digest(source)] = Entry(source, target, stories)
    return memory


def _root(path: Path) -> etree._Element:
    data = path.read_bytes()
    if len(data) > LIMIT:
        raise SourceError(f"the file is larger than {LIMIT // 1_000_000} MB", place=Place(path), remedy="split it")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(
            f"not a translation memory: {error.msg}", place=Place(path, error.lineno or 1), remedy=_EXPORT,
        ) from None
    declared = root.getroottree().docinfo.internalDTD
    if next(root.iter(etree.Entity), None) is not None or (declared is not None and any(declared.iterentities())):
        raise SourceError("the file declares entities of its own", place=Place(path), remedy="export it without them")
    if root.tag != "tmx":
        raise SourceError(f"not a translation memory but `{root.tag!s}`", place=Place(path), remedy=_EXPORT)
    return root


def _variants(unit: etree._Element) -> Iterator[tuple[str, str]]:
    for variant in unit.iter("tuv"):
        seg = variant.find("seg")
        if seg is not None:
            yield variant.get(_LANG) or variant.get("lang") or "", "".join(seg.itertext()).strip()


def _of(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next((text for tag, text in texts.items() if _same(tag, language)), "")


def _same(tag: str, language: str) -> bool:
    """`nb-NO` and `NB` are `nb`; `fa` is not `fa-AF`."""
    tag, language = tag.lower().replace("_", "-"), language.lower()
    return tag == language or tag.startswith(f"{language}-")
