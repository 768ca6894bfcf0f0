"""What in a story could tell who it is: found in each language, until a record says that an editor has judged it."""

from __future__ import annotations

from pathlib import Path

import pytest

import wordkit
from hefte import publication, sources
from hefte.checks import gazetteer, identifiers_found
from hefte.checks.prose import Passage, Piece
from hefte.checks.story_traits import traits
from hefte.model import Finding, Place, Severity
from wordkit import Change

ROOT = Path(__file__).resolve().parents[1]
STORY, STORIES = "chapters/nb/stories/lost.md", "chapters/stories.toml"


def found(folder: Path, body: str, stories: str = wordkit.STORIES) -> list[Finding]:
    changes: dict[str, Change] = {STORY: f"---\ntitle: Nærheten\n---\n\n{body}\n", STORIES: stories}
    return list(identifiers_found.CHECK.run(wordkit.read(folder, changes)))


def test_what_nobody_has_judged_stops_a_release(tmp_path: Path) -> None:
    [finding] = found(tmp_path, "Det var tungt.\nHun bodde i Drammen, og siden i Oslo.")
    assert (finding.check, finding.severity, finding.blocks_release) == ("identifiers-found", Severity.WARNING, True)
    assert (finding.path, finding.line) == (tmp_path / STORY, 6)
    assert finding.message == "the story `lost` tells a place: “Drammen”, “Oslo”"
    assert finding.remedy == (
        "write it without, or judge that it may stand, and write `place = true` under [lost.identifiers]"
    )
    assert identifiers_found.CHECK.waivable is False


def test_what_a_story_s_picture_says_is_looked_at(tmp_path: Path) -> None:
    changes: dict[str, Change] = {
        STORY: "---\ntitle: Nærheten\n---\n\nDet var tungt.\n\n![Huset i Drammen](../figures/a.svg)\n",
        "chapters/nb/figures/a.svg": wordkit.PICTURE,
    }
    [finding] = identifiers_found.CHECK.run(wordkit.read(tmp_path, changes))
    assert (finding.line, finding.message) == (7, "the story `lost` tells a place: “Drammen”")


@pytest.mark.parametrize("judged", ["identifiers.place = true", "identifiers.place = false", "withdrawn = 2026-05-01"])
def test_what_the_record_names_is_not_found_again(tmp_path: Path, judged: str) -> None:
    """Set to false, `identifiers-unacknowledged` tells it."""
    stories = wordkit.STORIES.replace("identifiers.age = true", f"identifiers.age = true\n{judged}")
    assert found(tmp_path, "Hun bodde i Oslo.", stories) == []


KINDS = [
    ("date", "Det var i mai 2019, nærmere bestemt 3.5.2019.", "a date: “mai”, “2019”, “3.5.2019”"),
    ("diagnosis", "Hun fikk brystkreft og en fødselsdepresjon.", "an illness: “brystkreft”, “fødselsdepresjon”"),
    ("duration", "De ammet i sju måneder\nog tre uker.", "how long something lasted: “sju måneder”, “tre uker”"),
    ("third_party", "Svigermoren og naboen kom.", "somebody else: “Svigermoren”, “naboen”"),
    ("workplace", "Hun jobber på Rema.", "where somebody works: “jobber på Rema”"),
    ("brand", "Flasken var fra Medela, pumpen Pumpo™.", "a brand: “Medela”, “Pumpo™”"),
    ("name", "Da kom Astri Nordli, og siden Ola.", "a name: “Astri”, “Nordli”, “Ola”"),
    ("name", "Da kom Ola og Ola, så Ida, Eva, Per og Else.", "a name: “Ola”, “Ida”, “Eva”"),
    ("duration", "De ammet i sju\nmåneder.", "how long something lasted: “sju måneder”"),
    # Names of works cited may be hers too.
    ("name", "Da kom Amy Nordmann fra Pinter.", "a name: “Amy”, “Nordmann”, “Pinter”"),
]


@pytest.mark.parametrize(("kind", "body", "said"), KINDS, ids=[f"{kind}: {body[:16]}" for kind, body, _ in KINDS])
def test_each_kind_has_its_words(tmp_path: Path, kind: str, body: str, said: str) -> None:
    told = {finding.message for finding in found(tmp_path, body)}
    assert f"the story `lost` tells {said}" in told
    stories = wordkit.STORIES.replace("identifiers.age = true", f"identifiers.{kind} = true")
    assert f"the story `lost` tells {said}" not in {finding.message for finding in found(tmp_path / "b", body, stories)}


def test_what_names_no_person_is_no_name(tmp_path: Path) -> None:
    """The publisher and the helplines."""
    assert found(tmp_path, "Da ringte hun Tiny Press, og siden Nødhjelp.") == []


def test_an_age_is_judged_as_the_others_are(tmp_path: Path) -> None:
    body = "Gutten var toåring, og hun 34 år gammel."
    assert not any("an age" in finding.message for finding in found(tmp_path, body))
    stories = wordkit.STORIES.replace("identifiers.age = true", "identifiers.diagnosis = true")
    assert [finding.message for finding in found(tmp_path / "b", body, stories)] == [
        "the story `lost` tells an age: “toåring”, “34 år gammel”",
    ]


@pytest.mark.usefixtures("dictionaries")
def test_a_name_at_the_beginning_is_known_by_the_dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    told = [finding.message for finding in found(tmp_path, "Likevel gikk det. Astrid gråt: Ingvild sov.")]
    assert told == ["the story `lost` tells a name: “Astrid”, “Ingvild”"]


def told(language: str, words: str) -> list[tuple[str, str]]:
    passage = Passage((Piece(0, words, language),), language, Place(Path("x"), 1), "p", "x")
    return sorted({(trait.kind, trait.words) for trait in traits(passage, {"Ammehjelpen"}) if not trait.first})


LANGUAGES = [
    ("nb", "Tvillingene var fire måneder gamle.", [("age", "fire måneder gamle"), ("third_party", "Tvillingene")]),
    ("nb", "I Oslo bodde Ida.", [("name", "Ida"), ("place", "Oslo")]),
    ("nb", "Da hun fylte 30, flyttet de til Tromsø.", [("age", "fylte 30"), ("place", "Tromsø")]),
    ("nb", "Hun gikk i Oslos gater 2026-05-03 og 4/6 23.", [("date", "2026-05-03"), ("place", "Oslos")]),
    ("nn", "Ho var 31 år gammal då ho kom til Førde.", [("age", "var 31 år gammal"), ("place", "Førde")]),
    ("nn", "Ho amma i åtte veker og arbeidde som lærar.",
     [("duration", "åtte veker"), ("workplace", "arbeidde som lærar")]),
    ("en", "My six-month-old and I lived in Oslo.", [("age", "six-month-old"), ("place", "Oslo")]),
    ("en", "In March she worked at the bakery for three years.",
     [("date", "March"), ("duration", "three years"), ("workplace", "worked at the bakery")]),
    ("en", "Her daughter had colic, says the Norwegian Kari.",
     [("diagnosis", "colic"), ("name", "Kari"), ("place", "Norwegian"), ("third_party", "daughter")]),
    ("pl", "Moja córka ma trzy lata i mieszka w Warszawie.",
     [("age", "ma trzy lata"), ("place", "Warszawie"), ("third_party", "córka")]),
    ("pl", "Kobieta pracuje jako lekarka, 5 maja miała zapalenie piersi.",
     [("date", "maja"), ("diagnosis", "zapalenie"), ("third_party", "lekarka"), ("workplace", "pracuje jako lekarka")]),
    ("uk", "Її син, п’ятирічний Андрій, живе в Києві.",
     [("age", "п’ятирічний"), ("name", "Андрій"), ("name", "Києві"), ("third_party", "син")]),
    ("uk", "Вона годувала три місяці, потім депресія.", [("diagnosis", "депресія"), ("duration", "три місяці")]),
    ("ar", "عمرها ثلاثين سنة وتعيش في أوسلو مع طفلها.",
     [("age", "عمرها ثلاثين"), ("place", "أوسلو"), ("third_party", "طفلها")]),
    ("ar", "أرضعت سنتين ثم أصيبت بالسرطان.", [("diagnosis", "بالسرطان"), ("duration", "سنتين")]),
    ("so", "Gabadheeda waa shan jir oo waxay deggan yihiin Oslo.",
     [("age", "shan jir"), ("place", "Oslo"), ("third_party", "Gabadheeda")]),
    ("so", "Waxay naasnuujisay laba sano, kansar.", [("diagnosis", "kansar"), ("duration", "laba sano")]),
    ("fr", "En 2019 elle vivait à Paris avec Marie, sur Instagram.",
     [("brand", "Instagram"), ("date", "2019"), ("name", "Marie"), ("place", "Paris")]),
    ("de", "Das Kind war in Berlin, am 3. Mai.", [("date", "Mai"), ("place", "Berlin")]),
    ("pl", "Potem mieszkała w Rzymie i w Gdańsku.", [("name", "Gdańsku"), ("name", "Rzymie")]),
    ("th", "เธออยู่ที่ 12/05/2019", [("date", "12/05/2019")]),
]


@pytest.mark.parametrize(("language", "words", "expected"), LANGUAGES, ids=[f"{x[0]}: {x[1][:24]}" for x in LANGUAGES])
def test_each_language_knows_its_own(language: str, words: str, expected: list[tuple[str, str]]) -> None:
    assert told(language, words) == expected


QUIET = [
    ("nb", "Kreftene tok slutt, og hun sa: Det går. «Ja», sa hun, «Men ikke i dag.» Ammehjelpen svarte."),
    ("nb", "Hun gråt i noen måneder, og mange år senere var det bedre. Man vet aldri."),
    ("en", "I had loved it, and I’m glad. After some months it may be better."),
    ("pl", "Płakała kilka miesięcy. Czuła się sama."),
    ("uk", "Минуло кілька місяців. Вона плакала."),
    ("ar", "بكت بضعة أشهر، ثم تحسنت حالها."),
    ("so", "Dhowr bilood ayay ku socotay."),
]


@pytest.mark.parametrize(("language", "words"), QUIET, ids=[language + words[:20] for language, words in QUIET])
def test_what_fits_everybody_is_let_be(language: str, words: str) -> None:
    assert told(language, words) == []


def test_a_word_without_end_is_no_word() -> None:
    assert told("nb", "i Oslo " + "k" * 100_000 + " med ™" + "x" * 100_000) == [("place", "Oslo")]


def test_places_and_months_are_cldr_s() -> None:
    assert {"Norge", "Oslo", "Kairo", "Tromsø", "Øst-Europa"} <= gazetteer.places("nb")
    assert {"Норвегія", "Осло", "Київ"} <= gazetteer.places("uk")
    assert {"mai", "desember"} <= gazetteer.months("nb") and {"maja", "maj"} <= gazetteer.months("pl")
    assert gazetteer.places("xx") == gazetteer.places("en")


@pytest.mark.usefixtures("dictionaries")
@pytest.mark.parametrize("language", ["nb", "nn", "en", "ar", "pl", "uk", "so"])
def test_in_the_shipped_stories_all_is_judged(language: str) -> None:
    book = sources.read(publication.load(ROOT), language)
    assert [finding.message for finding in identifiers_found.CHECK.run(book)] == []
    assert len(book.stories) == 10
