"""What a translation may move but neither lose nor change."""

from __future__ import annotations

import pytest

from hefte.protected import lost, tokens

SOURCE = "Ring {{ helpline.113 }} eller [les](https://a.b/c_(d)) [@brown2019][^n] ![x](figures/p.png) <https://e.f>."


def test_every_token_of_a_text_is_seen() -> None:
    assert dict(tokens(SOURCE)) == {
        "{{ helpline.113 }}": 1, "](https://a.b/c_(d))": 1, "[@brown2019]": 1, "[^n]": 1, "](…p.png)": 1,
        "<https://e.f>": 1,
    }
    assert dict(tokens("^[in the line {{contact.web}}] `[@code]` \\[@no] [@name](https://a.b)")) == {
        "^[…]": 1, "{{ contact.web }}": 1, "](https://a.b)": 1,
    }


def test_another_order_is_fine_and_so_is_a_picture_from_the_sources_folder() -> None:
    target = "<https://e.f> ![y](../nb/figures/p.png) [^n][@brown2019] [read](https://a.b/c_(d)) {{helpline.113}}"
    assert lost(SOURCE, target) == []


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("{{ contact.web }}", "{{ contact.wb }}", [
            "`{{ contact.web }}` is missing", "`{{ contact.wb }}` is not in the source",
        ]),
        ("[@a] [@a] [@a]", "[@a]", ["`[@a]` is missing 2 times"]),
        ("[a](https://b.c)", "a", ["`](https://b.c)` is missing"]),
        ("{{ contact.web }}", "{{ contact.web }} {{ contact.web }}", ["`{{ contact.web }}` is there once too often"]),
        ("[^n]", "[^ n]", ["`[^n]` is missing"]),
        ("", "[a](https://evil.example)", ["`](https://evil.example)` is not in the source"]),
    ],
)
def test_what_is_lost_or_changed_is_named(source: str, target: str, said: list[str]) -> None:
    assert lost(source, target) == said
