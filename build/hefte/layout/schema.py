"""The shapes of theme.toml and layout.toml, as pydantic models: unknown keys are refused, the near one is offered."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from hefte.layout.fitting import FittingTable, ScoreTable, refuse_far
from hefte.records.validate import Rule, near
from hefte.records.words import Name, Table, Text, language_tag

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


Factor = Annotated[float | None, Field(gt=0, le=4, description="multiplies what [tokens] says; 1 where left out")]


class ScriptTable(Table):
    """`[scripts.Arab]` or `[languages.ur]`: what is otherwise than `[roles]` and `[tokens]` say."""

    text: Annotated[Text | None, Field(description="family of running text")] = None
    display: Annotated[Text | None, Field(description="family of titles")] = None
    story: Annotated[Text | None, Field(description="family of the stories")] = None
    size: Factor = None
    line: Factor = None
    display_size: Factor = None
    display_line: Factor = None

    def families(self) -> dict[str, str]:
        """Role → family, of those that it names."""
        return {role: family for role in Roles.model_fields if (family := getattr(self, role))}


class ThemeFile(Table):
    """theme.toml: the design tokens."""

    colours: Annotated[dict[str, ColourTable], Field(description="name → srgb and cmyk")]
    fonts: Annotated[list[FamilyTable], Field(min_length=1, description="the declared families")]
    roles: Annotated[Roles, Field(description="which family sets what")]
    tokens: Annotated[dict[str, str], Field(description="sizes and spaces as CSS values")]
    scripts: dict[str, ScriptTable] = Field(
        default_factory=dict, description="script (ISO 15924) → what differs in it from Latin letters",
    )
    languages: dict[str, ScriptTable] = Field(
        default_factory=dict, description="language (BCP 47) → what differs in it from its script",
    )
    fitting: Annotated[FittingTable | None, Field(description="what copyfitting may change, and how far")] = None

    @field_validator("colours")
    @classmethod
    def _ink(cls, colours: dict[str, ColourTable]) -> dict[str, ColourTable]:
        if "ink" not in colours:
            raise Rule("has no `ink`", "add it: running text and the QR code are set in it")
        return colours

    @field_validator("roles")
    @classmethod
    def _known(cls, roles: Roles, info: ValidationInfo) -> Roles:
        _declared(dict(roles), info)
        return roles

    @field_validator("fitting")
    @classmethod
    def _near(cls, fitting: FittingTable | None, info: ValidationInfo) -> FittingTable | None:
        if fitting is not None and "tokens" in info.data:
            refuse_far(fitting, info.data["tokens"])
        return fitting

    @field_validator("scripts")
    @classmethod
    def _scripts(cls, scripts: dict[str, ScriptTable], info: ValidationInfo) -> dict[str, ScriptTable]:
        from babel import Locale

        for code, table in scripts.items():
            if code not in Locale("en").scripts:
                known = near(code, sorted(Locale("en").scripts))
                raise Rule(f"cannot name the script `{code}`", f"write its ISO 15924 code; {known}", at=(code,))
            _declared(table.families(), info, code)
        return scripts

    @field_validator("languages")
    @classmethod
    def _languages(cls, languages: dict[str, ScriptTable], info: ValidationInfo) -> dict[str, ScriptTable]:
        for tag, table in languages.items():
            try:
                language_tag(tag)
            except Rule as rule:
                raise Rule(rule.what, rule.remedy, at=(tag,)) from None
            _declared(table.families(), info, tag)
        return languages


def _declared(roles: dict[str, str], info: ValidationInfo, *at: str) -> None:
    """Rule for a role whose family is not among the theme's fonts."""
    families = [family.family for family in info.data.get("fonts", ())]
    for name, family in roles.items():
        if families and family not in families:
            raise Rule(f"cannot be `{family}`", f"choose among its fonts: {', '.join(families)}", at=(*at, name))


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
    fits: Annotated[
        list[Annotated[float, Field(ge=0.7, lt=1)]],
        Field(description="by how much the type of a fixed page may shrink where its text does not fit, step by step"),
    ] = Field(default_factory=list)
    body_fits: Annotated[
        list[Annotated[float, Field(ge=0.7, lt=1)]],
        Field(max_length=2, description="the same for two languages side by side"),
    ] = Field(default_factory=list)
    least_lines: Annotated[int, Field(ge=0, description="lines that each page of the body has at least")] = 0
    fitting: Annotated[FittingTable | None, Field(description="in place of the theme's [fitting]")] = None
    score: ScoreTable = Field(default_factory=ScoreTable, description="how copyfitting judges this layout")

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
