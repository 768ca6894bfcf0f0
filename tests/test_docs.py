"""What docs/ says is so: commands, options, keys, examples, checks, digests and links are held against the code."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from pydantic import BaseModel

from hefte import checks, cli, errors, house, layout, publication, sources
from hefte.checks import (
    file_limits,
    glyph_missing,
    layout_warning,
    panel_overflow,
    pdf_palette,
    story_left_out,
    unsigned_linked,
    waiver_refused,
    waiver_unused,
)
from hefte.checks.book import BOOK_CHECKS
from hefte.checks.epub import EPUB_CHECKS
from hefte.checks.folder import FOLDER_CHECKS
from hefte.checks.pages import PAGE_CHECKS
from hefte.checks.pdf import PDF_CHECKS
from hefte.checks.versions import VERSION_CHECKS
from hefte.cli.commands import app
from hefte.records import approval, schema
from hefte.sources.markdown.passes import CALLOUTS, LISTS
from test_architecture import RANKS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "build" / "hefte"
PAGES = sorted({*ROOT.glob("*.md"), *DOCS.glob("*.md"), *ROOT.glob("assets/**/*.md"), *ROOT.glob("layouts/**/*.md")})

_FENCE = re.compile(r"^```(\S*) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands below a heading of the second level, up to the next of them, without the examples."""
    text = _FENCE.sub("", text)
    [found] = re.findall(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return str(found)


def first_cells(text: str, column: str) -> list[str]:
    """The first cells of the tables whose first column has that name."""
    tables = re.findall(rf"^\| {re.escape(column)} \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    return [row.split("|")[1].strip() for table in tables for row in table.splitlines()]


def names(cells: list[str]) -> list[str]:
    """What stands in backticks in the cells."""
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


# --- docs/checks.md --------------------------------------------------------------------------------------------------


def test_the_list_of_checks_is_what_the_code_has() -> None:
    spec = importlib.util.spec_from_file_location("checks_page", DOCS / "checks.py")
    assert spec is not None and spec.loader is not None
    page = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(page)
    assert read("docs/checks.md") == page.text(), "run: python docs/checks.py"


def test_the_editor_is_told_how_to_mend_every_finding_in_the_words() -> None:
    told = names(first_cells(read("docs/writing.md"), "Check"))
    assert len(told) == len(set(told))
    own = {check.id for check in (*BOOK_CHECKS, *VERSION_CHECKS)}
    assert own | {"glyph-missing", "story-left-out", "unsigned-linked"} <= set(told)
    known = re.findall(r"^\| \[?`([^`]+)`", read("docs/checks.md"), re.MULTILINE)
    assert set(told) - set(known) == set()


# --- docs/commands.md ------------------------------------------------------------------------------------------------


def all_commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """`build`, `translate export` …: what is typed after `hefte`, and the command."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from all_commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


COMMANDS = dict(all_commands(app))


def test_every_command_is_explained_and_no_other() -> None:
    told = re.findall(r"^## hefte (.+)$", read("docs/commands.md"), re.MULTILINE)
    assert sorted(told) == sorted(COMMANDS)
    assert names(first_cells(read("docs/commands.md"), "Command")) == [f"hefte {name}" for name in told]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_is_explained_and_no_other(name: str) -> None:
    told = names(first_cells(section(read("docs/commands.md"), f"hefte {name}"), "Option"))
    options = [each for each in COMMANDS[name].params if isinstance(each, click.Option)]
    assert sorted(word.split()[0] for word in told) == sorted(opt for option in options for opt in option.opts)
    takes_value = {option.opts[0] for option in options if not option.is_flag}
    assert {word.split()[0] for word in told if " " in word} == takes_value


def test_every_exit_code_is_explained_and_no_other() -> None:
    classes = (errors.UsageError, errors.SourceError, errors.MissingToolError, errors.ReleaseRefusedError)
    codes = {0, 1, cli.BUG, cli.INTERRUPTED, errors.OutputError.exit_code, *(each.exit_code for each in classes)}
    assert first_cells(read("docs/commands.md"), "Code") == [str(code) for code in sorted(codes)]


def test_every_variable_that_is_asked_for_is_explained() -> None:
    asked = set()
    for path in PACKAGE.rglob("*.py"):
        asked |= set(re.findall(r'environ(?:\.get\(|\[)"(\w+)"(?!\] =)', path.read_text(encoding="utf-8")))
    assert set(names(first_cells(read("docs/commands.md"), "Variable"))) == asked


def command_lines() -> Iterator[Any]:
    """Every line in a block of shell commands, and every `hefte …` in the text."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        blocks = [line for kind, _, block in _FENCE.findall(text) if kind in ("sh", "shell", "console") for line in
                  block.splitlines()]
        inline = re.findall(r"`((?:hefte|make) [^`]+)`", _FENCE.sub("", text))
        for line in dict.fromkeys((*blocks, *inline)):
            named_only = line.removeprefix("hefte ") in {*app.commands, *COMMANDS}
            if line.strip() and not line.startswith("#") and not named_only:
                yield pytest.param(line, id=f"{page.name}: {line}")


@pytest.mark.parametrize("line", list(command_lines()))
def test_every_command_line_can_be_typed(line: str) -> None:
    words = shlex.split(line.removeprefix("$ "), comments=True)
    while "=" in words[0]:
        words = words[1:]
    if words[0] == "make":
        targets = re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE)
        assert set(words[1:]) <= set(targets)
    elif words[0].removeprefix(".venv/bin/") == "hefte":
        parse(words[1:])


def parse(words: list[str]) -> None:
    """Let click read the words, and run nothing. It raises where they are wrong, and exits where they ask for help."""
    try:
        with app.make_context("hefte", list(words)) as context:
            rest = [*context._protected_args, *context.args]
            name, command, rest = app.resolve_command(context, rest)
            assert command is not None
            command.make_context(name, rest, parent=context)
    except click.exceptions.Exit as end:
        assert end.exit_code == 0


# --- docs/writing.md -------------------------------------------------------------------------------------------------

TABLES: tuple[tuple[str, str, type[BaseModel]], ...] = (
    ("publication.toml: what is published", "Key", schema.PublicationFile),
    ("publication.toml: what is published", "Key of `[print]`", schema.PrintTable),
    ("publication.toml: what is published", "Key of `[contact]`", schema.ContactTable),
    ("publication.toml: what is published", "Key of `[[helplines]]`", schema.HelplineTable),
    ("publication.toml: what is published", "Key of `[[waivers]]`", schema.WaiverTable),
    ("language.toml: the words of one language", "Key", schema.LanguageFile),
    ("language.toml: the words of one language", "Label", schema.Labels),
    ("language.toml: the words of one language", "Key of `[helplines.ID]`", schema.HelplineWords),
    ("A chapter", "Key", schema.ChapterFront),
    ("references.toml and citations", "Key", schema.ReferenceTable),
    ("Stories and consent", "Key of `[ID.consent]`", schema.ConsentTable),
    ("Stories and consent", "Key of an approval", schema.ApprovalTable),
)


@pytest.mark.parametrize(("heading", "column", "model"), TABLES, ids=lambda value: getattr(value, "__name__", None))
def test_every_key_is_explained_and_no_other(heading: str, column: str, model: type[BaseModel]) -> None:
    told = names(first_cells(section(read("docs/writing.md"), heading), column))
    assert sorted(told) == sorted(model.model_fields)


def test_every_key_of_a_story_is_explained_and_no_other() -> None:
    told = names(first_cells(section(read("docs/writing.md"), "Stories and consent"), "Key"))
    assert sorted(told) == sorted([*schema.StoryFront.model_fields, *schema.StoryTable.model_fields])


def test_every_choice_between_words_is_explained() -> None:
    models = [value for value in vars(schema).values() if isinstance(value, type) and issubclass(value, BaseModel)]
    fields = [field for model in models for field in model.model_fields.values()]
    words = {word for field in fields for word in _literals(field.annotation)}
    assert {"print", "epub", "pdf/x-1a", "quote", "machine", "shortening"} <= words
    assert {word for word in words if f"`{word}`" not in read("docs/writing.md")} == set()


def _literals(annotation: Any) -> Iterator[str]:
    for argument in get_args(annotation):
        if isinstance(argument, str):
            yield argument
        else:
            yield from _literals(argument)


def test_every_label_that_is_said_to_be_unused_is_so() -> None:
    rows = re.findall(r"^\| (.*) \| nowhere yet.*\|$", read("docs/writing.md"), re.MULTILINE)
    unused = set(names(rows))
    code = [*(ROOT / "layouts").rglob("*.j2"), *PACKAGE.rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in code)
    used = {name for name in schema.Labels.model_fields if re.search(rf'labels(?:\.|\[["\']){name}\b', text)}
    by_transform = {"retold", "quoted", "remember", "seek_help", "read_more"}
    assert set(schema.Labels.model_fields) - used - by_transform == unused


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The publication that the examples of docs/writing.md are parts of."""
    root = tmp_path_factory.mktemp("example")
    for _, name, block in _FENCE.findall(read("docs/writing.md")):
        if name:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write(block + "\n")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h2v1z" fill="#c9705f"/></svg>'
    (root / "chapters/en/figures").mkdir()
    (root / "chapters/en/figures/two-chairs.svg").write_text(drawing, encoding="utf-8")
    return root


def test_the_examples_are_a_publication_without_findings(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # 22 November 2026, the day of the example
    loaded = publication.load(example)
    book = sources.read(loaded, "en")
    theme = layout.load_theme((house.layouts(),), (house.assets(),))
    [approved] = loaded.stories["a-walk"].approved.values()
    said = {finding.check for finding in (*checks.on_book(book), *checks.on_glyphs(book, theme))}
    assert (approved, said) == ("0" * 64, {"story-unapproved"})  # its digest is made up, all else is right
    assert approval.digest(book.stories["a-walk"]) != approved


def test_the_examples_show_every_directive_and_every_kind_of_record(example: Path) -> None:
    told = names(first_cells(section(read("docs/writing.md"), "Directives"), "You write"))
    shown = "\n".join(path.read_text(encoding="utf-8") for path in example.rglob("*.md"))
    written = [word for word in told if word.startswith("::: ")]
    assert [word for word in written if word.replace("ID", "a-walk") not in shown] == []
    assert {word.split()[1] for word in written} == {*CALLOUTS, *LISTS, "story"}


# --- docs/architecture.md --------------------------------------------------------------------------------------------


def test_the_house_has_every_module_and_no_other() -> None:
    text = read("docs/architecture.md")
    told = names(first_cells(text, "Module"))
    there = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if not _is_left_out(path)}
    assert (there - set(told), set(told) - there, len(told)) == (set(), set(), len(there))


def _is_left_out(path: Path) -> bool:
    """A check, which docs/checks.md lists; or a package's module that holds no more than its docstring."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    is_check = path.parent.name == "checks" and any(isinstance(one, ast.Name) and one.id == "CHECK" for one in targets)
    return is_check or (path.name == "__init__.py" and len(body) <= 1)


def test_a_check_is_found_in_the_file_that_is_named_after_it() -> None:
    alone = (
        unsigned_linked.CHECK, glyph_missing.CHECK, layout_warning.CHECK, panel_overflow.CHECK, pdf_palette.CHECK,
        story_left_out.CHECK, file_limits.CHECK, waiver_refused.CHECK, waiver_unused.CHECK,
    )
    files_of = (*PDF_CHECKS, *EPUB_CHECKS, *FOLDER_CHECKS)
    ids = {check.id for check in (*BOOK_CHECKS, *VERSION_CHECKS, *PAGE_CHECKS, *files_of, *alone)}
    files = {path.stem for path in (PACKAGE / "checks").glob("*.py") if _is_left_out(path)} - {"__init__"}
    assert {id.replace("-", "_") for id in ids} == files


def test_the_rows_of_the_arrows_are_those_that_are_tested() -> None:
    [block] = re.findall(r"^```text\n(__main__\n.*?)```$", read("docs/architecture.md"), re.MULTILINE | re.DOTALL)
    rows = [set(line.split()) for line in reversed(block.splitlines())]
    there = {path.stem if path.is_file() else path.name for path in PACKAGE.iterdir()} - {"__init__", "__pycache__"}
    assert rows == [parts & there for parts in RANKS]


# --- assets/README.md ------------------------------------------------------------------------------------------------


def test_every_asset_is_listed_with_its_digest() -> None:
    assets = ROOT / "assets"
    told = re.findall(r"^\|.*?`([^`]+/[^`]+)`.*`([0-9a-f]{64})` \|$", read("assets/README.md"), re.MULTILINE)
    files = [path for path in assets.rglob("*") if path.is_file() and path != assets / "README.md"]
    digests = {path.relative_to(assets).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert dict(told) == digests


# --- links -----------------------------------------------------------------------------------------------------------


def links() -> Iterator[Any]:
    for page in PAGES:
        text = re.sub(r"`[^`\n]*`", "", _FENCE.sub("", page.read_text(encoding="utf-8")))
        targets = re.findall(r"(?<!\\)\[[^\]]*\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text)
        for target in dict.fromkeys(targets):
            if not re.match(r"https?:|mailto:", target):
                yield pytest.param(page, target, id=f"{page.relative_to(ROOT)}: {target}")


@pytest.mark.parametrize(("page", "target"), list(links()))
def test_every_link_leads_somewhere(page: Path, target: str) -> None:
    name, _, anchor = target.partition("#")
    path = (page.parent / name).resolve() if name else page
    assert path.is_relative_to(ROOT) and path.exists()
    if anchor:
        headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
        assert anchor in {slug(heading) for heading in headings}


def slug(heading: str) -> str:
    """A heading's anchor, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_a_place_on_a_machine(page: Path) -> None:
    assert re.findall(r"(?<![\w.])/(?:home|tmp|work|root|usr|var)/", page.read_text(encoding="utf-8")) == []
