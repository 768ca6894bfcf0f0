"""`hefte translate start`: the folder of a new language, each gap with its source text above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from hefte import quotes
from hefte.errors import UsageError
from hefte.model import Publication, Record
from hefte.records.validate import Rule, near
from hefte.records.words import language_tag
from hefte.translation import memory, pairing, remarks, review, split, strings, words, writing
from hefte.translation.workspace import Source, Text

_LANG = re.compile(r"^lang[ \t]*:.*(?:\r\n|\r|\n)", re.MULTILINE)
_PICTURE = re.compile(r"(!\[(?:[^\]\\]|\\.)*\]\(\s*<?)(?![a-z][a-z0-9+.-]*:|/|#)", re.IGNORECASE)


def start(publication: Publication, lang: str, known: memory.Memory | None = None) -> writing.Report:
    """Make the folder. What the memory has the same source text for is filled in.

    Raises UsageError for a tag that is none or that CLDR does not know, and for a folder that has something in it.
    """
    tag(lang)
    folder = publication.root / "chapters" / lang
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise UsageError(
            f"{folder} is there already and is not empty", remedy=f"`hefte translate update {lang}` follows the source",
        )
    source = Source(publication)
    known = known or memory.Memory(publication.source_language, lang)
    texts: dict[str, str] = {}
    reviews = review.Reviews()
    for unit, files in source.layout.items():
        records: dict[str, review.Records] = {}
        for file in files:
            if ours := source.text(unit, file):
                texts[file] = begun(publication, lang, ours, known)
                records[file] = {pairing.name(each): Record(each.digest) for each in ours.segments}
        reviews = reviews.replaced(**{unit: review.UnitReview(records=records)})
    there = replace(publication, languages=(*publication.languages, lang))
    return writing.Plan(there, lang, source, texts, reviews).put()


def tag(lang: str) -> None:
    """UsageError for what is no language tag, and for a language that CLDR does not know."""
    from babel import Locale, UnknownLocaleError
    from babel.localedata import locale_identifiers

    try:
        language_tag(lang)
        Locale.parse(lang, sep="-")
    except Rule as rule:
        raise UsageError(f"a language {rule.what}", remedy=rule.remedy) from None
    except (ValueError, UnknownLocaleError):
        known = [name.replace("_", "-") for name in locale_identifiers()]
        there = [name for name in known if name.startswith(f"{lang.partition('-')[0]}-")][:5]
        said = f"CLDR has {', '.join(there)}" if there else near(lang, [name for name in known if len(name) < 4])
        remedy = said if len(said) < 80 else "name it by its BCP 47 tag, such as nb, ar or fa-AF"
        raise UsageError(f"CLDR knows no language `{lang}`", remedy=remedy) from None


def begun(publication: Publication, lang: str, ours: Text, known: memory.Memory) -> str:
    """A file as a translator finds it: the source's with `[…]` for every text, and the source text above each."""
    filled = {each.id: known.target(each.digest) or "" for each in ours.segments}
    if ours.file == strings.FILE:
        return _language(lang, ours, filled)
    text = _PICTURE.sub(rf"\1{_to_source(publication, ours.file)}", ours.text)
    end = split.fill(text, filled)
    if ours.file.startswith("stories/"):
        head, fence, body = end.partition("\n---")
        end = _LANG.sub("", head + "\n").removesuffix("\n") + fence + body
    gaps = {pairing.name(each): each.text for each in ours.segments if not filled[each.id]}
    return remarks.above(end, gaps)


def _to_source(publication: Publication, file: str) -> str:
    """The way from a language's file to where its source lies, from which pictures are named."""
    folder, slash, _ = file.rpartition("/")
    return "../" * (file.count("/") + 1) + publication.source_language + "/" + folder + slash


def _language(lang: str, ours: Text, filled: Mapping[str, str]) -> str:
    """language.toml with what CLDR has of the language above it."""
    import tomllib

    data = tomllib.loads(ours.text)
    said = {each.id.removeprefix(f"{strings.UNIT}."): each.text for each in ours.segments}
    new = {id.removeprefix(f"{strings.UNIT}."): text for id, text in filled.items()}
    lines = [*(f"# {line}" for line in facts(lang)), ""]
    lines += [line for key in ("title", "subtitle", "description", "audience") for line in _pair(key, key, said, new)]
    lines += ["# human: translated by people. machine: by a machine; then it is a draft until it is signed."]
    lines += ['origin = "human"', "# Your name, as it is to be printed:", '# translator = ""', ""]
    for table, keys in _tables(data):
        lines += [f"[{table}]", *(line for key in keys for line in _pair(key, f"{table}.{key}", said, new)), ""]
    return "\n".join(lines)


def _tables(data: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    yield from ((table, list(data[table])) for table in strings.TABLES if table in data)
    for id, said in data.get("helplines", {}).items():
        yield f"helplines.{id}", list(said)


def _pair(key: str, name: str, said: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    if name not in said:
        return []
    line = f"{key} = {strings.quoted(new[name] or words.GAP)}"
    return [line] if new[name] else [f"# {said[name]}", line]


def facts(lang: str) -> list[str]:
    """What CLDR has of a language that a translator can hold her texts against."""
    from babel import Locale

    locale = Locale.parse(lang, sep="-")
    own = locale.languages.get(str(locale)) or locale.get_display_name(locale) or lang
    direction = "from right to left" if locale.text_direction == "rtl" else "from left to right"
    first, last, inner, end = tuple(quotes.marks(lang))
    return [
        f"{own} ({locale.get_display_name('en') or lang}), written {direction}.",
        f"Quotation marks: {first}…{last}, and within a quotation {inner}…{end}. Any others become these.",
        "Each text has its source above it. Write yours in the place of […].",
    ]
