"""A tiny publication in nb and other languages that has two chapters, and whose translations are recorded and signed as
a test wants them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import languagekit
from hefte import publication
from hefte.model import Publication, State, Translation
from hefte.translation import recording, signing, workspace

TRANSLATOR, REVIEWER = "Ada Lovelace", "Grete Roede"
UNITS = ("talk", "rest", "colophon", "help", "back-cover", "language")
REST = {
    "nb": "---\ntitle: Å hvile\nsummary: Litt hver dag.\n---\n\nDu kan legge deg nedpå når barnet sover.\n\nBe noen om "
    "å ta oppvasken i kveld.\n\n- Mat på bordet.\n- Luft i rommet.\n",
    "se": "---\ntitle: Vuoiŋŋasteapmi\nsummary: Veaháš juohke beaivvi.\n---\n\nDon sáhtát vuoiŋŋastit go mánná oađđá."
    "\n\nBivdde soapmása bassat lihtiid odne eahkes.\n\n- Borramuš beavddis.\n- Áibmu lanjas.\n",
    "vi": "---\ntitle: Nghỉ ngơi\nsummary: Mỗi ngày một chút.\n---\n\nChị có thể nằm nghỉ khi bé ngủ.\n\nHãy nhờ ai đó "
    "rửa bát tối nay.\n\n- Thức ăn trên bàn.\n- Không khí trong phòng.\n",
}


def write(folder: Path, *languages: str, policy: str = "", origin: str = "human") -> Path:
    """The publication in `folder`, which is returned; nothing is recorded. `policy`: lines under `[translation]`."""
    root = languagekit.publication_in(folder, *languages)
    toml = root / "chapters" / "publication.toml"
    text = toml.read_text(encoding="utf-8").replace('chapters = ["talk"]', 'chapters = ["talk", "rest"]')
    toml.write_text(text.replace("[contact]", f"[translation]\n{policy}\n\n[contact]"), encoding="utf-8")
    for code in ("nb", *languages):
        (root / "chapters" / code / "rest.md").write_text(REST[code], encoding="utf-8")
    for code in languages:
        change(root, f"{code}/language.toml", 'origin = "human"', f'origin = "{origin}"')
    return root


def recorded(folder: Path, *languages: str, policy: str = "", origin: str = "human") -> Path:
    """The same with everything recorded, so that every text is current and none is signed."""
    root = write(folder, *languages, policy=policy, origin=origin)
    for code in languages:
        recording.record(load(root), code, by=TRANSLATOR)
    return root


def signed(folder: Path, *languages: str, policy: str = "", origin: str = "human") -> Path:
    """The same, signed throughout."""
    root = recorded(folder, *languages, policy=policy, origin=origin)
    for code in languages:
        signing.sign(load(root), code, None, by=REVIEWER)
    return root


def load(root: Path) -> Publication:
    return publication.load(root)


def state(root: Path, language: str) -> Translation:
    return workspace.open(load(root), language)


def waiting(root: Path, language: str) -> dict[str, State]:
    """Segment → state, of those that are not ready."""
    pairs = [pair for unit in state(root, language).units for pair in unit.pairs if pair.state is not State.READY]
    return {(pair.source or pair.target).id: pair.state for pair in pairs}  # type: ignore[union-attr]


def units(root: Path, language: str) -> dict[str, State]:
    return {unit.id: unit.state for unit in state(root, language).units}


def change(root: Path, file: str, old: str, new: str) -> None:
    """Put `new` in the place of the only `old` in a file below chapters/."""
    path = root / "chapters" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def today() -> str:
    return dt.date.today().isoformat()
