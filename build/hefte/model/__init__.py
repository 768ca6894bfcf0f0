"""The values that cross borders: a publication, one language's book, its pages, and what the checks found.

Everything here is frozen and imports nothing of ours. A pass takes a value and returns a new one.
Lengths are in millimetres (mm) or PDF points (pt, 1/72 inch) as each field says; colours are sRGB 0-255 and CMYK
percent.
"""

from hefte.model.book import (
    Book,
    Chapter,
    Language,
    Story,
)
from hefte.model.findings import (
    Finding,
    Place,
    Problem,
    Severity,
)
from hefte.model.given import Given, Tongue
from hefte.model.look import (
    BodyFacts,
    Colour,
    FontFace,
    Layout,
    Overflow,
    PageStart,
    Require,
    ScriptStyle,
    Settings,
    Theme,
    Told,
)
from hefte.model.pages import (
    Block,
    LaidOut,
    Line,
    Link,
    Page,
)
from hefte.model.publication import (
    Approval,
    Consent,
    Edition,
    Excerpts,
    Helpline,
    HelplineText,
    Ordered,
    Policy,
    PrintSpec,
    Publication,
    Reference,
    StoryRecord,
    Waiver,
)
from hefte.model.results import (
    Built,
    Failure,
    LanguageResult,
    Step,
)
from hefte.model.translation import (
    Pair,
    Record,
    Segment,
    Signature,
    State,
    Translation,
    Unit,
)

__all__ = [
    "Approval",
    "Block",
    "BodyFacts",
    "Book",
    "Built",
    "Chapter",
    "Colour",
    "Consent",
    "Edition",
    "Excerpts",
    "Failure",
    "Finding",
    "FontFace",
    "Given",
    "Helpline",
    "HelplineText",
    "LaidOut",
    "Language",
    "LanguageResult",
    "Layout",
    "Line",
    "Link",
    "Ordered",
    "Overflow",
    "Page",
    "PageStart",
    "Pair",
    "Place",
    "Policy",
    "PrintSpec",
    "Problem",
    "Publication",
    "Record",
    "Reference",
    "Require",
    "ScriptStyle",
    "Segment",
    "Settings",
    "Severity",
    "Signature",
    "State",
    "Step",
    "Story",
    "StoryRecord",
    "Theme",
    "Told",
    "Tongue",
    "Translation",
    "Unit",
    "Waiver",
]
