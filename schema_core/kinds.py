"""The kinds of core file, and telling which kind a document is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from schema_core.errors import UnknownKind

if TYPE_CHECKING:
    from schema_core.base import DataCoreModel

_CLASSES = {
    "subject": "Subject",
    "data_description": "DataDescription",
    "procedures": "Procedures",
    "instrument": "Instrument",
    "acquisition": "Acquisition",
    "processing": "Processing",
    "quality_control": "QualityControl",
    "model": "Model",
    "metadata": "Metadata",
}


class _Kinds(Mapping[str, "type[DataCoreModel]"]):
    """Kind to model class; a class is imported when it is first asked for."""

    def __getitem__(self, kind: str) -> type[DataCoreModel]:
        cls: type[DataCoreModel] = getattr(import_module(f"schema_core.core.{kind}"), _CLASSES[kind])
        return cls

    def __iter__(self) -> Iterator[str]:
        return iter(_CLASSES)

    def __len__(self) -> int:
        return len(_CLASSES)


KINDS: Mapping[str, type[DataCoreModel]] = _Kinds()


def kinds() -> tuple[str, ...]:
    """The kinds of core file, in the order in which they are entered."""
    return tuple(_CLASSES)


def class_of(kind: str) -> type[DataCoreModel]:
    """The model of a kind; raises UnknownKind."""
    if kind not in _CLASSES:
        raise UnknownKind(f"There is no kind of core file called {kind!r}: choose one of {', '.join(_CLASSES)}")
    return KINDS[kind]


def kind_of(document: Any, filename: str | None = None) -> str:
    """The kind of a document, from what it says of itself, else from its file's name; raises UnknownKind."""
    for hint in _hints(document, filename):
        if hint in _CLASSES:
            return hint
    raise UnknownKind(
        f"Cannot tell which core file this is: set describedBy or object_type, or say the kind ({', '.join(_CLASSES)})"
    )


def _hints(document: Any, filename: str | None) -> Iterator[str]:
    if isinstance(document, dict):
        described, tag = document.get("describedBy"), document.get("object_type")
        if isinstance(described, str):
            yield PurePath(described).stem
        if isinstance(tag, str):
            yield tag.lower().replace(" ", "_")
    if filename is not None:
        stem = PurePath(filename).name.split(".")[0]
        yield stem
        yield from (kind for kind in _CLASSES if stem.endswith(f"_{kind}") or stem.startswith(f"{kind}_"))
