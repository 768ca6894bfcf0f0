"""What copyfitting chose, as report.json has it, into a line for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def told(fitted: Mapping[str, Any]) -> str:
    """`brochure fitted at 11.4/15.5 pt, paragraphs 7 pt, stories 11 pt apart: 20 pages, score 12 (unfitted: …)`."""
    chosen, before = fitted["chosen"], fitted["unfitted"]
    times = fitted["layouts"]
    layouts = f"{times} layout{'' if times == 1 else 's'}"
    same = chosen["sizes"] == before["sizes"]
    how, unfitted = ("stays", "") if same else ("fitted", f" (unfitted: {_worth(before)})")
    return f"{fitted['layout']} {how} {_sizes(chosen['sizes'])}: {_worth(chosen)}{unfitted}; {layouts}"


def _sizes(sizes: Mapping[str, str]) -> str:
    return (
        f"at {sizes['text_size']}/{sizes['line']} pt, paragraphs {sizes['paragraph']} pt, "
        f"stories {sizes['apart']} pt apart"
    )


def _worth(of: Mapping[str, Any]) -> str:
    fillers = f", {of['fillers']} of them to fill the sheet" if of["fillers"] else ""
    return f"{of['pages']} pages{fillers}, score {of['score']:.0f}"
