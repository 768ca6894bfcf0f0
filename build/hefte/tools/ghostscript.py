"""A PDF for the press to its separations: a picture of each ink's plate, as Ghostscript's RIP would expose it.

Overprinting, transparency and profiles are resolved as in a print shop, which no reading of its operators can do.
"""

from __future__ import annotations

import functools
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hefte.tools.process import Outcome, run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Plate = NDArray[np.uint8]

NAME = "Ghostscript"
MISSING = "install Ghostscript (the package is called ghostscript)"
PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
"""The plates that every page has, in this order; spot colours follow, by their names."""

_START_S = 30
_PLATE = re.compile(r"(\d+)\((.*)\)\.tif", re.DOTALL)


@functools.cache
def probe() -> str | None:
    """The version of Ghostscript that can run here; None where there is none, or none that opens the sandbox."""
    program = shutil.which("gs")
    if program is None:
        return None
    outcome = run([program, "--version"], timeout_s=_START_S)
    said = re.match(r"(\d+)\.\d+(\.\d+)?", outcome.said)
    # From version 10 on PDFs are read by a reader in C, inside the sandbox; -dSAFER of old was not one.
    return said[0] if outcome.status == 0 and said and int(said[1]) >= 10 else None


def separate(
    source: Path | bytes, folder: Path, *, pages: int, ppi: float, profile: bytes | None, timeout_s: float,
    memory: int | None = None,
) -> Outcome:
    """Have the plates of the first `pages` pages written into an empty folder, whole MediaBox. See `plates`.

    `profile` is a CMYK profile, ICC, of the press: what is not CMYK yet is separated by it; CMYK stays as it is.
    `timeout_s` and `memory` as in process.run.
    """
    if isinstance(source, bytes):
        file = folder / "file.pdf"
        file.write_bytes(source)
    else:
        file = source.absolute()
    command = [
        "gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-dNoUserUnit", "-sDEVICE=tiffsep", "-sCompression=none",
        "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4",  # else whatever touches a pixel fills it: thin strokes grow fat
        f"-r{ppi:.2f}", f"-dLastPage={pages}", *_through(profile, folder),
        f"-sOutputFile={str(folder).replace('%', '%%')}/%d.tif", str(file),
    ]
    return run(command, timeout_s=timeout_s, memory=memory, environment={"GS_OPTIONS": "", "TEMP": str(folder)})


def plates(folder: Path, page: int) -> Mapping[str, Plate]:
    """A page's plates by ink: 0 is bare paper, 255 full ink. Empty where the page was not drawn."""
    import numpy as np
    from PIL import Image

    found: dict[str, Any] = {}
    for file in sorted(folder.glob(f"{page}(*).tif")):
        name = _PLATE.fullmatch(file.name)
        if name:
            with Image.open(file) as image:
                found[name[2]] = ~np.asarray(image.convert("L"))
    order = [ink for ink in PROCESS if ink in found]
    return {ink: found[ink] for ink in (*order, *(ink for ink in found if ink not in PROCESS))}


def _through(profile: bytes | None, folder: Path) -> list[str]:
    """The profile of the press, for what comes out and for the CMYK that goes in: else DeviceCMYK would be converted
    from Ghostscript's own to the press's, and black text become four inks."""
    if profile is None:
        return []
    file = folder / "press.icc"
    file.write_bytes(profile)
    return [f"-sOutputICCProfile={file}", f"-sDefaultCMYKProfile={file}"]
