"""`{{ helpline.113 }}`, `{{ contact.web }}` and `<hefte-helplines>` become links and the list; numbers are isolated.

In right-to-left text a bare `116 117` comes out as `117 116` (WeasyPrint 70); not so under `dir="ltr"`.
"""

from __future__ import annotations

from lxml import etree

from hefte import fragment
from hefte.addresses import readable
from hefte.model import Book, Helpline
from hefte.transforms.bodies import changed, element

_NO_BREAK = "\N{NO-BREAK SPACE}"


def insert_records(book: Book) -> Book:
    """The book with every record in place. One that is not there stays as written: the check and a proof show it."""
    lists = 0

    def insert(tree: etree._Element) -> None:
        nonlocal lists
        for holder in tree.findall(".//hefte-record"):
            fragment.replace(holder, _record(book, holder.get("data-ref", "")))
        for holder in tree.findall(".//hefte-helplines"):
            lists += 1
            fragment.replace(holder, _helplines(book, "" if lists == 1 else f"-{lists}"))

    return changed(book, insert)


def _record(book: Book, ref: str) -> etree._Element:
    kind, _, name = ref.partition(".")
    if kind == "helpline" and (line := next((line for line in book.publication.helplines if line.id == name), None)):
        return number_link(line.number, line.tel)
    if kind == "contact" and (value := book.publication.contact.get(name)):
        return _contact(name, value)
    return element("span", f"{{{{ {ref} }}}}")


def number_link(shown: str, tel: str) -> etree._Element:
    """A number that is never broken, never turned round, and can be dialled from the page."""
    return element("a", _NO_BREAK.join(shown.split()), class_="number", href=f"tel:{tel}", dir="ltr")


def _contact(name: str, value: str) -> etree._Element:
    if name == "phone":
        return number_link(value, "".join(sign for sign in value if sign.isdigit() or sign == "+"))
    if name == "email":
        return element("a", value, class_="address", href=f"mailto:{value}", dir="ltr")
    return element("a", readable(value), class_="address", href=value, dir="ltr")


def _helplines(book: Book, suffix: str) -> etree._Element:
    """The list in the order of urgency; `suffix` keeps ids and keys apart where a book has the list more than once."""
    lines = element("dl", class_="helplines")
    lines.extend(_helpline(book, line, suffix) for line in book.publication.helplines)
    return lines


def _helpline(book: Book, line: Helpline, suffix: str) -> etree._Element:
    said = book.language.helplines[line.id]
    key = f"helpline-{line.id}{suffix}"
    group = element("div", class_="helpline", id=key, data_key=key)
    etree.SubElement(group, "dt").append(number_link(line.number, line.tel))
    words = (("name", said.name), ("does", said.does), ("hours", said.hours))
    group.extend(element("dd", text, class_=name) for name, text in words)
    return group
