"""Turns good files into thousands of damaged ones, shows each to `hefte check`, and tells which it did not bear.

    cd tests && ../.venv/bin/python -m bench.fuzz --minutes 15 --keep /tmp/crashes [FOLDER of PDF and EPUB files …]

Without folders, our own small files are damaged. Each example is looked at as `foreign.look` does it, in a process with
limits; a bug of ours, a crash of a library, or a time limit that was met is told once for each place where it happened.
"""

from __future__ import annotations

import argparse
import io
import random
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hostile_books
import hostilekit
from hefte import foreign, limits
from hefte.checks import Look
from hefte.model import Failure

SECONDS = 20
WORDS = (
    b"null",
    b"[",
    b"]",
    b"<<",
    b">>",
    b"0",
    b"-1",
    b"1e9",
    b"99999999999999999999",
    b"(",
    b")",
    b"/X",
    b"true",
    b"<00>",
    b"1 0 R",
    b"2 0 R",
    b"3 0 R",
    b"999 0 R",
    b"obj",
    b"endobj",
    b"stream",
    b"endstream",
    b"R",
    b"\x00",
    b"\xff\xff\xff\xff",
    b"<a>",
    b"</a>",
    b"&",
    b"<!--",
    b"]]>",
    b"<p",
    b'="',
    b"..",
    b"#",
    b"http://[",
    b"%00",
    b"\xc3",
)


def main() -> None:
    """Damage, look, tell."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="*", type=Path, help="folders with PDF and EPUB files")
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--seed", type=int, default=None, help="the same damage again")
    parser.add_argument("--rendered", type=float, default=0.1, help="how many are rendered too (0 to 1)")
    parser.add_argument("--keep", type=Path, help="where to keep the files that were not borne")
    parser.add_argument("--as-they-are", action="store_true", help="look at each file of the folders once, undamaged")
    asked = parser.parse_args()
    seeds = [(path.suffix.lower(), path.name, path.read_bytes()) for path in _files(asked.corpus)] or list(_own())
    seed = asked.seed if asked.seed is not None else random.randrange(10**6)
    chance = random.Random(seed)
    print(f"{len(seeds)} files to begin with, seed {seed}", flush=True)
    foreign.warm([Path(f"a{kind}") for kind, _, _ in seeds])
    told: dict[str, int] = {}
    count, end = 0, time.monotonic() + 60 * asked.minutes
    examples = iter(seeds) if asked.as_they_are else _damaged(seeds, chance)
    with TemporaryDirectory() as folder:
        while time.monotonic() < end and (example := next(examples, None)) is not None:
            kind, name, content = example
            count += 1
            path = Path(folder) / f"{count}{kind}"
            path.write_bytes(content)
            problem = _problem(path, asked.as_they_are or chance.random() < asked.rendered)
            path.unlink()
            if problem is None:
                continue
            told[problem] = told.get(problem, 0) + 1
            if told[problem] == 1:
                print(f"--- {name}, example {count}\n{problem}", flush=True)
                if asked.keep:
                    asked.keep.mkdir(parents=True, exist_ok=True)
                    (asked.keep / f"{seed}-{count}{kind}").write_bytes(content)
    print(f"{count} examples; {sum(told.values())} not borne, in {len(told)} ways")
    for problem, times in told.items():
        print(f"{times:5} {problem.splitlines()[-1]}")


def _problem(path: Path, rendered: bool) -> str | None:
    """What went wrong with one example; None where it was borne."""
    outcome: Any = limits.run(lambda tell: foreign.examine(path, tell, rendered), SECONDS, lambda said: None)
    if isinstance(outcome, limits.Stopped):
        return outcome.why
    if isinstance(outcome, Failure):
        return "\n".join(outcome.traceback.strip().splitlines()[-7:]) if outcome.exit_code == 70 else None
    assert isinstance(outcome, Look), outcome
    return None


def _files(folders: list[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(
            path for path in folder.rglob("*") if path.suffix.lower() in (".pdf", ".epub") and path.is_file()
        )


def _own() -> Iterator[tuple[str, str, bytes]]:
    import epubkit
    import pdfkit

    for edition in ("print", "booklet", "screen"):
        yield ".pdf", edition, getattr(pdfkit, f"{edition}_bytes")()
    for name, make in hostilekit.PDFS.items():
        if len(content := make()) < 20_000:
            yield ".pdf", name, content
    yield ".epub", "epubkit", epubkit.good()
    yield from ((".epub", name, make()) for name, make in hostile_books.EPUBS.items() if name != "a bomb")


def small() -> Iterator[tuple[str, str, bytes]]:
    """Kind, name and content of the smallest of our own files."""
    names = (
        "good",
        "bookmarks in a ring",
        "tags in a ring",
        "a font in a ring",
        "a shading of itself",
        "a mask of itself",
    )
    yield from ((".pdf", name, hostilekit.PDFS[name]()) for name in names)
    yield from ((".epub", name, hostile_books.EPUBS[name]()) for name in ("good", "a font that is none"))


def damage(kind: str, content: bytes, chance: random.Random) -> bytes:
    """The file damaged in one way or in several."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        content = chance.choice(_WAYS[kind])(content, chance) if content else content
    return content


def _damaged(seeds: list[tuple[str, str, bytes]], chance: random.Random) -> Iterator[tuple[str, str, bytes]]:
    while True:
        kind, name, content = chance.choice(seeds)
        yield kind, name, damage(kind, content, chance)


def _bytes(content: bytes, chance: random.Random) -> bytes:
    """A few bytes become others."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 3, 10))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _words(content: bytes, chance: random.Random) -> bytes:
    """A word becomes another, or stands twice, or not at all."""
    places = [n for n, byte in enumerate(content[:200_000]) if byte in b" \n/["]
    if not places:
        return content
    start = chance.choice(places) + 1
    end = min(len(content), start + chance.choice((0, 1, 4, 12)))
    return content[:start] + chance.choice(WORDS) * chance.choice((1, 1, 1, 50)) + content[end:]


def _swapped(content: bytes, chance: random.Random) -> bytes:
    """A reference leads to another object, which may be the one that it stands in."""
    numbers = [n for n in range(len(content) - 4) if content[n : n + 4] == b" 0 R"][:500]
    if not numbers:
        return content
    end = chance.choice(numbers)
    start = content.rfind(b" ", 0, end) + 1
    return content[:start] + b"%d" % chance.randrange(40) + content[end:]


def _cut(content: bytes, chance: random.Random) -> bytes:
    """A piece is missing."""
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.choice((1, 100, 10**9)) :]


def _streams(content: bytes, chance: random.Random) -> bytes:
    """What a stream packs is damaged, and packed again."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
            item = chance.choice(streams)
            item.write(chance.choice((_bytes, _words, _cut))(item.read_bytes() or b" ", chance))
            out = io.BytesIO()
            pdf.save(out)
    except Exception:  # too far gone already
        return content
    return out.getvalue()


def _entries(content: bytes, chance: random.Random) -> bytes:
    """One file of an ebook is damaged, and packed again."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            infos = source.infolist()
            chosen = chance.choice(infos)
            for info in infos:
                data = source.read(info)
                if info is chosen:
                    data = chance.choice((_bytes, _words, _words, _cut))(data or b" ", chance)
                target.writestr(info, data)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, IndexError, EOFError, zlib.error):
        return content
    return out.getvalue()


_WAYS = {
    ".pdf": (_bytes, _bytes, _words, _words, _swapped, _cut, _streams),
    ".epub": (_bytes, _entries, _entries, _entries, _cut),
}


if __name__ == "__main__":
    main()
