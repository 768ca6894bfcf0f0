"""A folder to a `Publication`: reads the four record files, holds publication.toml against the folders beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from hefte import catalogue, house
from hefte.errors import SourceError, UsageError
from hefte.model import Edition, Excerpts, Helpline, Ordered, Place, Policy, PrintSpec, Publication, StoryRecord, Waiver
from hefte.paths import inside
from hefte.publication.find import FILE

if TYPE_CHECKING:
    from hefte.records.schema import PublicationFile
    from hefte.records.toml import TomlFile

T = TypeVar("T")


def load(folder: Path) -> Publication:
    """The publication in `folder` (which holds chapters/publication.toml).

    Raises UsageError if there is none; SourceError, with every further fault in `also`, if a record is invalid.
    """
    root = folder.absolute()
    if not (root / FILE).is_file():
        raise UsageError(
            f"no publication in {root}: it has no {FILE}",
            remedy="name the folder of a publication, or make a new one with `hefte new FOLDER`",
        )
    # here, not at the top: pydantic takes long to import, and `hefte --help` need not wait for it
    from hefte.publication.beside import read_glossary, read_references, read_stories
    from hefte.records.validate import together

    faults: list[SourceError] = []
    publication = _kept(faults, _publication, root)
    references = _kept(faults, read_references, root)
    stories = _kept(faults, read_stories, root)
    glossary = _kept(faults, read_glossary, root)
    if publication is None or references is None or stories is None or glossary is None:
        raise together(faults)
    if unknown := _unknown_stories(publication, stories):
        raise together(unknown)
    return replace(publication, references=references, stories=stories, glossary=glossary)


def _kept(faults: list[SourceError], read: Callable[[Path], T], root: Path) -> T | None:
    """What `read` gives; None, and its error kept, if it fails: the other files are still looked at."""
    try:
        return read(root)
    except SourceError as error:
        faults.append(error)
        return None


def _publication(root: Path) -> Publication:
    """publication.toml and the language folders, without the other records."""
    from hefte.records.schema import MATTER
    from hefte.records.toml import read_toml

    file = read_toml(root, root / FILE)
    known = catalogue.editions(root)
    said = _validated(file, known)
    languages = _languages(root, file, said.source_language)
    return Publication(
        root=root, id=said.id, version=said.version, publisher=said.publisher, date=said.date, review_by=said.review_by,
        source=said.source, source_url=said.source_url, feedback=said.feedback, license=said.license,
        source_language=said.source_language, languages=languages,
        chapters=tuple(said.chapters), matter=MATTER, editions=_editions(said, known), catalogue=known,
        print=_print(root, file, said),
        place=Place(file.path), helplines=_helplines(file, said), address=said.address or "",
        isbn=_isbn(file, said, languages, known), excerpts=_excerpts(file, said),
        orders=_orders(file, said, known),
        places={key: file.place(key) for key in ("feedback", "address")},
        policies=_policies(said), waivers=_waivers(file, said),
        contact={key: value for key, value in said.contact.model_dump().items() if value is not None},
    )


def _languages(root: Path, file: TomlFile, source: str) -> tuple[str, ...]:
    """The language folders, source language first. Every folder beside publication.toml is one, but for hidden ones."""
    from hefte.records.validate import Rule
    from hefte.records.words import language_tag

    folders = sorted(path for path in file.path.parent.iterdir() if path.is_dir() and path.name[0] not in "._")
    for folder in folders:
        try:
            language_tag(folder.name)
        except Rule as rule:
            raise SourceError(f"the folder {rule.what}", remedy=rule.remedy, place=Place(folder)) from None
    names = [folder.name for folder in folders]
    if source not in names:
        raise SourceError(
            f"there is no folder `{source}` for the source language", place=file.place("source_language"),
            remedy=f"make {file.path.parent.name}/{source}/, or name another source language",
        )
    return (source, *(name for name in names if name != source))


def _validated(file: TomlFile, known: Mapping[str, Edition]) -> PublicationFile:
    """What the file says. Raises SourceError for all that is wrong with it, editions that no layout makes too."""
    from hefte.records.schema import PublicationFile
    from hefte.records.validate import near, together

    names = dict.fromkeys((*known, *(edition.layout for edition in known.values())))
    listed = file.data.get("editions")
    faults = [
        SourceError(f"`editions[{number}]` cannot be `{name}`", remedy=near(name, names),
                    place=file.place("editions", number - 1))
        for number, name in enumerate(listed if isinstance(listed, list) else [], 1)
        if isinstance(name, str) and name not in names
    ]
    try:
        said = file.validated(PublicationFile)
    except SourceError as error:
        raise together([error, *faults]) from None
    if faults:
        raise together(faults)
    return said


def _editions(said: PublicationFile, known: Mapping[str, Edition]) -> tuple[str, ...]:
    """The editions that are built: those that are named, and all of the layouts that are."""
    found: dict[str, None] = {}
    for name in said.editions:
        of_layout = [edition.name for edition in known.values() if edition.layout == name]
        found |= dict.fromkeys(of_layout or [name])
    return tuple(found)


def _isbn(
    file: TomlFile, said: PublicationFile, languages: tuple[str, ...], known: Mapping[str, Edition]
) -> dict[str, dict[str, str]]:
    """Language → edition → number. Raises SourceError where one is for a language or an edition that is not there."""
    from hefte.records.validate import near, together

    faults = [
        SourceError(f"`isbn.{name}` is no language of this publication", place=file.place("isbn", name),
                    remedy=near(name, languages))
        for name in said.isbn if name not in languages
    ]
    faults += [
        SourceError(f"`isbn.{language}` has a number for `{name}`, which no layout makes",
                    place=file.place("isbn", language, name), remedy=near(name, sorted(known)))
        for language, numbers in said.isbn.items() for name in numbers if name not in known
    ]
    if faults:
        raise together(faults)
    return said.isbn


def _orders(file: TomlFile, said: PublicationFile, known: Mapping[str, Edition]) -> dict[str, Ordered]:
    """Edition → what is ordered of it. Raises SourceError where it is none for a print shop, or the brochure."""
    from hefte.records.validate import near, together

    others = sorted(each.name for each in known.values() if each.kind == "press" and each.layout != catalogue.MAIN)
    faults = [
        SourceError(
            f"`orders.{name}` is the brochure, which is ordered in [print]", place=file.place("orders", name),
            remedy="write it there",
        ) if name in known and known[name].layout == catalogue.MAIN else SourceError(
            f"`orders.{name}` is no edition for a print shop", place=file.place("orders", name),
            remedy=near(name, others),
        )
        for name in said.orders if name not in others
    ]
    if faults:
        raise together(faults)
    return {name: Ordered(**table.model_dump()) for name, table in said.orders.items()}


def _excerpts(file: TomlFile, said: PublicationFile) -> dict[str, Excerpts]:
    from hefte.records.validate import near, together

    faults = []
    for edition, each in said.excerpts.items():
        named = [("chapters", number, id) for number, id in enumerate(each.chapters)]
        for key, number, id in [*named, *([("points_of", None, each.points_of)] if each.points_of else [])]:
            if id not in said.chapters:
                at = ("excerpts", edition, key) if number is None else ("excerpts", edition, key, number)
                what = f"`excerpts.{edition}.{key}` names `{id}`, which is no chapter"
                faults.append(SourceError(what, remedy=near(id, said.chapters), place=file.place(*at)))
    if faults:
        raise together(faults)
    return {
        edition: Excerpts(
            tuple(each.stories), tuple(each.tags), file.place("excerpts", edition, "stories"), tuple(each.chapters),
            each.points_of or "", tuple(each.points),
        )
        for edition, each in said.excerpts.items()
    }


def _unknown_stories(publication: Publication, records: Mapping[str, StoryRecord]) -> list[SourceError]:
    """Excerpts from stories that stories.toml has no record of."""
    from hefte.records.validate import near

    return [
        SourceError(f"`excerpts.{edition}.stories` names the story `{id}`, which stories.toml does not have",
                    place=each.place, remedy=near(id, records))
        for edition, each in publication.excerpts.items() for id in each.stories if id not in records
    ]


def _policies(said: PublicationFile) -> dict[str, Policy]:
    table = said.translation
    own = {
        name: Policy(stale=each.stale or table.stale, missing=each.missing or table.missing)
        for name, each in table.languages.items()
    }
    return {"": Policy(table.stale, table.missing), **own}


def _print(root: Path, file: TomlFile, said: PublicationFile) -> PrintSpec:
    table = said.print
    if table.profile is None:
        own = root / "assets" / house.PROFILE
        profile = own if own.is_file() else house.assets() / house.PROFILE
    else:
        profile = inside(root, root, table.profile, file.place("print", "profile"))
    return PrintSpec(
        standard=table.standard, profile=profile, condition=table.condition, ink_limit=table.ink_limit,
        crop_marks=table.crop_marks, creep=table.creep, paper=table.paper, cover_paper=table.cover_paper,
        binding=table.binding, copies=table.copies, contact=table.contact, job_language=table.job_language,
    )


def _waivers(file: TomlFile, said: PublicationFile) -> tuple[Waiver, ...]:
    from hefte.records.words import place_said

    found = []
    for number, each in enumerate(said.waivers):
        path, line, page = place_said(each.place)
        found.append(Waiver(each.check, path, each.reason, each.date, file.place("waivers", number), line, page))
    return tuple(found)


def _helplines(file: TomlFile, said: PublicationFile) -> tuple[Helpline, ...]:
    return tuple(
        Helpline(line.id, line.number, line.tel, file.place("helplines", number), line.verified_on)
        for number, line in enumerate(said.helplines)
    )
