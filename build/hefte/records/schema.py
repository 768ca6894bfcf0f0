"""The shape of every file of a publication. One class a table; the descriptions are what an editor is shown."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, RootModel

from hefte.records.editions import ExcerptsTable, Numbers, OrderTable, once
from hefte.records.validate import Rule
from hefte.records.words import (
    Address,
    Digest,
    Id,
    Mail,
    Month,
    Name,
    NumberedId,
    Phone,
    Reach,
    Table,
    Tag,
    Tel,
    Text,
    Web,
    Where,
    digest,
)

MATTER = ("colophon", "help", "back-cover")
"""The texts around the chapters, which every language has."""


def _chapters(values: list[str]) -> list[str]:
    for number, value in enumerate(values):
        if value in MATTER:
            raise Rule(f"cannot be `{value}`", "that text has its own place in each edition; delete it", at=(number,))
        if value == "language":
            raise Rule("cannot be `language`", "that is language.toml's name; choose another", at=(number,))
    return once(values)


class PrintTable(Table):
    """`[print]`: what the print shop asks for."""

    standard: Annotated[Literal["pdf/x-4", "pdf/x-1a"], Field(description="the PDF/X standard")] = "pdf/x-4"
    profile: Annotated[Text | None, Field(description="path of the ICC profile, from the publication's folder")] = None
    condition: Annotated[Text, Field(description="registered name of the printing condition")] = "FOGRA39"
    ink_limit: Annotated[int, Field(ge=200, le=400, description="largest sum of inks, percent")] = 300
    crop_marks: Annotated[bool, Field(description="crop marks outside the bleed")] = False
    creep: Annotated[float, Field(ge=0, le=1, description="shift of each inner sheet towards the spine, mm")] = 0.1
    paper: Annotated[Text | None, Field(description="paper of the inside, for the job sheet")] = None
    cover_paper: Annotated[Text | None, Field(description="paper of the cover, where that is another")] = None
    binding: Annotated[Literal["saddle-stitch", "perfect", "wire"], Field(description="how it is bound")] = (
        "saddle-stitch"
    )
    copies: Annotated[int | None, Field(ge=1, le=10_000_000, description="how many are to be printed")] = None
    contact: Annotated[Reach | None, Field(description="whom the print shop asks; default: `feedback`")] = None
    job_language: Annotated[
        Literal["nb", "nn", "en"] | None, Field(description="language of the job sheet; default: the source's, or en"),
    ] = None


class ContactTable(Table):
    """`[contact]`: how to reach the publisher, for `{{ contact.web }}`."""

    phone: Annotated[Phone | None, Field(description="telephone number, in groups")] = None
    email: Annotated[Mail | None, Field(description="e-mail address")] = None
    web: Annotated[Web | None, Field(description="web address")] = None


class HelplineTable(Table):
    """One `[[helplines]]`: a number to call."""

    id: Annotated[NumberedId, Field(description="its short name, for {{ helpline.id }}")]
    number: Annotated[Phone, Field(description="the number as it is shown, in groups")]
    tel: Annotated[Tel, Field(description="the number as it is dialled")]
    verified_on: Annotated[dt.date | None, Field(description="when somebody last dialled it")] = None


def _same_number(values: list[HelplineTable]) -> list[HelplineTable]:
    for position, line in enumerate(values):
        digits = "".join(filter(str.isdigit, line.number)).lstrip("0")
        if not digits or not line.tel.endswith(digits):
            raise Rule(f"is {line.tel}, but {line.number} is shown", "make the two agree", at=(position, "tel"))
        if line.id in [other.id for other in values[:position]]:
            raise Rule(f"is `{line.id}` a second time", "give each helpline its own id", at=(position, "id"))
    return values


Stale = Annotated[
    Literal["block", "warn", "pin"], Field(description="what a build does with a text whose source has changed"),
]
Missing = Annotated[
    Literal["stop", "leave-out"], Field(description="what a build does where a language lacks a chapter"),
]


class LanguagePolicyTable(Table):
    """`[translation.languages.uk]`: the same for one language."""

    stale: Stale | None = None
    missing: Missing | None = None


class TranslationTable(Table):
    """`[translation]`: what a build does with a language that has not followed its source."""

    stale: Stale = "block"
    missing: Missing = "stop"
    languages: Annotated[
        dict[Tag, LanguagePolicyTable], Field(default_factory=dict, description="language → what is otherwise for it"),
    ]


class WaiverTable(Table):
    """One `[[waivers]]`: a finding that the editor lets stand."""

    check: Annotated[Id, Field(description="id of the check")]
    place: Annotated[Where, Field(description="where: PATH, PATH:LINE or PATH page N, as the finding says it")]
    reason: Annotated[Text, Field(description="why it may stand")]
    date: Annotated[dt.date, Field(description="when that was decided")]


class PublicationFile(Table):
    """publication.toml: what is published, by whom, in which order and editions."""

    id: Annotated[Id, Field(description="short name; the built files are named after it")]
    version: Annotated[Text, Field(description="version of the text")]
    publisher: Annotated[Text, Field(description="who publishes it")]
    date: Annotated[dt.date, Field(description="date of this edition")]
    review_by: Annotated[dt.date, Field(description="when the text is to be looked at again")]
    source: Annotated[Text, Field(description="what it is made from, in words")]
    source_url: Annotated[Web, Field(description="the address behind the QR code")]
    feedback: Annotated[Reach, Field(description="e-mail or web address for feedback")]
    address: Annotated[
        Address | None, Field(description="where each language's edition is found, with {language} in it"),
    ] = None
    license: Annotated[Text, Field(description="licence of the text")]
    source_language: Annotated[Tag, Field(description="the language the others are translated from")]
    chapters: Annotated[
        list[Id], Field(min_length=1, description="ids of the chapters, in order"), AfterValidator(_chapters),
    ]
    editions: Annotated[
        list[Name], Field(min_length=1, description="what is built: names of layouts, or of their files"),
        AfterValidator(once),
    ]
    print: Annotated[PrintTable, Field(description="what the print shop asks for")] = PrintTable()
    translation: Annotated[
        TranslationTable, Field(default_factory=TranslationTable, description="languages behind their source"),
    ]
    contact: Annotated[ContactTable, Field(description="how to reach the publisher")] = ContactTable()
    helplines: Annotated[
        list[HelplineTable], Field(default_factory=list, description="numbers to call, most urgent first"),
        AfterValidator(_same_number),
    ]
    isbn: Annotated[Numbers, Field(default_factory=dict, description="language → edition → its ISBN")]
    orders: Annotated[
        dict[Id, OrderTable], Field(default_factory=dict, description="edition for the press → what is ordered of it"),
    ]
    excerpts: Annotated[
        dict[Id, ExcerptsTable], Field(default_factory=dict, description="short edition → the stories that it tells"),
    ]
    waivers: Annotated[list[WaiverTable], Field(default_factory=list, description="findings that may stand")]


class ReferenceTable(Table):
    """One work cited: `[brown2019]`."""

    author: Annotated[Text, Field(description="who wrote it")]
    title: Annotated[Text, Field(description="its title")]
    year: Annotated[int | None, Field(ge=1400, le=2200, description="year of publication")] = None
    publisher: Annotated[Text | None, Field(description="publisher or journal")] = None
    url: Annotated[Web | None, Field(description="web address")] = None
    language: Annotated[Tag | None, Field(description="language of the title")] = None


class ConsentTable(Table):
    """`[story.consent]`: what the person agreed to."""

    wording: Annotated[Text, Field(description="version of the consent text, or what stands in its place")]
    date: Annotated[dt.date, Field(description="when it was given")]
    evidence: Annotated[Text, Field(description="where the evidence is kept, outside the repository")]


class ApprovalTable(Table):
    """`[story.approved]` `nb = { digest = "…", by = "…", on = … }`: one line a language, so that it merges."""

    digest: Annotated[Digest, Field(description="digest of the approved text")]
    by: Annotated[Text | None, Field(description="who had it approved")] = None
    on: Annotated[dt.date | None, Field(description="when")] = None


def _approval(value: object) -> object:
    """The digest alone, as it was written before `hefte story approve`, counts too."""
    return {"digest": digest(value)} if isinstance(value, str) else value


Approved = Annotated[ApprovalTable, BeforeValidator(_approval, json_schema_input_type=Digest | ApprovalTable)]


class StoryTable(Table):
    """One story's record: `[lost-closeness]`."""

    channel: Annotated[Text, Field(description="how the story came in")]
    received: Annotated[Month, Field(description="month or date it came in")]
    language: Annotated[Tag, Field(description="language it was told in")]
    voice: Annotated[Literal["quote", "retold"], Field(description="whose words the text is: quote or retold")]
    consent: Annotated[ConsentTable | None, Field(description="what the person agreed to")] = None
    scopes: Annotated[
        list[Literal["print", "epub", "web", "translation", "shortening"]],
        Field(default_factory=list, description="what the consent covers"), AfterValidator(once),
    ]
    review_by: Annotated[dt.date | None, Field(description="when the consent is to be looked at again")] = None
    withdrawn: Annotated[dt.date | None, Field(description="when the consent was withdrawn")] = None
    tags: Annotated[
        list[Name], Field(default_factory=list, description="what may be hard to read"), AfterValidator(once),
    ]
    approved: Annotated[
        dict[Tag, Approved], Field(default_factory=dict, description="language → digest of the approved text, by whom"),
    ]
    edits: Annotated[
        dict[Name, Text],
        Field(default_factory=dict, description="what was done to the words: `shortened`, `names` … → how"),
    ]
    identifiers: Annotated[
        dict[Name, bool],
        Field(default_factory=dict, description="what could identify a person → whether that is acknowledged"),
    ]


class Labels(Table):
    """`[labels]`: every word that a layout says by itself."""

    contents: Text
    page: Text
    cover: Text
    landmarks: Text
    pages: Text
    start_reading: Text
    story: Text
    retold: Text
    quoted: Text
    remember: Text
    seek_help: Text
    read_more: Text
    references: Text
    back_to_text: Text
    skip_story: Text
    helplines: Text
    hours: Text
    notes: Text
    notes_prompt: Text
    scan: Text
    edition: Text
    date: Text
    review_by: Text
    publisher: Text
    source: Text
    feedback: Text
    license: Text
    draft: Text
    draft_notice: Text
    translated_by: Text
    machine_translated: Text
    reviewed_by: Text
    follows: Text
    print_edition: Text
    accessibility_summary: Text


class HelplineWords(Table):
    """`[helplines.113]`: what a language says of a helpline."""

    name: Annotated[Text, Field(description="its name")]
    does: Annotated[Text, Field(description="what it helps with")]
    hours: Annotated[Text, Field(description="when it answers")]


class LanguageFile(Table):
    """language.toml: the words of one language that are not in a chapter."""

    title: Annotated[Text, Field(description="title of the publication")]
    subtitle: Annotated[Text, Field(description="the line under the title")]
    description: Annotated[Text, Field(description="what it is, in a sentence or two")]
    audience: Annotated[Text, Field(description="whom it is for: a line on the cover")]
    origin: Annotated[Literal["original", "human", "machine"], Field(description="how the text came to be")]
    translator: Annotated[Text | None, Field(description="who translated it")] = None
    reviewers: Annotated[list[Text], Field(default_factory=list, description="who read the translation")]
    labels: Annotated[Labels, Field(description="every word that a layout says by itself")]
    editions: Annotated[
        dict[Id, Text], Field(default_factory=dict, description="edition → what its colophon calls it"),
    ]
    helplines: Annotated[
        dict[NumberedId, HelplineWords], Field(default_factory=dict, description="what is said of each helpline"),
    ]


class ChapterFront(Table):
    """Front matter of a chapter."""

    title: Annotated[Text, Field(description="the chapter's title")]
    short_title: Annotated[Text | None, Field(description="for running heads")] = None
    summary: Annotated[Text, Field(description="one to three sentences: the lead, and what the leaflet prints")]
    keywords: Annotated[list[Text], Field(default_factory=list, description="subjects")]


class MatterFront(ChapterFront):
    """Front matter of a text around the chapters: it needs no summary."""

    summary: Annotated[Text, Field(description="one to three sentences")] = ""


class StoryFront(Table):
    """Front matter of a story."""

    title: Annotated[Text, Field(description="the story's name for those who listen; not printed")]
    lang: Annotated[Tag | None, Field(description="language of the text, where it is not the book's")] = None


ReferencesFile = RootModel[dict[Id, ReferenceTable]]
StoriesFile = RootModel[dict[Id, StoryTable]]
def _forms(value: object) -> object:
    return value if isinstance(value, list) else [value]


GlossaryFile = RootModel[dict[Name, dict[Tag, Annotated[list[Text], Field(min_length=1), BeforeValidator(_forms)]]]]
