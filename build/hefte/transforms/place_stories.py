"""Each `<hefte-story>` becomes the story itself, set apart and saying whose words it is."""

from __future__ import annotations

from lxml import etree

from hefte import fragment
from hefte.model import Book, Story
from hefte.transforms.bodies import changed, element


def place_stories(book: Book) -> Book:
    """The book with its stories in place. A story that is not there leaves nothing; none is told twice."""
    placed: set[str] = set()

    def place(tree: etree._Element) -> None:
        for holder in tree.findall(".//hefte-story"):
            story = book.stories.get(holder.get("data-ref", ""))
            if story is None or story.id in placed:
                fragment.replace(holder)
            else:
                placed.add(story.id)
                fragment.replace(holder, _aside(book, story))

    return changed(book, place)


def _aside(book: Book, story: Story) -> etree._Element:
    """The page must always tell a quotation (`<blockquote>`) from a retelling."""
    record = book.publication.stories.get(story.id)
    voice = record.voice if record else "retold"
    aside = element(
        "aside", class_=f"story {voice}", id=f"story-{story.id}", lang=story.language, aria_label=story.title,
        data_story=story.id, data_tags=" ".join(record.tags) if record else "",
    )
    text = etree.SubElement(aside, "blockquote") if voice == "quote" else aside
    words = fragment.parse(story.body)
    text.text = words.text
    text.extend(list(words))
    label = "quoted" if voice == "quote" else "retold"
    aside.append(element("p", book.language.labels[label], class_="by", lang=book.language.code))
    return aside
