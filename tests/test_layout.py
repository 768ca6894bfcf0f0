"""Words into HTML and CSS: fillers, page numbers, last lines, headings, the QR code, and what is wrong in a theme."""

from __future__ import annotations

import base64
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import segno
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree, html

import buildkit
from buildkit import ROOT, change
from hefte import fragment, layout
from hefte.errors import HefteError, MissingToolError, SourceError
from hefte.layout import settings, templates, theme
from hefte.layout.last_lines import guard_last_lines, tied
from hefte.model import BodyFacts, Colour, Settings

BROCHURE = settings.load_settings((ROOT / "layouts",), "brochure")


# --- fillers and page numbers ---------------------------------------------------------------------------------------


def test_the_brochure_is_what_its_settings_say() -> None:
    assert BROCHURE.front == ("cover", "colophon", "contents")
    assert BROCHURE.tail == ("help", "back-cover")
    assert BROCHURE.signature == 4
    assert set(BROCHURE.panels) == {
        "cover", "cover-foot", "colophon", "contents", "notes", "help", "back-cover", "back-cover-foot"
    }


@pytest.mark.parametrize(("body", "fillers", "help_page", "whole"), [
    (1, ["notes", "notes-lines"], 7, 8), (2, ["notes"], 7, 8), (3, [], 7, 8), (4, ["pause", "notes", "notes-lines"],
        11, 12),
    (5, ["notes", "notes-lines"], 11, 12), (6, ["notes"], 11, 12), (7, [], 11, 12),
    (8, ["pause", "notes", "notes-lines"], 15, 16), (9, ["notes", "notes-lines"], 15, 16), (10, ["notes"], 15, 16),
    (11, [], 15, 16), (12, ["pause", "notes", "notes-lines"], 19, 20),
])
def test_fillers_bring_the_pages_to_a_multiple_of_four(body: int, fillers: list[str], help_page: int,
                                                       whole: int) -> None:
    values = layout.frame_values(BodyFacts(body, {}), BROCHURE)
    assert [name for _, name in values["fillers"]] == fillers
    assert values["tail"] == ((help_page, "help"), (help_page + 1, "back-cover"))
    assert values["pages"] == whole


@given(st.integers(0, 500), st.integers(1, 16), st.lists(st.just("a"), max_size=5), st.lists(st.just("b"), max_size=5))
def test_pages_are_numbered_without_a_gap(body: int, signature: int, front: list[str], tail: list[str]) -> None:
    fillers = tuple(("x",) * number for number in range(1, signature))
    of = Settings(front=tuple(front), tail=tuple(tail), fillers=fillers, signature=signature, panels={})
    values = layout.frame_values(BodyFacts(body, {"a": 4}), of)
    numbers = [number for number, _ in (*values["fillers"], *values["tail"])]
    assert numbers == list(range(len(front) + body + 1, values["pages"] + 1))
    assert values["pages"] % signature == 0 and values["pages"] - len(front) - body - len(tail) < signature
    assert values["starts"] == {"a": 4}


# --- last lines and headings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("body", "expected"), [
    ("<p>Noen ord om barselavdelingen.</p>", '<p>Noen ord om<span class="whole"> barselavdelingen.</span></p>'),
    ("<p>Hun var en god mor.</p>", '<p>Hun var en<span class="whole"> god\u00a0mor.</span></p>'),
    ("<p>Se <b>her</b> og så videre.</p>", '<p>Se <b>her</b> og så<span class="whole"> videre.</span></p>'),
    ("<p>Se <b>her</b> i dag.</p>", '<p>Se <b>her</b><span class="whole"> i\u00a0dag.</span></p>'),
    ("<ul><li>Pust helt rolig</li></ul>", '<ul><li>Pust helt<span class="whole"> rolig</span></li></ul>'),
    # Whole already, or nothing to tie to.
    ('<p>Se <a href="#x">ammehjelpen.no</a></p>', '<p>Se <a href="#x">ammehjelpen.no</a></p>'),
    ("<p>Ja.</p>", "<p>Ja.</p>"),
    ("<p></p>", "<p></p>"),
    ("<h2>Noen ord til deg</h2>", "<h2>Noen ord til deg</h2>"),
])
def test_the_last_word_of_a_paragraph_is_whole_and_a_short_one_is_not_alone(body: str, expected: str) -> None:
    assert guard_last_lines(body) == expected


WORDS = st.text(st.sampled_from("abc åé.,«»&<–\u00a0\u00ad\n"), max_size=40)
PARTS = st.lists(st.tuples(st.sampled_from(["", "b", "sup", "a"]), WORDS), max_size=5)


@given(st.lists(st.tuples(st.sampled_from(["p", "li", "dd", "h2", "figcaption"]), PARTS), max_size=4))
@example([("p", [("", "En god\nmor.")])])
def test_nothing_is_lost_but_spaces_become_no_break_spaces(blocks: list[tuple[str, list[tuple[str, str]]]]) -> None:
    body = ""
    for tag, parts in blocks:
        words = "".join(f"<{inner}>{escaped(text)}</{inner}>" if inner else escaped(text) for inner, text in parts)
        body += f"<{tag}>{words}</{tag}>"
    before, after = fragment.parse(body), fragment.parse(guard_last_lines(body))
    assert letters(after) == letters(before)
    assert len(text_of(after)) <= len(text_of(before))  # at most a run of white space becomes one no-break space
    assert [one.tag for one in after.iter() if one.get("class") != "whole"] == [one.tag for one in before.iter()]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def text_of(element: Any) -> str:
    return "".join(element.itertext())


def letters(element: Any) -> str:
    return "".join(text_of(element).split())


@pytest.mark.parametrize(("heading", "expected"), [
    ("Noen å snakke med", "Noen å\u00a0snakke med"),
    ("Til å ta med seg", "Til å\u00a0ta\u00a0med seg"),
    ("Hva er ammesorg?", "Hva er\u00a0ammesorg?"),
    ("Hjelp", "Hjelp"),
    ("Alt om amming i", "Alt om\u00a0amming i"),  # nothing after it to tie it to
])
def test_small_words_of_a_heading_go_with_the_next(heading: str, expected: str) -> None:
    assert tied(heading) == expected


# --- drawings -------------------------------------------------------------------------------------------------------


def drawn(svg: str) -> list[list[int]]:
    """The modules that a QR code's path fills."""
    root = etree.fromstring(svg.encode())
    size = int(root.get("viewBox", "").split()[2])
    modules = [[0] * size for _ in range(size)]
    [path] = root
    for x, y, length, back in re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path.get("d", "")):
        assert length == back
        for at in range(int(x), int(x) + int(length)):
            modules[int(y)][at] = 1
    return modules


@pytest.mark.parametrize("address", ["https://ammehjelpen.no/ammesorg/", "https://example.org/" + "å" * 60, "x"])
def test_a_qr_code_is_segnos_own_with_a_quiet_zone_of_four(address: str) -> None:
    svg = templates.qr_svg(address, Colour("ink", (43, 36, 51), (0, 0, 0, 100)))
    expected = [list(row) for row in segno.make_qr(address, error="m").matrix_iter(border=4)]
    assert drawn(svg) == expected
    assert sum(map(sum, expected)) > 100
    assert all(row[:4] == row[-4:] == [0] * 4 for row in expected) and not any(map(any, expected[:4] + expected[-4:]))
    assert 'fill="#2b2433"' in svg


def test_the_back_cover_has_the_code_of_the_source(tmp_path: Path) -> None:
    laid = buildkit.lay_out(buildkit.book(buildkit.new(tmp_path / "tiny")))
    page = html.fromstring(laid.frame(BodyFacts(1, {"first": 4})))
    [image] = page.xpath('//img[@class="qr"]')
    kind, _, data = image.get("src").partition(",")
    assert kind == "data:image/svg+xml;base64"
    code = segno.make_qr("https://example.org/small-brochure", error="m").matrix_iter(border=4)
    assert drawn(base64.b64decode(data).decode()) == [list(row) for row in code]
    assert image.get("alt") == "Scan the code to read more. example.org/small-brochure"


@pytest.mark.parametrize("steps", [1, 2, 7])
def test_the_small_disc_touches_the_large_one_all_the_way(steps: int) -> None:
    for step in range(1, steps + 1):
        place = templates.orbit(step, steps, (30.0, 20.0), 12.0, 3.0)
        assert ((place["x"] - 30) ** 2 + (place["y"] - 20) ** 2) ** 0.5 == pytest.approx(15, abs=0.02)


def test_what_stands_twice_has_its_ids_once() -> None:
    assert templates.again('<p id="a" class="b">x<b id="c">y</b></p>') == '<p class="b">x<b>y</b></p>'


# --- what is wrong in the look of a publication ---------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A publication with layouts of its own."""
    root = buildkit.new(tmp_path / "tiny")
    shutil.copytree(ROOT / "layouts", root / "layouts")
    return root


def laid_out(root: Path) -> None:
    """Everything that can go wrong before pages are made."""
    buildkit.lay_out(buildkit.book(root)).frame(BodyFacts(1, {"first": 4}))


def complaint(root: Path, kind: type[HefteError]) -> list[str]:
    with pytest.raises(kind) as raised:
        laid_out(root)
    return [each.line(root) for each in (raised.value, *raised.value.also)]


THEME, LAYOUT, CSS, BODY = (
    "layouts/shared/theme.toml", "layouts/brochure/layout.toml", "layouts/brochure/brochure.css.j2",
    "layouts/brochure/body.html.j2",
)
INK = 'ink   = { srgb = "#2b2433", cmyk = [0, 0, 0, 100] }'


@pytest.mark.parametrize(("file", "old", "new", "said"), [
    (THEME, INK, 'ink = { srgb = "#2B2433", cmyk = [0, 0, 0, 100] }',
     "`colours.ink.srgb` cannot be `#2B2433`; write #rrggbb, six hexadecimal digits in small letters"),
    (THEME, INK, 'ink = { srgb = "#2b2433", cmyk = [0, 0, 0, 101] }', "`colours.ink.cmyk[4]` is 101; write at most "
     "100.0"),
    (THEME, INK, 'ink = { srgb = "#2b2433", cmyk = [0, 0, 100] }',
     "`colours.ink.cmyk` does not name four inks; write [cyan, magenta, yellow, black] in percent"),
    (THEME, INK, 'ink = "#2b2433"', "`colours.ink` is text; write a table"),
    (THEME, f"[colours]\n{INK}", "[colours]",
     "`colours` has no `ink`; add it: running text and the QR code are set in it"),
    (THEME, 'text    = "Source Sans 3"', 'text = "Comic Sans"',
     "`roles.text` cannot be `Comic Sans`; choose among its fonts: Source Sans 3, Literata"),
    (THEME, 'text    = "Source Sans 3"', 'txet = "Source Sans 3"', "unknown key `roles.txet`; did you mean `text`?"),
    (THEME, "[tokens]\ntrim", "[tokns]\ntrim", "unknown key `tokns`; did you mean `tokens`?"),
    (THEME, 'Literata-Medium.ttf", weight = 500', 'Literata-Medium.ttf"',
     "`fonts[2].faces[2].weight` is missing; add it: CSS weight"),
    (THEME, "fonts/Literata-Medium.ttf", "../../../../etc/passwd",
     "`../../../../etc/passwd` leads out of the publication; copy the file into the publication and write its path"),
    (THEME, 'bleed = "3mm"', "bleed = 3mm", "not TOML: expected newline or end of document after a statement; write "
     '`key = "value"` under `[table]`, and close every quotation mark and bracket'),
    (LAYOUT, "signature = 4", "signature = 0", "`signature` is 0; write at least 1"),
    (LAYOUT, "fillers = [[", "fillers = [[], [",
     "`fillers` do not fill every gap; list pages for each: 1, then 2, then 3 (the signature less one)"),
    (LAYOUT, 'tail = ["help", "back-cover"]', 'tial = ["help"]', "unknown key `tial`; did you mean `tail`?"),
    (LAYOUT, "cover-foot = 203", "covr-foot = 203", "`panels.covr-foot` is on no page; known here: back-cover, "
     "colophon, "
     "contents, cover, help, notes, notes-lines, pause"),
    (LAYOUT, "cover-foot = 203", "cover-foot = 0", "`panels.cover-foot` is not valid; input should be greater than 0"),
    (BODY, "{{ chapter.summary | bidi }}", "{{ chapter.sumary }}", "the template asks for something unknown: "
     "'hefte.model.book."
     "Chapter object' has no attribute 'sumary'; correct the name"),
    (BODY, "{% endfor %}", "{% endfr %}", "the template is broken: Encountered unknown tag 'endfr'. "),
    (BODY, "{{ chapter.summary | bidi }}", "{{ chapter.summary | shout }}",
     "the template is broken: No filter named 'shout'; mend it"),
    (BODY, "{{ chapter.summary | bidi }}", "{{ chapter.summary + 1 }}", "the template cannot be filled in: can only "
     "concatenate str"),
    (CSS, "{{ token.line }}", "{{ token.lien }}",
     "the template asks for something unknown: 'dict object' has no attribute 'lien'; correct the name"),
])
def test_what_is_wrong_is_told_with_its_line(own: Path, file: str, old: str, new: str, said: str) -> None:
    text = (own / file).read_text(encoding="utf-8")
    assert old in text
    (own / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    line, *_ = complaint(own, SourceError)
    number = text[: text.index(old)].count("\n") + 1
    assert line.startswith(f"{file}:{number}: {said}")


def test_a_template_that_is_missing(own: Path) -> None:
    change(own / BODY, "shared/opener.svg.j2", "shared/openr.svg.j2")
    said = "the template shared/openr.svg.j2 is missing; add it beside the others"
    assert complaint(own, SourceError) == [f"layouts/shared/openr.svg.j2:1: {said}"]


def test_a_name_is_looked_for_in_the_drawing_that_asks_for_it(own: Path) -> None:
    drawing = own / "layouts/shared/discs.svg.j2"
    number = len(drawing.read_text(encoding="utf-8").splitlines()) + 1
    with drawing.open("a", encoding="utf-8") as file:
        file.write("{{ nothing }}\n")
    said = "the template asks for something unknown: 'nothing' is undefined; correct the name"
    assert complaint(own, SourceError) == [f"layouts/shared/discs.svg.j2:{number}: {said}"]


def test_a_template_that_is_not_utf_8(own: Path) -> None:
    with (own / CSS).open("ab") as file:
        file.write(b"\xe5")
    assert complaint(own, SourceError) == [f"{CSS}:1: the template is not UTF-8; save it as UTF-8"]


def test_a_font_that_is_missing(own: Path) -> None:
    change(own / THEME, "fonts/Literata-Medium.ttf", "fonts/Nope.ttf")
    text = (own / THEME).read_text(encoding="utf-8")
    line = text[: text.index("Nope")].count("\n") + 1
    assert complaint(own, MissingToolError) == [
        f"{THEME}:{line}: font file assets/fonts/Nope.ttf is missing; put it there (assets/README.md says where it "
        "comes from) or "
        "take it out of the theme"
    ]


@pytest.mark.parametrize("content", [
    b"", b"no font at all, but some words", (ROOT / "assets/fonts/Literata-Medium.ttf").read_bytes()[:3000],
    (ROOT / "assets/fonts/Literata-Medium.ttf").read_bytes()[:-400], b"wOF2" + bytes(200),
], ids=["empty", "words", "beginning", "nearly all", "woff2"])
def test_a_font_that_is_broken(own: Path, content: bytes) -> None:
    (own / "assets/fonts").mkdir(parents=True)
    (own / "assets/fonts/Literata-Medium.ttf").write_bytes(content)
    assert complaint(own, MissingToolError) == [
        "assets/fonts/Literata-Medium.ttf:1: font file assets/fonts/Literata-Medium.ttf is broken, or no TrueType or "
        "OpenType "
        "font; fetch it anew (assets/README.md says where it comes from)"
    ]


def test_the_house_lends_what_a_publication_has_not(tmp_path: Path) -> None:
    root = buildkit.new(tmp_path / "tiny")
    assert layout.folders(root) == (ROOT / "layouts",)
    (root / "layouts/shared").mkdir(parents=True)
    assert layout.folders(root) == (root / "layouts", ROOT / "layouts")
    own = (ROOT / THEME).read_text(encoding="utf-8").replace("#2b2433", "#000001")
    (root / THEME).write_text(own, encoding="utf-8")
    loaded = theme.load(layout.folders(root), (root / "assets", ROOT / "assets"))
    assert loaded.colours["ink"] == Colour("ink", (0, 0, 1), (0, 0, 0, 100))
    assert loaded.place.path == root / THEME
    assert {face.file.parent for face in loaded.faces} == {ROOT / "assets/fonts"}


def test_a_theme_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="the file is missing"):
        theme.load((tmp_path,), (tmp_path,))
    with pytest.raises(SourceError, match="there is no layout leaflet"):
        settings.load_settings((tmp_path,), "leaflet")


def test_what_the_renderer_is_given_can_be_kept(tmp_path: Path) -> None:
    laid = buildkit.lay_out(buildkit.book(buildkit.new(tmp_path / "tiny")))
    facts = BodyFacts(1, {"first": 4})
    layout.keep(laid, facts, tmp_path / "html")
    kept = buildkit.contents(tmp_path / "html")
    assert kept == {
        "body.html": laid.body.encode(), "frame.html": laid.frame(facts).encode(), "style.css": laid.css.encode()
    }
    (tmp_path / "file").write_text("")
    with pytest.raises(HefteError, match="Not a directory") as raised:
        layout.keep(laid, facts, tmp_path / "file" / "nb")
    assert raised.value.exit_code == 4
