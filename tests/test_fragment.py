"""XHTML fragments to trees and back; paths in a source to files; where the house's own files lie."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from hefte import fragment, house
from hefte.errors import SourceError
from hefte.model import Place
from hefte.paths import inside


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("", ""),
        ("a &amp; b &lt; c", "a &amp; b &lt; c"),
        ("a<br/>b<hr/><img src='x' alt=''/>", 'a<br/>b<hr/><img src="x" alt=""/>'),
        ("<td/><p></p><a id='x'/>", '<td></td><p></p><a id="x"></a>'),
        ("<p>a<em>b</em></p>\ntail", "<p>a<em>b</em></p>\ntail"),
        ("<p>æ\u00a0\u200c\u2019&#x2003;</p>", "<p>æ\u00a0\u200c\u2019\u2003</p>"),
    ],
)
def test_a_fragment_comes_back_as_html_and_xml_read_alike(given_: str, expected: str) -> None:
    tree = fragment.parse(given_)
    assert tree.tag == "div"
    assert fragment.serialise(tree) == expected
    assert fragment.serialise(fragment.parse(expected)) == expected


def test_what_is_not_well_formed_is_a_bug() -> None:
    with pytest.raises(etree.XMLSyntaxError):
        fragment.parse("<p>")


def test_no_entity_is_read_from_anywhere() -> None:
    with pytest.raises(etree.XMLSyntaxError):
        fragment.parse("&x;")


NESTED = (
    '<ul><li data-key="a.1">one <em>two</em>\n<ul><li data-key="a.2">three</li></ul>four</li></ul>'
    '<blockquote><p data-key="a.3"> five\n six </p></blockquote>'
)


def test_a_leaf_s_own_words_are_without_those_of_leaves_in_it() -> None:
    leaves = list(fragment.leaves(fragment.parse(NESTED)))
    assert [leaf.get("data-key") for leaf in leaves] == ["a.1", "a.2", "a.3"]
    assert [fragment.own_text(leaf) for leaf in leaves] == ["one two\nfour", "three", " five\n six "]
    assert [fragment.text_of(leaf) for leaf in leaves] == ["one two threefour", "three", "five six"]
    assert [(piece.tag, words) for piece, words in fragment.own_pieces(leaves[0])] == [
        ("li", "one "), ("em", "two"), ("li", "\n"), ("li", "four"),
    ]


REPLACED = [
    ("a<x/>b", [], "ab"),
    ("<i></i><x/>b", [], "<i></i>b"),
    ("a<x/>b", ["y"], "a<y></y>b"),
    ("a<x/>b<i></i>", ["y", "z"], "a<y></y><z></z>b<i></i>"),
    ("<x/>", ["y"], "<y></y>"),
]


@pytest.mark.parametrize(("before", "tags", "after"), REPLACED)
def test_what_stands_around_a_replaced_element_stays(before: str, tags: list[str], after: str) -> None:
    tree = fragment.parse(before)
    fragment.replace(tree.findall(".//x")[0], *(etree.Element(tag) for tag in tags))
    assert fragment.serialise(tree) == after


def test_the_wrapper_cannot_be_replaced() -> None:
    with pytest.raises(ValueError, match="wrapper"):
        fragment.replace(fragment.parse("a"))


TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=8)


def element(parts: tuple[str, str, list[etree._Element], str]) -> etree._Element:
    """An element with text, children and a tail."""
    made = etree.Element(parts[0])
    made.text, made.tail = parts[1], parts[3]
    made.extend(parts[2])
    return made


TAGS = st.sampled_from(["p", "em", "a", "td"])
TREES = st.recursive(
    st.tuples(TAGS, TEXT, st.just([]), TEXT).map(element),
    lambda inner: st.tuples(TAGS, TEXT, st.lists(inner, max_size=3), TEXT).map(element), max_leaves=8,
)


@given(TREES)
def test_any_tree_survives_the_way_there_and_back(tree: etree._Element) -> None:
    wrapper = etree.Element("div")
    wrapper.append(tree)
    written = fragment.serialise(wrapper)
    again = fragment.parse(written)
    assert fragment.serialise(again) == written
    assert "".join(again.itertext()) == "".join(wrapper.itertext())
    assert [part.tag for part in again.iter()] == [part.tag for part in wrapper.iter()]


# --- paths and the house


def test_a_path_is_seen_from_its_folder(tmp_path: Path) -> None:
    folder, place = tmp_path / "chapters" / "nb", Place(tmp_path / "x.md", 3)
    assert inside(tmp_path, folder, "figures/a b.png", place) == folder.resolve() / "figures" / "a b.png"
    assert inside(tmp_path, folder, "../../assets/a.png", place) == tmp_path.resolve() / "assets" / "a.png"


LEAVING = [
    "../../../a", "nb/../../../../a", "/a", "C:\\a", "..\\a", "a\0b", "file:///a", "HTTPS://a.b/c", "//a/b", "data:x",
]


@pytest.mark.parametrize("written", LEAVING)
def test_a_path_never_leaves_the_publication(tmp_path: Path, written: str) -> None:
    with pytest.raises(SourceError) as raised:
        inside(tmp_path, tmp_path / "chapters" / "nb", written, Place(tmp_path / "x.md", 3))
    assert raised.value.line(tmp_path).startswith("x.md:3: `")


@given(st.lists(st.sampled_from(["..", ".", "a", "", "b c", "~", "%2e%2e"]), max_size=8).map("/".join))
def test_whatever_is_let_pass_lies_inside(written: str) -> None:
    root = Path("/nowhere/publication")
    try:
        path = inside(root, root / "chapters", written, Place(root / "x.md"))
    except SourceError:
        return
    assert path.is_relative_to(root)


def test_the_house_has_what_it_ships() -> None:
    root = Path(__file__).resolve().parents[1]
    assert (house.layouts(), house.assets()) == (root / "layouts", root / "assets")
    assert (house.assets() / house.PROFILE).is_file()
