"""The words of one segment: as they are compared and sent out, and back to lines that can stand in a text."""

from __future__ import annotations

import re

GAP = "[…]"
"""What stands where nothing is written yet."""
GAPS = (GAP, "[...]")

_MARKER = re.compile(
    r"(?P<number>\d{1,9})(?=[.)](?:\s|$))|(?P<sign>[-+*:~](?=\s|$)|>|#{1,6}(?=\s|$)|:::|~~~|%%|\{[^{}]*\}$|=+$|-+$)"
)
"""What would begin something else than words at the beginning of a line (CommonMark 4, 5)."""


def flowed(content: str) -> str:
    """Lines of a source to the words of a segment: joined by blanks, but for a line that is broken on purpose, which
    ends in a backslash."""
    if "\n" not in content:
        return content.strip()
    *lines, last = content.strip().split("\n")
    return "".join(_joined(line) for line in lines) + last.strip()


def _joined(line: str) -> str:
    words = line.strip()
    if (len(words) - len(words.rstrip("\\"))) % 2:
        return words + "\n"
    return words + ("\\\n" if line.endswith("  ") else " ")


def one_line(text: str) -> str:
    """A value as one line: its line ends and tabs become blanks, and of several blanks one stays. No-break spaces and
    other special ones are the writer's."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def written(text: str) -> str:
    """A segment's text as it was meant: empty where nothing is written yet."""
    return "" if text in GAPS else text


def line(text: str) -> str:
    """A segment's words on one line, where nothing but words can stand: a heading, a cell, an alternative text."""
    return re.sub(r"\\?\n", " ", _plain(text))


def lines(text: str, *, breaks: bool = True) -> list[str]:
    """A segment's words to the lines that say them: one, and one more after each line that is broken on purpose.

    What would begin a list, a heading or a quotation gets a backslash before it.
    """
    return [_escaped(each) for each in (_plain(text).split("\n") if breaks else [line(text)])]


def _plain(text: str) -> str:
    """Without blank lines, and without line ends that mean nothing."""
    return flowed("\n".join(filter(None, map(_trimmed, text.strip().split("\n")))))


def _trimmed(line: str) -> str:
    return line.strip("\r\t ")


def _escaped(line: str) -> str:
    found = _MARKER.match(line)
    if not found:
        return line
    at = found.end("number") if found["number"] else 0
    return f"{line[:at]}\\{line[at:]}"
