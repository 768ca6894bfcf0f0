"""A story that is withdrawn is in nothing any more: every byte of what is made, kept and given out is searched."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import json
import re
import zlib
from pathlib import Path

import pytest

import languagekit
import searchkit
from buildkit import change, hefte
from exchangekit import edited
from searchkit import holders, holds

WORDS = {"nb": ("Kvitterfryd", "Morgenrødslys"), "ar": ("زقزقينة", "شروقستان")}
"""Of the story, and of its title; nobody else says so."""
BACK = "Backwardsgladness"
OUT = {
    "ar/talk-ar-bilingual.pdf", "ar/talk-ar-booklet.pdf", "ar/talk-ar-print.pdf", "ar/talk-ar-screen.pdf",
    "ar/talk-ar.epub", "nb/talk-nb-booklet.pdf", "nb/talk-nb-print.pdf", "nb/talk-nb-screen.pdf", "nb/talk-nb.epub",
}
NAME = "Tindrille"
"""A name in it, which the editor has put into words.txt."""
EVERY = (*WORDS["nb"], *WORDS["ar"], BACK, NAME)
KEPT = {
    "ar/memory.tmx", "ar/back-translation.toml", "ar/snapshot/source/stories/heard.md",
    "ar/snapshot/target/stories/heard.md", "nb/words.txt",
}
SOURCES = {"ar/stories/heard.md", "nb/stories/heard.md"}
GIVEN = {"talk-ar.po", "talk-ar.xlf", "talk-ar.xlsx"}


def told(root: Path) -> None:
    """The story with words that stand nowhere else."""
    for language, (word, title) in WORDS.items():
        path = root / "chapters" / language / "stories" / "heard.md"
        text = path.read_text("utf-8").rstrip()
        path.write_text(re.sub(r"(?m)^title: .*$", f"title: {title}", text) + f" {word}.\n", "utf-8")
    change(root / "chapters/nb/stories/heard.md", "Etterpå", f"Etter {NAME}")
    (root / "chapters/nb/words.txt").write_bytes(f"# ord\r\nsamtale/sak\r\n{NAME} # en fugl\r\n".encode())


def give_out(root: Path, env: dict[str, str]) -> None:
    """What translators and reviewers get."""
    for format in ("po", "xliff", "xlsx"):
        assert hefte("translate", "export", "ar", "--format", format, cwd=root, env=env).code == 0
    assert hefte("translate", "proof", "ar", "--out", "proof", cwd=root, env=env).code == 0


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A publication in two languages: translated, signed, back-translated, given out and built; and its environment."""
    folder = tmp_path_factory.mktemp("published")
    env = {"XDG_CACHE_HOME": str(folder / "cache"), "SOURCE_DATE_EPOCH": "1780315200"}  # 2026-06-01
    root = languagekit.publication_in(folder / "talk", "ar")
    change(root / "chapters/publication.toml", '"epub"]', '"epub", "bilingual"]')
    told(root)
    assert hefte("translate", "record", "ar", "--by", "Ada", cwd=root, env=env).code == 0
    assert hefte("translate", "export", "ar", "--format", "xlsx", cwd=root, env=env).code == 0
    back = edited((root / "talk-ar.xlsx").rename(root / "x-xlsx.xlsx"), {"story-heard.1": read(root)},
                  back_translation=f"She told of {BACK}.")
    assert hefte("translate", "import", "ar", back, "--by", "Ada", cwd=root, env=env).code == 0
    back.unlink()
    assert hefte("review", "sign", "ar", "--all", "--by", "Grete Roede", cwd=root, env=env).code == 0
    give_out(root, env)
    said = hefte("build", cwd=root, env=env)
    assert said.code == 0 and "9 files made" in said.out, said.out + said.err
    return root, env


def read(root: Path) -> str:
    text = (root / "chapters/ar/stories/heard.md").read_text("utf-8")
    return re.sub(r"(?s)\A---.*?---\s*", "", text).strip()


def given(root: Path) -> set[str]:
    """Files for others that hold words of the story."""
    return {path.name for path in root.iterdir() if path.is_file() and holds(path.read_bytes(), EVERY)}


def test_the_search_finds_words_however_they_are_wrapped() -> None:
    [word, _] = WORDS["nb"]
    utf16 = word.encode("utf-16-be")
    for data in (
        word.encode(), utf16, utf16.hex().encode(), b"x" + zlib.compress(word.encode()), gzip.compress(word.encode()),
        b"data:text/plain;base64," + base64.b64encode(word.encode()), "<p>Kvit\u00ad<b>ter</b>\nfryd</p>".encode(),
        json.dumps(WORDS["ar"][0]).encode(),
    ):
        assert holds(data, EVERY), data
    assert not holds(b"Kvitter fred" + zlib.compress(b"nothing"), EVERY)


def test_before_it_is_everywhere(published: tuple[Path, dict[str, str]]) -> None:
    root, _ = published
    assert holders(root / "dist", EVERY) >= OUT
    assert holders(root / "chapters", EVERY) == KEPT | SOURCES
    assert given(root) == GIVEN
    assert holders(root / "proof", EVERY) == {"ar/talk-ar-proof.html", "ar/talk-ar-proof.pdf"}
    for language, words in WORDS.items():  # each of them is found where it is drawn, not only one
        for word in words[:1]:
            assert holders(root / "dist" / language, (word,)) >= {
                name.partition("/")[2] for name in OUT if name.startswith(language)
            }, word


def test_where_tells_of_all_of_them(published: tuple[Path, dict[str, str]]) -> None:
    root, env = published
    said = json.loads(hefte("story", "where", "heard", "--json", cwd=root, env=env).out)["places"]
    kinds: dict[str, set[str]] = {}
    for place in said:
        kinds.setdefault(place["kind"], set()).add(place["path"])
    assert kinds == {
        "text": {f"chapters/{name}" for name in SOURCES},
        "directive": {"chapters/ar/talk.md", "chapters/nb/talk.md"},
        "memory": {"chapters/ar/memory.tmx"}, "back-translation": {"chapters/ar/back-translation.toml"},
        "snapshot": {f"chapters/{name}" for name in KEPT if "snapshot" in name}, "words": {"chapters/nb/words.txt"},
        "build": {f"dist/{name}" for name in OUT}, "export": GIVEN,
        "proof": {"proof/ar/talk-ar-proof.html", "proof/ar/talk-ar-proof.pdf"},
    }


@pytest.fixture(scope="module")
def taken_back(published: tuple[Path, dict[str, str]]) -> tuple[Path, dict[str, str], list[str]]:
    """The same after the story was withdrawn; nothing is built yet. Last: what the command said."""
    root, env = published
    said = hefte("story", "withdraw", "heard", cwd=root, env=env)
    assert (said.code, said.err) == (0, "")
    return root, env, said.out.splitlines()


def test_withdrawal_says_what_it_did_and_what_is_left(taken_back: tuple[Path, dict[str, str], list[str]]) -> None:
    root, env, said = taken_back
    assert said[0] == "heard: withdrawn on 2026-06-01"
    assert {line for line in said if line.startswith("changed: ")} == {
        "changed: chapters/ar/back-translation.toml", "changed: chapters/ar/memory.tmx",
        "changed: chapters/ar/review.toml", "changed: chapters/nb/words.txt", "changed: chapters/stories.toml",
    }
    assert (root / "chapters/nb/words.txt").read_bytes() == b"# ord\r\nsamtale/sak\r\n"
    assert "still there: chapters/nb/stories/heard.md:1 (its text)" in said
    assert "still there: chapters/ar/talk.md:17 (the line that places it)" in said
    assert {line for line in said if line.startswith("still holds it: ")} == {
        f"still holds it: dist/{name}; the next `hefte build` takes it away" for name in OUT
    }
    assert {line.partition(" (")[0] for line in said if line.startswith("by hand: delete ")} == {
        *(f"by hand: delete {name}" for name in GIVEN), "by hand: delete proof/ar/talk-ar-proof.html",
        "by hand: delete proof/ar/talk-ar-proof.pdf",
    }
    [signed] = [line for line in said if "hefte review sign" in line]
    assert signed == "by hand: ar: talk is another text without it: hefte review sign ar talk --by NAME"
    assert holders(root / "chapters", EVERY) == SOURCES
    assert not Path(env["XDG_CACHE_HOME"], "hefte").exists()


def test_after_the_next_build_it_is_nowhere(taken_back: tuple[Path, dict[str, str], list[str]]) -> None:
    root, env, _ = taken_back
    said = hefte("build", cwd=root, env=env)
    assert (said.code, said.err) == (0, "") and "9 files made" in said.out
    assert "the story `heard` `heard`" not in said.out
    notes = [line for line in said.out.splitlines() if "heard" in line]
    assert notes and all("story-left-out" in line for line in notes), notes
    for path in (*(root / name for name in GIVEN), *(root / "proof/ar").iterdir()):  # as one is told to
        path.unlink()
    give_out(root, env)
    assert {path.name for path in (root / "dist").rglob("*.pdf")} == {Path(name).name for name in OUT if "pdf" in name}
    assert holders(root / "dist", EVERY) == set()
    assert given(root) == set() and holders(root / "proof", EVERY) == set()
    assert holders(Path(env["XDG_CACHE_HOME"]), EVERY) == set()
    assert holders(root / "chapters", EVERY) == SOURCES
    report = json.loads((root / "dist/report.json").read_text("utf-8"))
    assert not [file for entry in report["languages"].values() for file in entry["files"] if file["stories"]]
    page = (root / "dist/report.html").read_text("utf-8")
    there = {file["digest"] for entry in report["languages"].values() for file in entry["files"]}
    assert set(re.findall(r'data-of="([0-9a-f]{64})"', page)) <= there  # no picture of a page of before


def test_erased_it_is_not_in_the_sources_either(taken_back: tuple[Path, dict[str, str], list[str]]) -> None:
    root, env, _ = taken_back
    said = hefte("story", "withdraw", "heard", "--erase", cwd=root, env=env)
    assert (said.code, said.err) == (0, "")
    assert "::: story" not in (root / "chapters/nb/talk.md").read_text("utf-8")
    assert hefte("check", cwd=root, env=env).code == 0
    assert hefte("story", "where", "heard", cwd=root, env=env).out == "nothing holds the story `heard`\n"
    assert dt.date(2026, 6, 1).isoformat() in (root / "chapters/stories.toml").read_text("utf-8")
    assert searchkit.holders(root.parent, EVERY) == set()
