"""The command line: what it says, where, with which exit code, in words and in JSON; and what a bug of ours does."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import click
import click.testing
import pytest

import buildkit
from buildkit import Said, hefte, unapproved
from hefte import __version__, cli
from hefte.cli import options
from hefte.cli.commands import app
from hefte.errors import OutputError
from hefte.model import Book, Place, Publication

COMMANDS = ("build", "check", "new", "review", "schema", "status", "story", "translate")
GROUPED = [
    (name, *rest) for name, command in app.commands.items()
    for rest in ([(one,) for one in command.commands] if isinstance(command, click.Group) else [()])
]
"""What one types to reach each command, those of groups too."""
BOTH = unapproved("en", "nn")


@pytest.fixture
def root(tmp_path: Path, two_languages: Path) -> Path:
    return Path(shutil.copytree(two_languages, tmp_path / "two"))


@pytest.fixture(scope="module")
def unchanged(two_languages: Path) -> Path:
    """For commands that only look."""
    return two_languages


# --- help and wrong usage -------------------------------------------------------------------------------------------


def test_version(tmp_path: Path) -> None:
    assert hefte("--version", cwd=tmp_path) == Said(0, f"hefte, version {__version__}\n", "")


def test_help_lists_the_commands(tmp_path: Path) -> None:
    said = hefte("--help", cwd=tmp_path)
    assert (said.code, said.err) == (0, "")
    listed = said.out.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in listed if line.strip()] == list(COMMANDS)
    for line in ("hefte new my-brochure", "hefte build my-brochure", "hefte check some-file.pdf"):
        assert f"  {line}" in said.out


def test_without_a_command_the_help_is_shown_as_wrong_usage(tmp_path: Path) -> None:
    said = hefte(cwd=tmp_path)
    assert (said.code, said.out) == (2, "")
    assert said.err == hefte("--help", cwd=tmp_path).out


@pytest.mark.parametrize("words", GROUPED, ids=" ".join)
def test_every_command_has_help_with_an_example(words: tuple[str, ...], tmp_path: Path) -> None:
    for option in ("--help", "-h"):
        said = hefte(*words, option, cwd=tmp_path)
        assert (said.code, said.err) == (0, "")
        assert f"\n  Example: hefte {' '.join(words)}" in said.out


@pytest.mark.parametrize(("words", "said"), [
    (("biuld",), "No such command 'biuld'. Did you mean 'build'?; see hefte --help"),
    (("build", "--lnag"), "No such option '--lnag'. Did you mean '--lang'?; see hefte --help"),
    (("build", "--jobs", "0"), "Invalid value for '--jobs': 0 is not in the range x>=1; see hefte --help"),
    (("build", "--jobs", "two"), "Invalid value for '--jobs': 'two' is not a valid integer range; see hefte --help"),
    (("build", "--lang", ""), "Invalid value for '--lang': is empty; name what you mean, or leave it out; see hefte "
     "--help"),
    (("build", "--edition", " , "), "Invalid value for '--edition': is empty; name what you mean, or leave it out; see "
     "hefte --help"),
    (("build", "a", "b"), "Got unexpected extra argument (b); see hefte --help"),
    (("new",), "Missing argument 'FOLDER'; see hefte --help"),
    (("status", "nowhere"), "there is no {here}/nowhere; give the folder of a publication"),
    (("build",), "no publication here: neither {here} nor a folder above it holds chapters/publication.toml; go to a "
     "publication's folder or name it, or make a new one with `hefte new FOLDER`"),
    (("check", "gone.pdf"), "there is no file gone.pdf; name a publication's folder, a PDF or an EPUB"),
])
def test_wrong_usage_is_one_line_and_2(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    assert hefte(*words, cwd=tmp_path) == Said(2, "", f"hefte: {said.format(here=tmp_path)}\n")


@pytest.mark.parametrize(("words", "said"), [
    (("--lang", "nb"), "there is no language nb in this publication; it has en, nn"),
    (("--lang", "nnn"), "there is no language nnn in this publication; did you mean nn? it has en, nn"),
    (("--lang", "ar"), "there is no language ar in this publication; it has en, nn"),
    (("--edition", "prnt"), "there is no edition prnt in this publication; did you mean print? it has print, booklet, "
     "screen, epub, brochure"),
    (("--edition", "print,leaflet"), "there is no edition leaflet in this publication; it has print, booklet, "
     "screen, epub, brochure"),
])
def test_what_is_not_there_cannot_be_built(words: tuple[str, ...], said: str, unchanged: Path) -> None:
    before = buildkit.contents(unchanged / "dist")
    assert hefte("build", *words, cwd=unchanged) == Said(2, "", f"hefte: {said}\n")
    assert buildkit.contents(unchanged / "dist") == before


def test_a_date_from_outside_that_is_none(unchanged: Path) -> None:
    said = hefte("build", cwd=unchanged, env={"SOURCE_DATE_EPOCH": "tomorrow"})
    assert said == Said(2, "", "hefte: SOURCE_DATE_EPOCH is `tomorrow`; set it to seconds since 1970, or unset it\n")


# --- build ----------------------------------------------------------------------------------------------------------


STAYS = (
    "{language}: brochure stays at 11.5/15.5 pt, paragraphs 7.75 pt, stories 11.625 pt apart: "
    "8 pages, 2 of them to fill the sheet, score 20; 1 layout\n"
)


def built(root: Path, where: str = "dist") -> str:
    """The lines that say how text was fitted, and name what there is."""
    report = json.loads((root / "dist/report.json").read_text(encoding="utf-8"))
    lines = ""
    for language, entry in report["languages"].items():
        lines += STAYS.format(language=language)
        for file in entry["files"]:
            lines += f"{where}/{file['path']}  {file['pages']} pages, {file['size'] / 1000:.0f} kB\n"
        lines += "".join(f"{name}: {said}\n" for name, said in entry["validators"].items())
    return lines


def test_build_tells_what_it_found_and_made_and_where(root: Path) -> None:
    said = hefte("build", "--force", cwd=root)
    assert (said.code, said.err) == (0, "")
    assert said.out == f"{BOTH}{built(root)}8 files made; 2 warnings; see dist/report.html\n"
    assert [line.split("  ")[1] for line in said.out.splitlines() if line.startswith("dist/en/")] == [
        f"{pages} pages, {(root / 'dist' / path).stat().st_size / 1000:.0f} kB" for pages, path in (
            (8, "en/small-brochure-en-print.pdf"), (4, "en/small-brochure-en-booklet.pdf"),
            (8, "en/small-brochure-en-screen.pdf"), (8, "en/small-brochure-en.epub"),
        )
    ]


def test_build_finds_the_publication_above_and_takes_a_folder_for_its_output(root: Path) -> None:
    said = hefte("build", cwd=root / "chapters" / "nn")
    unchanged = f"nothing had changed, nothing was made again; 2 warnings; see {root}/dist/report.html\n"
    assert said.out == f"{BOTH}{built(root, f'{root}/dist')}{unchanged}"
    outside = hefte("build", root, "--out", "elsewhere", "--lang", "en", "--edition", "screen", "-q", cwd=root.parent)
    assert outside == Said(0, "", "")
    assert sorted(buildkit.contents(root.parent / "elsewhere")) == [
        "en/small-brochure-en-screen.pdf", "report.html", "report.json",
    ]


def test_quiet_says_nothing_but_errors(root: Path) -> None:
    assert hefte("build", "--quiet", cwd=root) == Said(0, "", "")
    buildkit.change(root / "chapters/nn/first.md", "::: story a-walk", "::: story a-wlak")
    said = hefte("build", "-q", cwd=root)
    assert (said.code, said.err) == (1, "")
    assert said.out == (
        "chapters/nn/first.md:9: error: there is no story `a-wlak` in nn; did you mean `a-walk`? [story-unknown]\n"
        "chapters/nn/stories/a-walk.md:1: error: the story `a-walk` is placed in no chapter; write `::: story ID` "
        "and `:::` "
        "where it belongs, or take the file away [story-unplaced]\n"
    )


def test_json_is_the_report_of_the_languages_built(root: Path) -> None:
    said = hefte("build", "--json", "--lang", "nn", "--force", cwd=root)
    assert (said.code, said.err) == (0, "")
    answer = json.loads(said.out)
    report = json.loads((root / "dist/report.json").read_text(encoding="utf-8"))
    assert answer == {
        "out": str(root / "dist"),
        "made": [f"nn/small-brochure-nn{end}" for end in ("-print.pdf", "-booklet.pdf", "-screen.pdf", ".epub")],
        "languages": {"nn": report["languages"]["nn"]},
    }
    again = json.loads(hefte("build", "--json", cwd=root).out)
    assert (again["made"], sorted(again["languages"])) == ([], ["en", "nn"])


@pytest.mark.parametrize(("words", "names"), [
    ((), None), (("nn",), ("nn",)), (("nn,en",), ("nn", "en")), (("nn", "en"), ("nn", "en")),
    ((" nn ,, en,nn",), ("nn", "en")), (("nn,", "en,nn"), ("nn", "en")), (("", "nn"), ("nn",)),
])
def test_names_are_typed_with_commas_or_one_by_one(words: tuple[str, ...], names: tuple[str, ...] | None) -> None:
    @click.command()
    @options.names("--lang", "nb,en", "Only these.")
    def told(lang: tuple[str, ...] | None) -> None:
        click.echo(repr(lang))

    typed = [part for word in words for part in ("--lang", word)]
    assert click.testing.CliRunner().invoke(told, typed).output == f"{names!r}\n"


def test_names_typed_one_by_one_are_all_taken(unchanged: Path) -> None:
    said = hefte("status", "--json", "--lang", "nn", "--lang", "en", cwd=unchanged)
    assert list(json.loads(said.out)["languages"]) == ["nn", "en"]


def test_nothing_is_coloured_where_nobody_looks(unchanged: Path) -> None:
    for words in (("build",), ("check",), ("status",), ("--help",)):
        said = hefte(*words, cwd=unchanged, env={"TERM": "xterm-256color"})
        assert "\x1b" not in said.out + said.err


# --- a bug of ours --------------------------------------------------------------------------------------------------


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def called(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The exit code of a command in this process."""
    monkeypatch.setattr(sys, "argv", ["hefte", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


def broken(error: BaseException) -> Any:
    def run(*words: Any, **options: Any) -> int:
        raise error

    return run


def test_a_bug_is_kept_in_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], temporary: Path, unchanged: Path
) -> None:
    monkeypatch.setattr("hefte.cli.status.run", broken(RuntimeError("out of luck")))
    assert called(monkeypatch, "status", str(unchanged)) == 70
    [kept] = temporary.iterdir()
    assert kept.name.startswith("hefte-bug-")
    trace = kept.read_text()
    assert trace.startswith("Traceback (most recent call last):") and trace.endswith("RuntimeError: out of luck\n")
    said = capsys.readouterr()
    expected = f"hefte: RuntimeError: out of luck; this is a bug in hefte: please report it with {kept}\n"
    assert (said.out, said.err) == ("", expected)


def test_a_bug_that_cannot_be_kept_is_told_all_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, unchanged: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no such folder"))
    monkeypatch.setattr("hefte.cli.status.run", broken(RuntimeError("out of luck")))
    assert called(monkeypatch, "status", str(unchanged)) == 70
    assert capsys.readouterr().err == (
        "hefte: RuntimeError: out of luck; this is a bug in hefte: please report it with RuntimeError: out of luck\n"
    )


def test_a_bug_in_one_language_leaves_the_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], temporary: Path, root: Path
) -> None:
    from hefte import sources

    read = sources.read

    def one(of: Publication, name: str, folder: Path | None = None) -> Book:
        return read(of, name, folder) if name == "en" else broken(KeyError("nn"))()

    monkeypatch.setattr(sources, "read", one)
    before = buildkit.contents(root / "dist/nn")
    assert called(monkeypatch, "build", str(root), "--edition", "screen", "--jobs", "1", "--force") == 70
    [kept] = temporary.glob("hefte-bug-*")
    assert "in broken" not in kept.read_text() and kept.read_text().endswith("KeyError: 'nn'\n")
    said = capsys.readouterr()
    assert said.err == (
        "hefte: a bug in hefte: KeyError: 'nn'\n"
        f"hefte: a language or edition could not be built; this is a bug in hefte: please report it with {kept}\n"
    )
    assert "1 file made; 1 warning; see " in said.out
    assert buildkit.contents(root / "dist/nn") == before


@pytest.mark.parametrize(("error", "code", "said"), [
    (KeyboardInterrupt(), 130, "interrupted; nothing that was there before has been changed"),
    (OutputError("no room", remedy="make some", place=Place(Path("/x/y"), 3)), 4, "/x/y:3: no room; make some"),
    (OSError(28, "No space left on device"), 4, "cannot write a temporary file: No space left on device; make room, "
     "or name "
     "another folder for them in TMPDIR; what was there before is untouched"),
])
def test_what_is_no_bug_has_its_line_and_code(
    error: BaseException, code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    temporary: Path, unchanged: Path,
) -> None:
    monkeypatch.setattr("hefte.cli.status.run", broken(error))
    assert called(monkeypatch, "status", str(unchanged)) == code
    printed = capsys.readouterr()
    assert (printed.out, printed.err.lstrip("\n")) == ("", f"hefte: {said}\n")
    assert list(temporary.iterdir()) == []
