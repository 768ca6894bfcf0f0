"""The shapes of theme.toml and layout.toml, as pydantic models: unknown keys are refused, the near one is offered."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from hefte.records.validate import Rule, near
from hefte.records.words import Name, Table, Text

_HEX = re.compile(r"#[0-9a-f]{6}")


def _hex(value: str) -> str:
    if not _HEX.fullmatch(value):
        raise Rule(f"cannot be `{value}`", "write #rrggbb, six hexadecimal digits in small letters")
    return value


def _inks(values: list[float]) -> list[float]:
    if len(values) != 4:
        raise Rule("does not name four inks", "write [cyan, magenta, yellow, black] in percent")
    return values


class ColourTable(Table):
    """One colour in both worlds."""

    srgb: Annotated[str, Field(description="what a screen shows, #rrggbb"), AfterValidator(_hex)]
    cmyk: Annotated[
        list[Annotated[float, Field(ge=0, le=100)]], Field(description="what a press prints, percent"),
        AfterValidator(_inks),
    ]


class FaceTable(Table):
    """One font file."""

    file: Annotated[Text, Field(description="path below assets/")]
    weight: Annotated[int, Field(ge=1, le=1000, description="CSS weight")]
    style: Annotated[Literal["normal", "italic"], Field(description="normal or italic")] = "normal"


class FamilyTable(Table):
    """One `[[fonts]]`."""

    family: Annotated[Text, Field(description="the name by which roles and styles call it")]
    faces: Annotated[list[FaceTable], Field(min_length=1, description="its files")]


class Roles(Table):
    """`[roles]`: which family sets what."""

    text: Annotated[Text, Field(description="family of running text")]
    display: Annotated[Text, Field(description="family of titles")]
    story: Annotated[Text, Field(description="family of the stories")]


class ThemeFile(Table):
    """theme.toml: the design tokens."""

    colours: Annotated[dict[str, ColourTable], Field(description="name → srgb and cmyk")]
    fonts: Annotated[list[FamilyTable], Field(min_length=1, description="the declared families")]
    roles: Annotated[Roles, Field(description="which family sets what")]
    tokens: Annotated[dict[str, str], Field(description="sizes and spaces as CSS values")]

    @field_validator("colours")
    @classmethod
    def _ink(cls, colours: dict[str, ColourTable]) -> dict[str, ColourTable]:
        if "ink" not in colours:
            raise Rule("has no `ink`", "add it: running text and the QR code are set in it")
        return colours

    @field_validator("roles")
    @classmethod
    def _known(cls, roles: Roles, info: ValidationInfo) -> Roles:
        families = [family.family for family in info.data.get("fonts", ())]
        for name, family in roles:
            if families and family not in families:
                raise Rule(f"cannot be `{family}`", f"choose among its fonts: {', '.join(families)}", at=(name,))
        return roles


class LayoutFile(Table):
    """layout.toml: which pages stand around the body, and which panels may not overflow."""

    signature: Annotated[int, Field(ge=1, description="the page count is a multiple of this")]
    front: Annotated[list[Name], Field(description="pages before the body, one name a page")]
    tail: Annotated[list[Name], Field(description="pages after it")]
    fillers: Annotated[list[list[Name]], Field(description="what is added when one page is missing, when two are, …")]
    panels: Annotated[
        dict[Name, Annotated[float, Field(gt=0)]],
        Field(description="fixed panel → how far down the page its text may reach, mm"),
    ]

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

    @field_validator("panels")
    @classmethod
    def _of_a_page(cls, panels: dict[str, float], info: ValidationInfo) -> dict[str, float]:
        """A panel with a misspelt name would never be looked at."""
        said = info.data
        if {"front", "tail", "fillers"} <= said.keys():
            pages = {*said["front"], *said["tail"], *(page for pages in said["fillers"] for page in pages)}
            for name in panels:
                if name.removesuffix("-foot") not in pages:
                    raise Rule("is on no page", near(name, sorted(pages)), at=(name,))
        return panels
