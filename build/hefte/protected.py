"""What a translation may move but neither lose nor change: addresses, records, citations, notes, pictures."""

from __future__ import annotations

import re
from collections import Counter

_TOKENS = re.compile(
    r"\{\{\s*(?P<record>[^{}\n]*?)\s*\}\}"
    r"|\[@(?P<citation>[^\[\]\n]*)\](?!\()"
    r"|\[\^(?P<note>[^\]\s]+)\]"
    r"|(?P<written>\^)\["
    r"|(?P<picture>!\[(?:[^\]\\]|\\.)*)?\]\(\s*<?(?P<address>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)"
    r"|<(?P<auto>(?:https?:|mailto:)[^\s<>]+|[^\s<>@]+@[^\s<>@]+)>"
)
_CODE = re.compile(r"(?<!\\)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)


def tokens(text: str) -> Counter[str]:
    """How often each is there: `{{ helpline.113 }}`, `[@brown2019]`, `[^note]`, `^[…]`, `](https://a.b)`."""
    plain = _CODE.sub("", text.replace(r"\[", "").replace(r"\{", ""))
    return Counter(_said(found) for found in _TOKENS.finditer(plain))


def _said(found: re.Match[str]) -> str:
    said = found.groupdict()
    if said["record"] is not None:
        return "{{ " + said["record"] + " }}"
    if said["citation"] is not None:
        return f"[@{said['citation']}]"
    if said["note"] is not None:
        return f"[^{said['note']}]"
    if said["written"]:
        return "^[…]"
    if said["auto"]:
        return f"<{said['auto']}>"
    # a picture may be reached from the source's folder, or be another one of the same name
    return f"](…{said['address'].rpartition('/')[2]})" if said["picture"] else f"]({said['address']})"


def lost(source: str, target: str) -> list[str]:
    """What the source has and the target has not, or has more of than the source: each with what is wrong, in the order
    of the source. `{{ helpline.113 }} is missing`, `](https://a.b) is not in the source`."""
    wanted, found = tokens(source), tokens(target)
    missing = [f"`{each}` is missing" + _times(left) for each in wanted if (left := wanted[each] - found[each]) > 0]
    added = [f"`{token}` is not in the source" for token in found if token not in wanted]
    doubled = [f"`{token}` is there once too often" for token in wanted if 0 < wanted[token] < found[token]]
    return [*missing, *added, *doubled]


def _times(number: int) -> str:
    return f" {number} times" if number > 1 else ""
