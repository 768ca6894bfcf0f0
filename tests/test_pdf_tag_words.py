"""The small words that a tagged PDF is read by: which tags name a language, and which words of a link say nothing."""

from __future__ import annotations

import pytest

import tagkit
from hefte.checks import language_tags, link_words
from tagkit import found


def test_an_address_that_is_spelled_out() -> None:
    address = "https://example.org/" + "a-very-long-path/" * 4
    long = found(tagkit.made(tagkit.with_first(f'<p><a href="{address}">{address}</a></p>')))
    assert long == [
        ("pdf-link-text", 3, f"the link “{address[:57]}…” is read aloud as an address of {len(address)} signs"),
    ]
    named = f'<p><a href="{address}" aria-label="Et eksempel">{address}</a></p>'
    assert found(tagkit.made(tagkit.with_first(named))) == []


@pytest.mark.parametrize(
    "tag", ["nb", "nn-NO", "zh-Hant", "fa-AF", "es-419", "sl-rozaj-biske", "de-1996", "en-x-home", "no"]
)
def test_good_language_tags(tag: str) -> None:
    assert language_tags.fault(tag) == ""


@pytest.mark.parametrize(
    ("tag", "what"),
    [
        ("", "is empty"), ("nb_NO", "is no BCP 47 tag"), ("bokmål", "is no BCP 47 tag"), ("n", "is no BCP 47 tag"),
        ("xq", "names no language (xq)"), ("nb-XQ", "names no region (XQ)"), ("nb-Xlat", "names no script (Xlat)"),
    ],
)
def test_bad_language_tags(tag: str, what: str) -> None:
    assert language_tags.fault(tag) == what


@pytest.mark.parametrize(
    ("text", "language", "empty"),
    [
        ("her", "nb", True), ("»Les mer …«", "nb", True), ("click here", "ar", True), ("اضغطي هنا", "ar", True),
        ("тут", "uk-UA", True), ("Les mer om søvn", "nb", False), ("hier", "nb", False), ("1", "nb", False),
        ("", "nb", False),
    ],
)
def test_words_of_links(text: str, language: str, empty: bool) -> None:
    assert link_words.says_nothing(text, language) is empty
