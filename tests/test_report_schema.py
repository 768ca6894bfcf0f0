"""report.json has the shape that `hefte schema` prints, and what has not is told apart from it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from conftest import Outputs
from hefte.report.schema import Report, is_entry, schema

Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def shipped_text(shipped: Outputs) -> str:
    return (shipped.dist / "report.json").read_text(encoding="utf-8")


def test_the_shipped_reports_have_the_shape(shipped_text: str, translated: Outputs, tiny: Outputs) -> None:
    for text in (shipped_text, *((each.dist / "report.json").read_text("utf-8") for each in (translated, tiny))):
        assert Report.model_validate_json(text).languages.keys() == json.loads(text)["languages"].keys()
        assert all(is_entry(entry) for entry in json.loads(text)["languages"].values())


def test_what_was_measured_on_the_shipped_files_is_declared(shipped_text: str) -> None:
    """A figure that the schema does not know of passes, so that one may be added; ours are all declared."""
    for file in Report.model_validate_json(shipped_text).languages["nb"].files:
        assert file.figures.__pydantic_extra__ == {}, file.path


def test_languages_say_how_they_stand(shipped_text: str, translated: Outputs) -> None:
    nb = json.loads(shipped_text)["languages"]["nb"]["standing"]
    assert nb == {"name": "norsk bokmål", "called": "norsk bokmål", "direction": "ltr", "origin": "original",
                  "draft": False, "source": True, "units": []}
    ar = translated.report["languages"]["ar"]["standing"]
    assert (ar["name"], ar["called"], ar["direction"], ar["origin"], ar["draft"], ar["source"]) == (
        "العربية", "arabisk", "rtl", "machine", True, False,
    )
    assert ar["units"][0] == {"id": "what-is-it", "state": "unsigned", "translator": "hefte-prosjektet",
                              "signed_by": None, "signed_on": None}


def test_no_word_of_a_story_and_no_evidence_is_told(shipped_text: str) -> None:
    stories = json.loads(shipped_text)["stories"]
    assert stories["want-it-spoken-of"] == {
        "language": "nb", "voice": "retold",
        "consent": {"wording": "None seen by this project. Retold from what Ammehjelpen published.",
                    "date": "2025-04-15"},
        "scopes": ["print", "epub", "web", "translation", "shortening"], "approved": [], "review_by": "2027-11-22",
        "withdrawn": None,
    }
    assert len(stories) == 10


def first(report: dict[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = report["languages"]["nb"]
    return entry


BROKEN: dict[str, Change] = {
    "a key too many": lambda report: report.update(more=1),
    "a key too few": lambda report: report.pop("helplines"),
    "no standing": lambda report: first(report).pop("standing"),
    "another severity": lambda report: first(report)["findings"][0].update(severity="fatal"),
    "a finding without its remedy": lambda report: first(report)["findings"][0].pop("remedy"),
    "page 0": lambda report: first(report)["findings"][0].update(page=0),
    "a box of three": lambda report: first(report)["findings"][0].update(box=[1, 2, 3]),
    "a size in words": lambda report: first(report)["files"][0].update(size="7"),
    "a digest cut off": lambda report: first(report)["files"][0].update(digest="abc"),
    "a font of no name": lambda report: first(report)["files"][0]["figures"].update(fonts=[{"type": "x"}]),
    "a day in words": lambda report: first(report).update(looked_on="today"),
    "exit code 0": lambda report: first(report).update(failures=[{"lines": ["x"], "exit_code": 0}]),
    "a truth as a number": lambda report: first(report).update(validated=1),
    "another direction": lambda report: first(report)["standing"].update(direction="up"),
    "another voice": lambda report: report["stories"]["own-choice"].update(voice="sung"),
    "a consent without its date": lambda report: report["stories"]["own-choice"]["consent"].pop("date"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_what_is_broken_is_seen(shipped_text: str, fault: str) -> None:
    report = json.loads(shipped_text)
    before = copy.deepcopy(report)
    BROKEN[fault](report)
    assert json.dumps(report) != json.dumps(before)
    with pytest.raises(ValidationError):
        Report.model_validate_json(json.dumps(report))
    assert is_entry(first(report)) == (json.dumps(first(report)) == json.dumps(first(before)))


def test_the_schema_is_a_json_schema() -> None:
    whole = schema()
    assert whole["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert (whole["title"], whole["type"], whole["additionalProperties"]) == ("report.json", "object", False)
    assert set(whole["required"]) == {"hefte", "publication", "languages", "stories", "helplines", "checks"}
    assert whole["$defs"]["Found"]["properties"]["severity"]["enum"] == ["error", "warning", "note"]
    assert json.loads(json.dumps(whole)) == whole
