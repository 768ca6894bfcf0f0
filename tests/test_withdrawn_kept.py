"""A story that is withdrawn after it was translated: found in what is kept of it, and taken out by the next write."""

from __future__ import annotations

import re
from pathlib import Path

import languagekit
from buildkit import hefte
from exchangekit import edited, export
from hefte import checks, publication, sources

KEPT = ("memory.tmx", "back-translation.toml", "heard.md", "heard.md")


def found(root: Path) -> list[tuple[str, str]]:
    findings = checks.on_book(sources.read(publication.load(root), "vi"))
    return [(each.path.name, each.message) for each in findings if each.check == "withdrawn-kept" and each.path]


def holding(root: Path, words: str) -> set[str]:
    """The files of the translation, its texts left out, that hold the words."""
    folder = root / "chapters" / "vi"
    files = (path for path in folder.rglob("*") if path.is_file() and path.parent != folder / "stories")
    return {path.relative_to(folder).as_posix() for path in files if words in path.read_text(encoding="utf-8")}


def test_what_is_kept_of_a_withdrawn_story_is_found_and_taken_out(tmp_path: Path) -> None:
    root = languagekit.publication_in(tmp_path, "vi")
    assert hefte("translate", "record", "vi", "--by", "Ada", cwd=root).code == 0
    told = (root / "chapters/vi/stories/heard.md").read_text(encoding="utf-8")
    words = re.sub(r"(?s)\A---.*?---\s*", "", told).strip().split(".")[0]
    path = edited(export(root, "vi", "xlsx"), {"story-heard.1": f"{words}."}, back_translation="Word for word")
    assert hefte("translate", "import", "vi", path, "--by", "Ada", cwd=root).code == 0
    assert holding(root, words) == {"memory.tmx", "snapshot/target/stories/heard.md"}
    assert found(root) == []

    records = root / "chapters" / "stories.toml"
    records.write_text(records.read_text("utf-8").replace("[heard]\n", "[heard]\nwithdrawn = 2026-05-01\n"), "utf-8")
    assert [name for name, _ in found(root)] == list(KEPT)
    assert found(root)[0][1] == (
        "`memory.tmx` still holds words of the story `heard`, which may not be translated (any more)"
    )
    assert hefte("translate", "record", "vi", "--by", "Ada", cwd=root).code == 0
    assert hefte("translate", "import", "vi", export(root, "vi", "xlsx"), cwd=root).code == 0
    assert found(root) == []
    assert holding(root, words) == set() and holding(root, "Word for word") == set()


def listed(root: Path, language: str, words: str) -> list[tuple[str, int | None, str]]:
    """What is found once words.txt holds these words."""
    (root / "chapters" / language / "words.txt").write_text(words, "utf-8")
    findings = checks.on_book(sources.read(publication.load(root), language))
    return [
        (each.path.name, each.line, each.message) for each in findings if each.check == "withdrawn-kept" and each.path
    ]


def test_a_word_that_only_a_withdrawn_story_has_is_no_word_to_keep(tmp_path: Path) -> None:
    """Of the story: Tindrille, tindret, Ola, Kjell-Arne; elsewhere too: lyttet, Ola, in another language's text."""
    root = languagekit.publication_in(tmp_path, "vi")
    story = root / "chapters/nb/stories/heard.md"
    story.write_text(story.read_text("utf-8").rstrip() + " Tindrille tindret; Ola og Kjell-Arne lyttet.\n", "utf-8")
    for language, more in (("nb", "De lyttet. Olav og Tindrillene; kjell."), ("vi", "[Ola]{lang=nb}")):
        text = root / "chapters" / language / "talk.md"
        text.write_text(f"{text.read_text('utf-8')}\n{more}\n", "utf-8")
    words = "# ord\nTindrille\ntindre/hindre\ntindr\nlyttet\nOla\nKjell-Arne # han\nOlav\n/Tindrille\nnowhere\n"
    assert listed(root, "nb", words) == []

    records = root / "chapters" / "stories.toml"
    records.write_text(records.read_text("utf-8").replace("[heard]\n", "[heard]\nwithdrawn = 2026-05-01\n"), "utf-8")
    said = "`words.txt` still holds a word that only the story `heard` has, which was withdrawn"
    assert listed(root, "nb", words) == [("words.txt", line, said) for line in (2, 3, 7)]
    assert listed(root, "vi", "Tindrille\n") == [("words.txt", 1, said)]
    assert hefte("story", "withdraw", "heard", cwd=root).code == 0
    assert (root / "chapters/nb/words.txt").read_text("utf-8") == (
        "# ord\ntindr\nlyttet\nOla\nOlav\n/Tindrille\nnowhere\n"
    )
    assert (root / "chapters/vi/words.txt").read_text("utf-8") == ""


def test_what_two_withdrawn_stories_share_is_not_kept_either(tmp_path: Path) -> None:
    root = languagekit.publication_in(tmp_path)
    folder, records = root / "chapters/nb/stories", root / "chapters/stories.toml"
    text = (folder / "heard.md").read_text("utf-8").rstrip() + " Tindrille.\n"
    for id in ("heard", "seen"):
        (folder / f"{id}.md").write_text(text, "utf-8")
    record = records.read_text("utf-8")
    records.write_text(record + record.replace("[heard", "[seen"), "utf-8")
    (root / "chapters/nb/words.txt").write_text("Tindrille\n", "utf-8")
    assert hefte("story", "withdraw", "heard", cwd=root).code == 0
    assert (root / "chapters/nb/words.txt").read_text("utf-8") == "Tindrille\n"
    assert hefte("story", "withdraw", "seen", cwd=root).code == 0
    assert (root / "chapters/nb/words.txt").read_text("utf-8") == ""
