"""Static files that pages ask for as one, and small: each file asked for costs a request, and each byte its way."""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage
from rcssmin import cssmin
from rjsmin import jsmin

JOINED = {
    "joined/site.css": (
        "bootstrap/css/bootstrap-reboot.min.css",
        "portal/controls.css",
        "portal/portal.css",
        "portal/forms.css",
    ),
    "joined/site.js": (
        "django_htmx/htmx-2.min.js",
        "portal/shell.js",
        "portal/store.js",
        "portal/session.js",
    ),
    "joined/record.js": (
        "portal/saving.js",
        "portal/leaving.js",
        "portal/keeping.js",
        "portal/swapping.js",
        "portal/acting.js",
        "portal/terms.js",
        "portal/proposing.js",
        "portal/finding.js",
        "portal/tables.js",
        "portal/readings.js",
        "portal/drop.js",
    ),
}


class JoinedFinder(finders.BaseFinder):
    """Finds the joined files, which it writes anew when a part of them has changed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "static")

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:
        """Give where a joined file lies."""
        found = [str(self._written(path))] if path in JOINED else []
        return found if find_all or not found else found[0]

    def list(self, _ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Give every joined file; compressed beside it where nothing collects and compresses files later."""
        for name in JOINED:
            place = self._written(name)
            yield name, self.storage
            if settings.STATIC_ROOT is None:
                packed = place.with_name(f"{place.name}.gz")
                _put(packed, gzip.compress(place.read_bytes(), mtime=0))
                yield f"{name}.gz", self.storage

    def _written(self, name: str) -> Path:
        place = Path(self.storage.path(name))
        text = joined(name)
        if not place.exists() or place.read_text(encoding="utf-8") != text:
            _put(place, text.encode())
        return place


def _put(place: Path, content: bytes) -> None:
    """Write a file in one step: another process may be reading it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(place)


def joined(name: str) -> str:
    """Give the text of a joined file without comments but licences; each script ends, whatever the next begins with."""
    end = ";\n" if name.endswith(".js") else "\n"
    return "".join(_small(Path(str(finders.find(part)))) + end for part in JOINED[name])


def _small(part: Path) -> str:
    smaller = jsmin if part.suffix == ".js" else cssmin
    text: str = smaller(part.read_text(encoding="utf-8"), keep_bang_comments=True)
    return text
