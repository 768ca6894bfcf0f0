"""The shape of layout.toml, as pydantic models: what a layout is, and which files come of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from hefte.layout.fitting import FittingTable, ScoreTable
from hefte.records.validate import Rule, near
from hefte.records.words import Name, Table, Text

Millimetres = Annotated[float, Field(gt=0, le=2000)]
Factors = list[Annotated[float, Field(ge=0.5, lt=1)]]
Size = Annotated[list[Millimetres], Field(min_length=2, max_length=2)]


class FileTable(Table):
    """`[files.leaflet]`: one edition that comes of the layout."""

    kind: Annotated[
        Literal["press", "imposed", "tagged", "office", "ebook"], Field(description="what kind of file it is"),
    ]
    trim: Annotated[Size | None, Field(description="[width, height] in mm, where it is not the layout's")] = None
    of: Annotated[Name | None, Field(description="of an imposed one: the edition that it is made from")] = None


class RequireTable(Table):
    """`[require]`: what the finished files must keep besides what their kind asks for."""

    least_pt: Annotated[float | None, Field(gt=0, le=100, description="no type is smaller, pt")] = None
    contrast: Annotated[float | None, Field(ge=1, le=21, description="least contrast of text: 7 for 7 : 1")] = None
    italics: Annotated[bool, Field(description="whether there may be any")] = True
    hyphens: Annotated[bool, Field(description="whether words may be broken at a line's end")] = True
    code: Annotated[bool, Field(description="whether a page shows a QR code that leads to `source_url`")] = False
    addresses: Annotated[bool, Field(description="whether it shows where every language is to be found")] = False


class StoriesTable(Table):
    """`[stories]`: how many stories a layout of chosen words tells, and how long each may be."""

    most: Annotated[int, Field(ge=0, description="stories at most")]
    letters: Annotated[int, Field(ge=1, description="characters of one story's text at most")]


class LayoutFile(Table):
    """layout.toml: what a layout is apart from how it looks."""

    words: Annotated[
        Literal["all", "facing", "chosen"],
        Field(description="`all`: every word; `facing`: beside the source's; `chosen`: what the templates take"),
    ] = "all"
    trim: Annotated[Size | None, Field(description="[width, height] in mm; without it the theme's")] = None
    files: Annotated[dict[Name, FileTable], Field(description="edition → what kind of file it is")] = Field(
        default_factory=dict
    )
    signature: Annotated[int, Field(ge=1, description="the page count is a multiple of this")] = 1
    front: Annotated[list[Name], Field(description="pages before the body, one name a page")] = Field(
        default_factory=list
    )
    tail: Annotated[list[Name], Field(description="pages after it")] = Field(default_factory=list)
    fillers: Annotated[
        list[list[Name]], Field(description="what is added when one page is missing, when two are, …"),
    ] = Field(default_factory=list)
    sheets: Annotated[
        dict[Name, dict[Name, Millimetres]],
        Field(description="page that is folded → its panels from left to right → their widths, mm"),
    ] = Field(default_factory=dict)
    panels: Annotated[
        dict[Name, Annotated[float, Field(gt=0)]],
        Field(description="fixed panel → how far down the page its text may reach, mm"),
    ] = Field(default_factory=dict)
    fits: Annotated[
        Factors, Field(description="by how much the type of a fixed page may shrink where its text does not fit"),
    ] = Field(default_factory=list)
    together: Annotated[bool, Field(description="whether all panels shrink where one runs over")] = False
    body_fits: Annotated[
        Factors,
        Field(max_length=2, description="the same for two languages side by side, whose body is laid out each time"),
    ] = Field(default_factory=list)
    least_lines: Annotated[int, Field(ge=0, description="lines that each page of the body has at least")] = 0
    tokens: Annotated[dict[str, Text], Field(description="what is otherwise than the theme's tokens")] = Field(
        default_factory=dict
    )
    require: Annotated[RequireTable, Field(description="what the finished files must keep")] = RequireTable()
    stories: Annotated[StoriesTable | None, Field(description="which stories chosen words may hold")] = None
    without: Annotated[list[Name], Field(description="checks of laid-out pages that do not apply")] = Field(
        default_factory=list
    )

    fitting: Annotated[FittingTable | None, Field(description="in place of the theme's [fitting]")] = None
    score: ScoreTable = Field(default_factory=ScoreTable, description="how copyfitting judges this layout")

    @field_validator("files")
    @classmethod
    def _made_of_what_there_is(cls, files: dict[str, FileTable]) -> dict[str, FileTable]:
        """What is imposed is made from a press file of the same layout, and nothing else is made from another."""
        press = sorted(name for name, file in files.items() if file.kind == "press")
        for name, file in files.items():
            if file.kind == "imposed" and file.of not in press:
                raise Rule("is imposed from no press file", f"write `of`; {near(file.of or '', press)}", at=(name,))
            if file.kind != "imposed" and file.of is not None:
                raise Rule("is imposed from nothing", "delete `of`", at=(name,))
        return files

    @field_validator("fillers")
    @classmethod
    def _one_more_each(cls, fillers: list[list[str]], info: ValidationInfo) -> list[list[str]]:
        if "signature" not in info.data:  # which is told by itself
            return fillers
        missing = range(1, info.data["signature"])
        if [len(pages) for pages in fillers] != list(missing):
            counts = ", then ".join(str(count) for count in missing) or "nothing"
            raise Rule("do not fill every gap", f"list pages for each: {counts} (the signature less one)")
        return fillers

    @field_validator("sheets")
    @classmethod
    def _pages_that_there_are(cls, sheets: dict[str, dict[str, float]], info: ValidationInfo) -> dict[str, object]:
        """Every page is folded, or none, and the panels of each are as wide as it is."""
        pages = [*info.data.get("front", ()), *info.data.get("tail", ())]
        for name in sheets:
            if name not in pages:
                raise Rule("is on no page", near(name, sorted(pages)), at=(name,))
        trim = info.data.get("trim")
        for name, panels in sheets.items():
            if trim and abs(sum(panels.values()) - trim[0]) > 0.01:
                raise Rule(
                    f"is {sum(panels.values()):g} mm wide, and the page {trim[0]:g}",
                    "give its panels widths that add up", at=(name,),
                )
        return dict(sheets)

    @field_validator("panels")
    @classmethod
    def _of_a_page(cls, panels: dict[str, float], info: ValidationInfo) -> dict[str, float]:
        """A panel with a misspelt name would never be looked at."""
        said = info.data
        if {"front", "tail", "fillers", "sheets"} <= said.keys():
            pages = {*said["front"], *said["tail"], *(page for pages in said["fillers"] for page in pages)}
            pages |= {panel for of_page in said["sheets"].values() for panel in of_page}
            for name in panels:
                if name.removesuffix("-foot") not in pages:
                    raise Rule("is on no page", near(name, sorted(pages)), at=(name,))
        return panels

    @field_validator("without")
    @classmethod
    def _of_pages(cls, without: list[str]) -> list[str]:
        """What a finished file must keep cannot be switched off by a layout."""
        for number, name in enumerate(without):
            if not name.startswith("page-"):
                raise Rule(f"cannot be `{name}`", "name checks of laid-out pages: page-…", at=(number,))
        return without
