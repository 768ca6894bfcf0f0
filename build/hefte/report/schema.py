"""The shape of report.json, as pydantic models: what scripts may rely on. `hefte schema` prints it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError

_DAY = r"^\d{4}-\d{2}-\d{2}$"
Day = Annotated[str, Field(pattern=_DAY)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0)]
Box = Annotated[list[float], Field(min_length=4, max_length=4)]
Two = Annotated[list[float], Field(min_length=2, max_length=2)]


class Record(BaseModel):
    """No key but those declared, no value of another type than declared."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Boxes(Record):
    """Of a PDF's first page."""

    trim_mm: Two
    bleed_mm: float
    media_mm: Two


class Font(Record):
    """One font of a PDF."""

    name: str
    type: str
    embedded: bool
    subset: bool


class Image(Record):
    """One placed picture of a PDF."""

    page: Annotated[int, Field(ge=1)]
    width: Count
    height: Count
    ppi: float
    colour: str


class Inks(Record):
    """How much ink one page takes: mean of each, and the most on one spot, percent."""

    page: Annotated[int, Field(ge=1)]
    c: float
    m: float
    y: float
    k: float
    most: float


class Ink(Record):
    """The most ink on one spot of a PDF, and where."""

    most: float
    page: int
    box: Box | None = None
    pages: list[Inks]


class Colours(Record):
    """The colour spaces of one page."""

    page: Annotated[int, Field(ge=1)]
    spaces: list[str]
    spots: list[str]


class Contrast(Record):
    """The least contrast between a text and what is behind it."""

    least: float
    page: int
    text: str


class Panels(Record):
    """The panels of one page of a folded file, from the left, and how near letters come to a fold."""

    page: Annotated[int, Field(ge=1)]
    widths_mm: list[float]
    clear_mm: float | None


class Folded(Record):
    """The pages of a folded file."""

    pages: list[Panels]


class Profile(Record):
    """A PDF's output intent."""

    condition: str | None
    description: str | None


class Figures(Record):
    """What was measured on a file; empty where nothing was. Further figures may come."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, JsonValue]
    boxes: Boxes | None = None
    version: str | None = None
    standard: str | None = None
    fonts: list[Font] | None = None
    images: list[Image] | None = None
    colours: list[Colours] | None = None
    ink: Ink | None = None
    contrast: Contrast | None = None
    panels: Folded | None = None
    profile: Profile | None = None


class File(Record):
    """One finished file."""

    path: Annotated[str, Field(description="below the output folder")]
    edition: Annotated[str, Field(description="or `job` for the print shop's sheet")]
    pages: Count | None
    size: Annotated[int, Field(ge=0, description="bytes")]
    digest: Sha256
    checks: Annotated[list[str], Field(description="ids of the checks that ran")]
    look: Annotated[str, Field(description="digest of all that was looked at, and by what")]
    stories: Annotated[list[str], Field(description="ids of the stories in it")]
    figures: Figures


class Found(Record):
    """One finding."""

    check: str
    severity: Literal["error", "warning", "note"]
    message: str
    remedy: str
    path: str | None = None
    line: Annotated[int, Field(ge=1)] | None = None
    page: Annotated[int, Field(ge=1)] | None = None
    box: Annotated[Box | None, Field(description="left, bottom, right, top in pt, of the page")] = None
    language: str | None = None
    edition: str | None = None
    blocks_release: bool = False
    waived: Annotated[str | None, Field(description="why the editor lets it stand")] = None


class Failed(Record):
    """Why something could not be made."""

    lines: Annotated[list[str], Field(min_length=1)]
    exit_code: Annotated[int, Field(ge=1)]


class UnitStanding(Record):
    """One chapter of a translation, or `language` for language.toml."""

    id: str
    state: Literal["missing", "stale", "fuzzy", "unrecorded", "unsigned", "ready"]
    translator: str
    signed_by: str | None = None
    signed_on: Day | None = None


class Standing(Record):
    """How far a language has come."""

    name: Annotated[str, Field(description="in itself")]
    called: Annotated[str, Field(description="in the source language")]
    direction: Literal["ltr", "rtl"]
    origin: Literal["original", "human", "machine"]
    draft: Annotated[bool, Field(description="made by a machine and not signed throughout")]
    source: Annotated[bool, Field(description="whether it is the language that others are translated from")]
    units: list[UnitStanding]


class Set(Record):
    """One layout of a language's chapters, as copyfitting judges it."""

    sizes: Annotated[dict[str, str], Field(description="token → its value in pt, before a script's factors")]
    pages: Count
    fillers: Count
    parts: Annotated[dict[str, float], Field(description="what there are points off for → how many")]
    score: Annotated[float, Field(description="their sum; the least is the best")]


class Fitted(Record):
    """What copyfitting chose for one layout."""

    layout: Annotated[str, Field(description="its folder")]
    layouts: Annotated[int, Field(ge=1, le=3, description="how often the chapters were laid out")]
    chosen: Set
    unfitted: Annotated[Set, Field(description="the same in the theme's own sizes")]


class Entry(Record):
    """One language."""

    sources: Annotated[str, Field(description="digest of everything that it was made from")]
    looked_on: Day
    asked: list[str] | None
    files: list[File]
    checks: Annotated[list[str], Field(description="ids of the checks that ran on its words and laid-out pages")]
    spelling: Annotated[str, Field(description="program and dictionary, or why none; empty where nothing was read")]
    fit: Annotated[bool, Field(description="false where it was built with `--no-fitting`")]
    fitted: Annotated[list[Fitted], Field(description="what copyfitting chose, for each layout that it fitted")]
    older: Annotated[list[File], Field(description="of earlier builds, not made again by this one, and there still")]
    validated: bool
    validators: dict[str, str]
    findings: list[Found]
    failures: list[Failed]
    standing: Annotated[Standing | None, Field(description="null where its texts cannot be read")]


class Agreed(Record):
    """A consent's record; where the evidence is kept is not told."""

    wording: str
    date: Day


class StoryStanding(Record):
    """What is recorded of one story."""

    language: Annotated[str, Field(description="that it was told in")]
    voice: Literal["quote", "retold"]
    consent: Agreed | None
    scopes: list[str]
    approved: Annotated[list[str], Field(description="languages with an approval on record")]
    review_by: Day | None
    withdrawn: Day | None


class Line(Record):
    """One number to call."""

    id: str
    number: str
    verified_on: Day | None


class About(Record):
    """What was published."""

    id: str
    version: str
    date: Day
    review_by: Day
    source_language: str


class Report(Record):
    """report.json"""

    hefte: Annotated[str, Field(description="version of the builder")]
    publication: About
    languages: dict[str, Entry]
    stories: dict[str, StoryStanding]
    helplines: list[Line]
    checks: Annotated[dict[str, str], Field(description="check → what it looks for; of all that ran")]


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12)."""
    from pydantic.json_schema import GenerateJsonSchema

    return {"$schema": GenerateJsonSchema.schema_dialect, **Report.model_json_schema(), "title": "report.json"}


def is_entry(entry: Mapping[str, Any]) -> bool:
    """Whether a language's entry in an earlier report is one that we could have written."""
    try:
        TypeAdapter(Entry).validate_python(entry)
    except ValidationError:
        return False
    return True
