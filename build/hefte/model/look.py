"""How it looks: design tokens, layouts, and the pages that come of them. Lengths in mm or pt as each field says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from hefte.model.findings import Place
from hefte.model.fitting import Fitting, Score


@dataclass(frozen=True, slots=True)
class Colour:
    """A design token: one colour in both worlds, each value chosen by hand."""

    name: str
    srgb: tuple[int, int, int]
    """0-255."""
    cmyk: tuple[float, float, float, float]
    """Percent of ink."""

    @property
    def hex(self) -> str:
        """`#rrggbb`."""
        return "#{:02x}{:02x}{:02x}".format(*self.srgb)


@dataclass(frozen=True, slots=True)
class FontFace:
    """One font file of a declared family."""

    family: str
    weight: int
    style: str
    """`normal` or `italic`."""
    file: Path
    """Absolute."""


@dataclass(frozen=True, slots=True)
class ScriptStyle:
    """How one script, or one language, is set where that is otherwise than the theme's own roles and tokens."""

    roles: Mapping[str, str] = field(default_factory=dict)
    """Role → family."""
    factors: Mapping[str, Decimal] = field(default_factory=dict)
    """`size`, `line`, `display_size`, `display_line` → by how much each size and line is multiplied; 1 if not there."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The shared design tokens: layouts/shared/theme.toml. `layout.for_language` makes of it what one needs."""

    colours: Mapping[str, Colour]
    faces: tuple[FontFace, ...]
    roles: Mapping[str, str]
    """`text`, `display`, `story` → family."""
    tokens: Mapping[str, str]
    """Sizes and spaces by name, as CSS values."""
    place: Place
    latin: Mapping[str, str] = field(default_factory=dict)
    """The same for what is in Latin letters within the text of another script."""
    script: str = "Latn"
    """ISO 15924 code of the script that it sets."""
    style: ScriptStyle = ScriptStyle()
    """By what the roles and tokens here differ from the theme's own."""
    scripts: Mapping[str, ScriptStyle] = field(default_factory=dict)
    """Script → what differs in it. Empty in a theme for one language, and so is the next."""
    languages: Mapping[str, ScriptStyle] = field(default_factory=dict)
    """Language → what differs in it from its script."""
    fitting: Fitting | None = None
    """What copyfitting may change, and how far."""

    def families(self, role: str) -> tuple[str, ...]:
        """A role's own family, and the one that sets Latin letters where that is another."""
        return tuple(dict.fromkeys((self.roles[role], self.latin.get(role, self.roles[role]))))

    def weight(self, role: str, wanted: int) -> int:
        """The weight nearest to `wanted` that the role's family has, so that none is ever made up."""
        return min(self._weights(role), key=lambda weight: (abs(weight - wanted), -weight))

    def italic(self, role: str) -> bool:
        """Whether the role's family has an italic. Most scripts know none, and a slanted upright is no italic."""
        return any(face.style == "italic" for face in self.faces if face.family == self.roles[role])

    def size(self, length: str, role: str = "text") -> str:
        """A size of type as written for Latin letters, as the script wants it."""
        return scaled(length, self.factor("size", role))

    def leading(self, length: str, role: str = "text") -> str:
        """The height of a line, or a part of it, as written for Latin letters, as the script wants it."""
        return scaled(length, self.factor("line", role))

    def ratio(self, height: float, role: str = "text") -> str:
        """The height of a line in ems as written for Latin letters; as high as in print where the script wants more."""
        if self.factor("line", role) == 1:
            return str(height)
        line, size = ("title_line", "title_size") if role == "display" else ("line", "text_size")
        printed = Decimal(self.tokens[line].removesuffix("pt")) / Decimal(self.tokens[size].removesuffix("pt"))
        return f"{max(Decimal(str(height)), round(printed, 3)).normalize():f}"

    def factor(self, kind: str, role: str = "text") -> Decimal:
        """By how much the script's `size` or `line` differs from that for Latin letters."""
        return self.style.factors.get(f"display_{kind}" if role == "display" else kind, Decimal(1))

    @property
    def plain(self) -> bool:
        """Whether the theme's own families set this script: what suits Latin letters (figures with descenders, titles
        set closely) suits it too."""
        return self.roles == self.latin or not self.latin

    def _weights(self, role: str) -> set[int]:
        family = self.roles[role]
        return {face.weight for face in self.faces if face.family == family and face.style == "normal"} or {400}


def scaled(length: str, factor: Decimal) -> str:
    """A CSS length, or a bare number, multiplied: `15.5pt` by 1.2 is `18.6pt`."""
    number = length.rstrip("abcdefghijklmnopqrstuvwxyz%")
    product = round(Decimal(number) * factor, 4)
    return f"{product.normalize():f}{length[len(number):]}" if factor != 1 else length


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where one page of the printed edition begins, for the ebook's page list."""

    label: str
    """The page's number as printed or counted: `1` is the cover."""
    key: str
    """data-key of the block the page begins in; or `@cover`, `@colophon`, `@contents`, `@help`, `@back-cover`,
    `@filler` for a page of the frame."""
    offset: int = 0
    """How many characters of that block, white space not counted, stand on earlier pages."""


@dataclass(frozen=True, slots=True)
class Require:
    """What the finished files of a layout must keep besides what their kind asks for: layout.toml `[require]`."""

    least_pt: float | None = None
    """No type is smaller, pt."""
    contrast: float | None = None
    """No text has less with what is behind it: 7 for 7 : 1."""
    italics: bool = True
    """Whether there may be any."""
    hyphens: bool = True
    """Whether words may be broken at a line's end."""
    code: bool = False
    """Whether a page shows a QR code that leads to the publication's source."""
    addresses: bool = False
    """Whether it shows where every language is to be found: publication.toml `address` must say it."""


@dataclass(frozen=True, slots=True)
class Told:
    """How many stories a layout of chosen words tells, and how long they may be: layout.toml `[stories]`."""

    most: int = 0
    letters: int = 0
    """Characters of one story's text."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a layout is, apart from how it looks: layouts/<name>/layout.toml."""

    front: tuple[str, ...]
    """Pages before the body, one name a page."""
    tail: tuple[str, ...]
    """Pages after it."""
    fillers: tuple[tuple[str, ...], ...]
    """Which pages to add when one is missing to a full signature, when two are, …"""
    signature: int
    """The page count is a multiple of this."""
    panels: Mapping[str, float]
    """Fixed panel → how far down its page its text may reach, mm from the trim's top."""
    fits: tuple[float, ...] = ()
    """By how much the type of a fixed panel may be multiplied where its text does not fit, tried in order."""
    body_fits: tuple[float, ...] = ()
    """The same for the running text of two languages side by side, where a page would have fewer than `least_lines`."""
    least_lines: int = 0
    """Of running text on any page of the body."""
    name: str = "brochure"
    """Of its folder."""
    words: str = "all"
    """`all`: a full edition; `facing`: one, beside its source; `chosen`: what the templates take of it."""
    trim: tuple[float, float] | None = None
    """Width and height, mm; None: the theme's."""
    sheets: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Page that is folded → its panels from left to right → their widths, mm. From right to left in a language that is
    read so."""
    together: bool = False
    """Whether all fixed panels get smaller type where one runs over, and not that one alone."""
    tokens: Mapping[str, str] = field(default_factory=dict)
    """What is otherwise than the theme's `[tokens]`."""
    require: Require = Require()
    told: Told = Told()
    without: tuple[str, ...] = ()
    """The checks of laid-out pages (`page-…`) that do not apply."""
    fitting: Fitting | None = None
    """What copyfitting may change here; None: what the theme says."""
    score: Score = field(default_factory=Score)
    """How copyfitting judges what comes of it."""

    def panels_of(self, page: str, direction: str) -> tuple[tuple[str, float, float], ...]:
        """The panels of a folded page as they lie from left to right: name, left edge and width, mm. Mirrored where
        `direction` is `rtl`."""
        widths = list(self.sheets.get(page, {}).items())
        found, left = [], 0.0
        for name, width in reversed(widths) if direction == "rtl" else widths:
            found.append((name, left, width))
            left += width
        return tuple(found)

    def folds(self, direction: str) -> tuple[tuple[float, ...], ...]:
        """Page by page, where it is folded: mm from its left edge. Empty where nothing is folded."""
        if not self.sheets:
            return ()
        return tuple(
            tuple(left for _, left, _ in self.panels_of(page, direction)[1:]) for page in (*self.front, *self.tail)
        )


@dataclass(frozen=True, slots=True)
class Overflow:
    """A fixed panel whose text does not fit."""

    panel: str
    page: int
    """The page that it stands on, from 1."""
    what: str
    """How far it runs over."""
    remedy: str
    language: str = ""
    """BCP 47."""


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What the frame of a brochure must know of the laid-out body."""

    pages: int
    """How many pages the chapters take."""
    starts: Mapping[str, int]
    """Anchor (a chapter's id, say) → the page that it stands on."""
    fits: Mapping[str, int] = field(default_factory=dict)
    """Fixed page → which of the layout's `fits` it is set with, from 1; 0 or none for its own size."""
    edition: str = "print"
    """Which edition the colophon names."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One language as HTML and CSS, ready for the page renderer.

    The body (the chapters) comes first; the frame (cover, contents, last pages) is made once the body's page numbers
    are
    known. So the contents tell the truth after one layout, where `target-counter` would lay everything out again.
    """

    css: str
    body: str
    """Empty where the layout has no chapters."""
    frame: Callable[[BodyFacts], str]
    settings: Settings
