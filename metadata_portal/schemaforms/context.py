"""What a page tells the form engine about itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from urllib.parse import quote

from metadata_portal.schemaforms.markup import Offered


@dataclass(frozen=True, slots=True)
class ReuseUrls:
    """Where one asks where values came from, what can be made of a node, and what fits into a place."""

    sources: str
    reuse: str
    offers: str


@dataclass(frozen=True, slots=True)
class FormContext:
    """Where forms are posted and nodes fetched, and what the person may do.

    ``hidden`` are inputs of the page's own that every form carries; ``terms_url`` has ``{}`` for a vocabulary's name;
    ``devices_url`` answers with what can fill a device, empty where nothing is offered; ``zone`` is the lab's, in which
    times without an offset are read; ``names`` gives, by what a field refers to, names that other records have, asked
    for only when such a field is drawn; ``kept`` are the ids of rows that stay as they were submitted; ``reuse`` leads
    to templates and copies, ``titers_url`` to where the titers of a mix are worked out,
    ``propose_url`` (with ``{}`` for a vocabulary's name) to where a term is proposed.
    """

    save_url: str
    node_url: str = ""
    csrf: str = ""
    read_only: bool = False
    terms_url: str = "/registries/{}/options/"
    devices_url: str = "/registries/devices/options/"
    hidden: Mapping[str, str] = field(default_factory=dict)
    zone: tzinfo | None = None
    names: Mapping[str, Callable[[], Iterable[Offered]]] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    reuse: ReuseUrls | None = None
    titers_url: str = ""
    propose_url: str = ""

    def link(self, path: str, **more: str) -> str:
        """Give the address of the page that shows a node."""
        rest = "".join(f"&{name}={quote(value)}" for name, value in more.items())
        return f"{self.link_base}?at={quote(path)}{rest}"

    @property
    def link_base(self) -> str:
        """Give the address of the page without a node."""
        return self.node_url or self.save_url
