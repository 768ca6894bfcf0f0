"""Turns a project:/// address into bytes from the publication's folder or the house's: the only door to the outside."""

from __future__ import annotations

import mimetypes
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from hefte.errors import SourceError

SCHEME = "project"

for _schemes in (urllib.parse.uses_relative, urllib.parse.uses_netloc):
    # So that urljoin resolves relative addresses in our scheme as it does for http (RFC 3986, 5.2).
    if SCHEME not in _schemes:
        _schemes.append(SCHEME)


@contextmanager
def refusals() -> Iterator[None]:
    """Turns what the fetcher refuses while pages are laid out or written into a SourceError. What a drawing asks for is
    asked only when it is drawn, and WeasyPrint's error is one that `except Exception` does not catch."""
    try:
        yield
    except FatalURLFetchingError as error:
        raise SourceError(str(error), remedy="name a file inside the publication's folder") from error


class ProjectFetcher(URLFetcher):
    """Serves `project:///path` and `data:`; every other address, and every path that leaves its folder, stops the
    rendering.

    A virtual address instead of a file's makes the output independent of the folder it was built in: WeasyPrint hashes
    image addresses into names.
    """

    def __init__(self, root: Path, house: Mapping[str, Path]) -> None:
        """`root`: the publication's folder. `house`: first part of a path (`assets`) → the folder that stands in for
        a file missing there."""
        super().__init__(allowed_protocols=(SCHEME, "data"), allow_redirects=False, fail_on_errors=True)
        self.root = root.resolve()
        self.house = {name: folder.resolve() for name, folder in house.items()}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The bytes behind `url`. Raises FatalURLFetchingError, which WeasyPrint does not swallow."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        parts = urlsplit(url)
        if parts.scheme != SCHEME or parts.netloc:
            raise FatalURLFetchingError(f"{url} is not inside the publication")
        relative = unquote(parts.path).lstrip("/")
        for folder, below in self._folders(relative):
            try:
                path = (folder / below).resolve()
                if path.is_relative_to(folder) and path.is_file():
                    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
                    return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
            except (OSError, ValueError):  # a name too long, a null byte, no permission
                continue
        raise FatalURLFetchingError(f"{url} is not a file inside the publication")

    def _folders(self, relative: str) -> Iterator[tuple[Path, str]]:
        yield self.root, relative
        name, _, below = relative.partition("/")
        if name in self.house:
            yield self.house[name], below
