"""`[fitting]` and `[score]` of theme.toml and layout.toml: their shape, and what comes of them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from hefte.model.fitting import SIZES, Fitting, Limits, Score
from hefte.records.validate import Rule
from hefte.records.words import Table

_Size = Annotated[float, Field(gt=0, le=100)]
_Points = Annotated[float, Field(ge=0, le=1000)]
_Part = Annotated[float, Field(ge=0, le=1)]
_Lines = Annotated[int, Field(ge=0, le=20)]
_OWN = Score()
_PT = re.compile(r"\d+(\.\d+)?pt")


class LimitsTable(Table):
    """How far one token may be changed."""

    least: Annotated[_Size, Field(description="the smallest value that is tried, pt")]
    most: Annotated[_Size, Field(description="the largest")]
    step: Annotated[float, Field(ge=0.05, le=10, description="from one value that is tried to the next, pt")]

    @model_validator(mode="after")
    def _in_order(self) -> LimitsTable:
        if self.least > self.most:
            raise Rule("has its least above its most", "write the smaller one as `least`")
        return self


class FittingTable(Table):
    """`[fitting]`: what copyfitting may change, in the theme's own points."""

    text_size: Annotated[LimitsTable | None, Field(description="size of running text")] = None
    line: Annotated[LimitsTable | None, Field(description="its leading")] = None
    paragraph: Annotated[LimitsTable | None, Field(description="space between paragraphs")] = None
    apart: Annotated[LimitsTable | None, Field(description="space around stories and call-outs")] = None
    leading: Annotated[
        float, Field(ge=0, le=3, description="the least leading, as a multiple of the size of type")
    ] = 0
    fillers: Annotated[bool, Field(description="whether filler pages may be reckoned with")] = True

    def made(self) -> Fitting:
        """As the model has it."""
        tables = {name: table for name in SIZES if (table := getattr(self, name)) is not None}
        limits = {name: _limits(table) for name, table in tables.items()}
        return Fitting(limits, Decimal(str(self.leading)), self.fillers)


class ScoreTable(Table):
    """`[score]`: points off."""

    filler: Annotated[_Points, Field(description="for each filler page")] = _OWN.filler
    ending: Annotated[_Points, Field(description="for a chapter that ends on an empty page")] = _OWN.ending
    ending_from: Annotated[_Part, Field(description="how much of a last page is to be filled")] = _OWN.ending_from
    thin: Annotated[_Points, Field(description="for a page with fewer lines than `least_lines`")] = _OWN.thin
    scrap: Annotated[_Points, Field(description="for a part of a paragraph with too few lines")] = _OWN.scrap
    scrap_lines: Annotated[_Lines, Field(description="how many are enough")] = _OWN.scrap_lines
    cut: Annotated[_Points, Field(description="for a story or call-out broken over pages")] = _OWN.cut
    heading: Annotated[_Points, Field(description="for a heading too near the foot")] = _OWN.heading
    heading_lines: Annotated[_Lines, Field(description="lines wanted under it")] = _OWN.heading_lines
    gap: Annotated[_Points, Field(description="for a page that is empty though its chapter goes on")] = _OWN.gap
    gap_from: Annotated[_Part, Field(description="how much of it may be empty for nothing")] = _OWN.gap_from
    hole: Annotated[_Points, Field(description="for such a page, as well, where it is emptier still")] = _OWN.hole
    hole_from: Annotated[_Part, Field(description="how much is empty there")] = _OWN.hole_from
    spread: Annotated[_Points, Field(description="for facing pages, one full and one empty")] = _OWN.spread
    distance: Annotated[_Points, Field(description="for a size at the end of its limits")] = _OWN.distance

    def made(self) -> Score:
        """As the model has it."""
        return Score(**self.model_dump())


def refuse_far(fitting: FittingTable, tokens: dict[str, str]) -> None:
    """Raises Rule where a token that may be changed is not there, or is outside its own limits."""
    made = fitting.made()
    for name in SIZES:
        said = tokens.get(name, "")
        if not _PT.fullmatch(said):
            raise Rule(f"needs the token `{name}` in pt", f'add `{name} = "…pt"` to [tokens]')
        limits = made.limits.get(name)
        if limits is not None and not limits.least <= _pt(said) <= limits.most:
            what = f"leaves out the theme's own {said}"
            raise Rule(what, "widen the limits: the designer's value is always tried", at=(name,))
    if _pt(tokens["line"]) < made.leading * _pt(tokens["text_size"]):
        what = f"leaves out the theme's own {tokens['line']} for type of {tokens['text_size']}"
        raise Rule(what, "lower it: the designer's values are always tried", at=("leading",))


def _pt(length: str) -> Decimal:
    return Decimal(length.removesuffix("pt"))


def _limits(table: LimitsTable) -> Limits:
    return Limits(*(Decimal(str(number)) for number in (table.least, table.most, table.step)))
