"""The kinds of values that the files hold, each with its rule, as pydantic types."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from hefte.locales import PSEUDO
from hefte.records.validate import Rule

LANGUAGE = "{language}"
"""Stands for a language's code in an address."""
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NUMBERED_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_TAKEN = ("story-", "ref-", "cite-", "fn-", "fnref-", "helpline-", "hefte-")
"""Beginnings that the ids of other things in a finished document have."""
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
"""BCP 47 language, script and region, in their usual letter cases: nb, fa-AF, zh-Hant."""
_WEB = re.compile(r"https?://[^\s/]+\.[^\s]+")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_TEL = re.compile(r"\+[1-9][0-9]{5,14}|[0-9]{2,8}")
"""E.164 with its plus, or a national short number."""
_PHONE = re.compile(r"\+?[0-9]+(?: [0-9]+)*")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?")
_WHERE = re.compile(r"(?P<path>[^:\s]*[/.][^:\s]*)(?::(?P<line>[1-9][0-9]*)| page (?P<page>[1-9][0-9]*))?")
_ISBN = re.compile(r"97[89](?:-?[0-9])+")
_SHA256 = re.compile(r"(?:sha256:)?([0-9a-f]{64})")


class Table(BaseModel):
    """A table of a file: no key but those declared, no value of another type than declared."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


def _text(value: str) -> str:
    if not value.strip():
        raise Rule("is empty", "write it, or leave the key out where it is not needed")
    return " ".join(value.split())


def _id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise Rule(f"cannot be `{value}`", "use small letters a-z, digits and single hyphens, a letter first")
    if value.startswith(_TAKEN):
        raise Rule(f"cannot be `{value}`", f"begin it otherwise than with {', '.join(_TAKEN)}")
    return value


def _numbered_id(value: str) -> str:
    if not _NUMBERED_ID.fullmatch(value):
        raise Rule(f"cannot be `{value}`", "use small letters a-z, digits and single hyphens")
    return value


def _name(value: str) -> str:
    if not _NAME.fullmatch(value):
        raise Rule(f"cannot be `{value}`", "use small letters a-z, digits, hyphens and underscores, a letter first")
    return value


def language_tag(value: str) -> str:
    """A BCP 47 tag as written; Rule for anything else and for `no`, which names no written language."""
    if value == "no" or value.startswith("no-"):
        raise Rule(f"cannot be `{value}`", "say which Norwegian: nb (Bokmål) or nn (Nynorsk)")
    if value.endswith(PSEUDO):
        raise Rule(f"cannot be `{value}`", "nobody speaks that: `hefte build --pseudo` makes it of the source language")
    if not _TAG.fullmatch(value):
        raise Rule(f"cannot be `{value}`", "write a BCP 47 language tag such as nb, ar or fa-AF")
    return value


def _web(value: str) -> str:
    if not _WEB.fullmatch(value):
        raise Rule(f"cannot be `{value}`", "write a web address that begins with https://")
    return value


def _address(value: str) -> str:
    if not _web(value).startswith("https://"):
        raise Rule(f"cannot be `{value}`", "write a web address that begins with https://")
    if value.count(LANGUAGE) != 1 or re.search("[{}]", value.replace(LANGUAGE, "")):
        raise Rule(f"cannot be `{value}`", f"write {LANGUAGE} once, where the code of a language is to stand")
    return value


def _mail(value: str) -> str:
    if not _MAIL.fullmatch(value):
        raise Rule(f"cannot be `{value}`", "write an e-mail address")
    return value


def _reach(value: str) -> str:
    if not (_MAIL.fullmatch(value) or _WEB.fullmatch(value)):
        raise Rule(f"cannot be `{value}`", "write an e-mail address, or a web address that begins with https://")
    return value


def _tel(value: str) -> str:
    if not _TEL.fullmatch(value):
        raise Rule(f"cannot be `{value}`", "write it as it is dialled, without blanks: +47116123 or 113")
    return value


def _phone(value: str) -> str:
    if not _PHONE.fullmatch(value):
        raise Rule(f"cannot be `{value}`", "write digits, in groups with a blank between them: 22 11 33 44")
    return value


def _month(value: Any) -> Any:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, str) and not _MONTH.fullmatch(value):
        raise Rule(f"cannot be `{value}`", 'write a month, "2024-09", or a date, 2024-09-30')
    return value


def bare_isbn(value: str) -> str:
    """The thirteen digits alone."""
    return value.replace("-", "")


def _isbn(value: str) -> str:
    """An ISBN-13 (ISO 2108:2017, 4): the digits, weighted by 1 and 3 in turn, add up to a multiple of ten."""
    if not _ISBN.fullmatch(value) or len(bare_isbn(value)) != 13:
        raise Rule(f"cannot be `{value}`", "write the 13 digits of an ISBN, hyphens between its groups: 978-…")
    if sum(int(sign) * (3 if at % 2 else 1) for at, sign in enumerate(bare_isbn(value))) % 10:
        raise Rule(f"cannot be `{value}`: its last digit does not fit the others", "copy the number anew")
    return value


def digest(value: str) -> str:
    """The 64 digits of a SHA-256; Rule for anything else."""
    match = _SHA256.fullmatch(value)
    if not match:
        raise Rule("is not a SHA-256 digest", "copy the 64 characters that the check of approvals names")
    return match.group(1)


def place_said(value: str) -> tuple[str, int | None, int | None]:
    """`PATH`, `PATH:LINE` or `PATH page N` as its path, line and page. Raises Rule where it is none of them."""
    found = _WHERE.fullmatch(value.strip())
    if found is None or found["path"].strip("*/.") == "":
        raise Rule(
            f"cannot be `{value}`", "name a file, and a line or page of it: nb/name-nb-print.pdf page 3"
        )
    line, page = found["line"], found["page"]
    return found["path"], int(line) if line else None, int(page) if page else None


def _where(value: str) -> str:
    place_said(value)
    return value.strip()


Text = Annotated[str, AfterValidator(_text)]
"""Some words; line ends and runs of blanks become one blank."""
Id = Annotated[str, AfterValidator(_id)]
NumberedId = Annotated[str, AfterValidator(_numbered_id)]
"""An id that may begin with a digit, as a helpline's does."""
Name = Annotated[str, AfterValidator(_name)]
"""A word of a list that an editor keeps: a tag, a term, an identifier."""
Tag = Annotated[str, AfterValidator(language_tag)]
Web = Annotated[str, AfterValidator(_web)]
Address = Annotated[str, AfterValidator(_address)]
"""A web address with `{language}` in it."""
Mail = Annotated[str, AfterValidator(_mail)]
Reach = Annotated[str, AfterValidator(_reach)]
Tel = Annotated[str, AfterValidator(_tel)]
Phone = Annotated[str, AfterValidator(_phone)]
"""A number as it is shown."""
Isbn = Annotated[str, AfterValidator(_isbn)]
Month = Annotated[str, BeforeValidator(_month)]
Where = Annotated[str, AfterValidator(_where)]
"""Where a finding stands, as the report says it."""
Digest = Annotated[str, AfterValidator(digest)]
