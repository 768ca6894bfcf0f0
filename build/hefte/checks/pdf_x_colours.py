"""A PDF to what PDF/X asks of how it paints: graphics states, transparency, colour spaces against the output intent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from hefte.checks import pdf_painting
from hefte.checks.pdf_actions import dictionaries
from hefte.checks.pdf_reading import intent_profile, intent_space
from hefte.checks.pdf_spaces import space_name

_INTENTS = ("/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation")
_OPAQUE = ("pdf/x-1a", "pdf/x-3")
"""Parts of PDF/X that know no transparency."""
_BLEND_MODES = (
    "/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge", "/ColorBurn",
    "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color", "/Luminosity",
)
"""ISO 32000-1, tables 136 and 137."""
_STATE_KEYS = ("/ca", "/CA", "/OPM", "/TR2", "/SA", "/BM")
_DEVICE = ("DeviceCMYK", "DeviceGray")


def graphics_states(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """No transfer curves and halftone phases, known rendering intents and blend modes: the press decides on these."""
    for state in _states(pdf):
        if "/TR" in state:
            yield "a graphics state has a transfer curve (TR)"
        if str(state.get("/TR2", "/Default")) != "/Default":
            yield "a graphics state has a transfer curve (TR2)"
        if "/HTP" in state:
            yield "a graphics state has a halftone phase (HTP)"
        if str(state.get("/RI", _INTENTS[0])) not in _INTENTS:
            yield f"the rendering intent {state.RI} is not known"
        yield from (f"the blend mode {mode} is not known" for mode in _modes(state) if mode not in _BLEND_MODES)


def _modes(state: Any) -> list[str]:
    modes = state.get("/BM", "/Normal")
    return [str(mode) for mode in (modes if isinstance(modes, pikepdf.Array) else [modes])]


def _states(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The graphics states, those that stand in a resource dictionary too, and in that of a page or form."""
    for item in dictionaries(pdf):
        if item.get("/Type") == "/ExtGState" or "/HTP" in item or any(key in item for key in _STATE_KEYS):
            yield item
        for owner in (item, item.get("/Resources")):
            states = owner.get("/ExtGState") if isinstance(owner, pikepdf.Dictionary) else None
            if isinstance(states, pikepdf.Dictionary):
                yield from (state for state in dict(states).values() if isinstance(state, pikepdf.Dictionary))


def halftones(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """The press has a screen of its own: halftones of the kinds 1 and 5 only, and none by its name."""
    held = (state.get("/HT") for state in _states(pdf))
    for item in (*dictionaries(pdf), *(one for one in held if isinstance(one, pikepdf.Dictionary))):
        if "/HalftoneType" in item and int(item.HalftoneType) not in (1, 5):
            yield f"there is a halftone of the type {int(item.HalftoneType)}"
        if "/HalftoneName" in item:
            yield "a halftone is asked for by its name"


def pictures(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """A known rendering intent for each picture."""
    for item in dictionaries(pdf):
        if item.get("/Subtype") == "/Image" and str(item.get("/Intent", _INTENTS[0])) not in _INTENTS:
            yield f"a picture's rendering intent {item.Intent} is not known"


def opaque(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """No transparency before PDF/X-4: none that is painted, and none that is declared."""
    if claim not in _OPAQUE:
        return
    for item in dictionaries(pdf):
        group = item.get("/Group")
        if isinstance(group, pikepdf.Dictionary) and group.get("/S") == "/Transparency":
            yield "there is a transparency group"
        if item.get("/Subtype") == "/Image" and (item.get("/SMaskInData", 0) or "/SMask" in item):
            yield "a picture has a soft mask"
    seen = False
    for paint in pdf_painting.paints(pdf):
        if not paint.opaque:
            seen = True
            yield f"something on page {paint.page} is transparent"
    if not seen and any(_is_transparent(state) for state in _states(pdf)):
        yield "a graphics state is transparent, though nothing is painted with it"


def _is_transparent(state: Any) -> bool:
    alpha = min(float(state.get("/ca", 1)), float(state.get("/CA", 1)))
    blended = any(mode not in ("/Normal", "/Compatible") for mode in _modes(state))
    return alpha < 1 or blended or state.get("/SMask", "/None") != "/None"


def inks_only(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """PDF/X-1a has inks and nothing else: no profiles, and no spot colour that is described as light."""
    if claim != "pdf/x-1a":
        return
    for paint in pdf_painting.paints(pdf):
        if paint.space in ("ICCBased/4", "ICCBased/1", "CalGray"):
            yield f"a colour on page {paint.page} is given with a profile ({paint.space.partition('/')[0]})"
    for names, alternate, _ in _named_inks(pdf):
        if space_name(alternate, {}) not in _DEVICE:
            yield f"the spot colour {names} is described in {space_name(alternate, {}).partition('/')[0]}, not in inks"


def one_meaning(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """A spot colour's name means one ink: described the same way wherever it stands."""
    meant: dict[str, bytes] = {}
    for names, alternate, tint in _named_inks(pdf):
        if "+" not in names and meant.setdefault(names, _said(alternate, tint)) != _said(alternate, tint):
            yield f"the spot colour {names} is described in two ways"


def _said(alternate: Any, tint: Any) -> bytes:
    read: bytes = tint.read_bytes() if isinstance(tint, pikepdf.Stream) else tint.unparse(resolved=True)
    said: bytes = alternate.unparse(resolved=True)
    return said + read


def _named_inks(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any, Any]]:
    """Each Separation and DeviceN in the file: its names, what it falls back on, and how."""
    for space in _spaces(pdf):
        if space[0] in ("/Separation", "/DeviceN") and len(space) >= 4:
            yield space_name(space, {}).partition("/")[2], space[2], space[3]


def _spaces(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Colour spaces that are arrays: on their own, in resources, in pictures and gradients."""
    for item in pdf.objects:
        found: list[Any] = []
        if isinstance(item, pikepdf.Array):
            found = [item]
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            found = [*_held(item), *_held(item.get("/Resources"))]
        yield from (one for one in found if isinstance(one, pikepdf.Array) and len(one) and _is_name(one[0]))


def _held(owner: Any) -> list[Any]:
    """What stands under /ColorSpace: one, or one for each name."""
    if not isinstance(owner, pikepdf.Dictionary | pikepdf.Stream):
        return []
    held: Any = owner.get("/ColorSpace")
    return list(dict(held).values()) if isinstance(held, pikepdf.Dictionary) else [held]


def _is_name(value: Any) -> bool:
    return isinstance(value, pikepdf.Name)


def fitting_intent(pdf: pikepdf.Pdf, claim: str) -> Iterator[str]:
    """Inks without a profile are those of the printing condition, which must then be one of inks; and what has the
    condition's own profile is to be given without it, since it would not overprint as inks do."""
    condition = intent_space(pdf)
    paints = pdf_painting.paints(pdf)
    if condition not in ("", "CMYK") and any(paint.space == "DeviceCMYK" for paint in paints):
        yield f"colours are given in inks, and the output intent is for {condition}"
    profile = intent_profile(pdf)
    if condition == "CMYK" and claim == "pdf/x-4" and any(paint.space == "ICCBased/4" for paint in paints):
        given = (space[1] for space in _spaces(pdf) if space[0] == "/ICCBased" and len(space) > 1)
        if any(isinstance(one, pikepdf.Stream) and one.read_bytes() == profile for one in given):
            yield "colours are given with the output intent's own profile"


COLOUR_CONDITIONS = (
    graphics_states,
    halftones,
    pictures,
    opaque,
    inks_only,
    one_meaning,
    fitting_intent,
)
"""What PDF/X asks for of colours beyond RGB, ink and spot colours, which have checks of their own."""
