"""The one declaration of a registry: from it come list, search, form, history, merging, files and the admin.

A vocabulary of the standard is declared in `standard.py`, a registry of the lab's own in a module of `lab/`:

    class Person(Row):
        name: str = Field(title="Name", description="As it stands on papers")
        orcid: str | None = Field(default=None, title="ORCID", description="Sixteen digits")

    PEOPLE = declare(slug="people", title="People", purpose="Who does surgeries.", icon="users", model=Person)
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from schema_core.registries import LocalTerm, Vocabulary


class Group(StrEnum):
    """The parts of the page that lists the registries, in its order."""

    ANIMALS = "Animals and anatomy"
    PEOPLE = "People, organizations and protocols"
    MATERIALS = "Materials"
    DEVICES = "Devices"
    SPACE = "Coordinates and atlases"
    WORDS = "Words that a lab may add to"
    FIXED = "Words that the standard fixes"


class Row(BaseModel):
    """The base of the rows of a lab's own registry."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Word(BaseModel):
    """The row of a list of plain words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(title="Name", description="The word as it stands in documents")


@dataclass(frozen=True)
class TermOf:
    """Marks a text, or the texts of a list, as the key of a term: `Annotated[str, TermOf("people")]`."""

    registry: str


def no_warning(data: Mapping[str, Any]) -> str:  # noqa: ARG001 - the shape of a warning
    """Nothing to warn of."""
    return ""


def no_check(data: Mapping[str, Any]) -> None:
    """Nothing to refuse."""


class LabVocabulary(Vocabulary[Any]):
    """A registry that the standard does not know: it never enters what schema_core reads."""

    @property
    def source(self) -> str:
        """Where rows come from that nobody added."""
        return "comes with the portal"

    def _make_known(self) -> None:
        """Known to the portal only."""

    def _site_terms(self) -> tuple[LocalTerm, ...]:
        from metadata_portal.registries.overlay import lab_terms  # noqa: PLC0415 - models ask for declarations

        return lab_terms(self.name)


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """A registry: its terms, and what its pages need beyond them."""

    vocabulary: Vocabulary[Any]
    icon: str = "list"
    group: Group = Group.WORDS
    terms_of: Mapping[str, str] = field(default_factory=dict)
    """Fields that hold the key of a term of another registry, and which; those marked `TermOf` come to it."""
    warn: Callable[[Mapping[str, Any]], str] = no_warning
    """What to say on the page of a term with these fields; empty where there is nothing."""
    check: Callable[[Mapping[str, Any]], None] = no_check
    """Raises FormError for fields that the model alone cannot judge."""
    columns: tuple[str, ...] = ()
    """Fields that the list shows beside name, other names and identifier."""
    filters: tuple[str, ...] = ()
    """Fields that the list can be narrowed by."""
    details_url: str = ""
    """Name of the page (it takes the number of the term) that edits what no plain form can."""
    kept: tuple[str, ...] = ()
    """Fields that no form asks for: the page of details writes them."""
    fills: tuple[str, ...] = ()
    """What choosing a term fills: names of classes or fields of the standard."""
    parent: Callable[[str], str | None] | None = None
    """For a registry that is a tree: key of a term -> key of the term above it."""

    @property
    def name(self) -> str:
        """Its address below /registries/."""
        return self.vocabulary.name

    @property
    def title(self) -> str:
        """What people call it."""
        return self.vocabulary.title

    @property
    def description(self) -> str:
        """What it is for, in one line."""
        return self.vocabulary.description

    @property
    def closed(self) -> bool:
        """Whether nobody may add a term."""
        return self.vocabulary.closed

    @property
    def closed_reason(self) -> str:
        """Why nobody may."""
        return self.vocabulary.closed_reason

    @property
    def free(self) -> bool:
        """Whether documents may hold other values."""
        return self.vocabulary.free

    @property
    def is_lab(self) -> bool:
        """Whether it is the lab's own and unknown to the standard."""
        return isinstance(self.vocabulary, LabVocabulary)

    @property
    def row_model(self) -> type[BaseModel]:
        """The model of a row."""
        model = self.vocabulary.model
        return model if issubclass(model, BaseModel) else Word

    @property
    def fields(self) -> Mapping[str, Any]:
        """The fields of a row."""
        return self.row_model.model_fields


_declared: dict[str, Declaration] = {}


def register(found: Declaration) -> Declaration:
    """Make a declaration known; ValueError where its name is taken."""
    if found.name in _declared:
        raise ValueError(f"two registries are called {found.name!r}")
    _declared[found.name] = found
    return found


def declare(  # noqa: PLR0913 - a declaration: every value is named where it is given
    *,
    slug: str,
    title: str,
    purpose: str,
    model: type[BaseModel],
    icon: str = "list",
    group: Group = Group.WORDS,
    key: str = "name",
    label: str = "",
    names: tuple[str, ...] = (),
    identifier: str | None = None,
    closed: str = "",
    read: Callable[[], Iterable[Mapping[str, Any]]] = tuple,
    **more: Any,
) -> Declaration:
    """Declare a registry of the lab's own; `more` are the other fields of Declaration.

    `key` tells rows apart, `label` is what people call one (the key, where nothing is said), `names` are fields to find
    it by, `read` gives rows that come with the portal.
    """
    vocabulary = LabVocabulary(
        name=slug,
        title=title,
        description=purpose,
        model=model,
        read=read,
        key=key,
        label=label or key,
        names=names or tuple(dict.fromkeys((label or key, key))),
        identifier=identifier,
        closed=closed,
    )
    terms_of = {**more.pop("terms_of", {}), **_marked(model)}
    return register(Declaration(vocabulary=vocabulary, icon=icon, group=group, terms_of=terms_of, **more))


def declarations() -> Mapping[str, Declaration]:
    """Every registry by name."""
    from metadata_portal.registries import lab, standard  # noqa: PLC0415 - they declare with what stands here

    standard.load()
    lab.load()
    return MappingProxyType(_declared)


def declaration(name: str) -> Declaration:
    """The registry of that name; KeyError if there is none."""
    return declarations()[name]


def lab_names() -> list[str]:
    """Names of the registries that the standard does not know."""
    return [name for name, found in declarations().items() if found.is_lab]


def _marked(model: type[BaseModel]) -> dict[str, str]:
    """Fields whose values, or the items of whose lists, are marked `TermOf`."""
    found = {}
    for name, info in model.model_fields.items():
        for mark in (*info.metadata, *_marks_inside(info.annotation)):
            if isinstance(mark, TermOf):
                found[name] = mark.registry
    return found


def _marks_inside(annotation: Any) -> Iterable[Any]:
    """The marks of an annotation's parts: of `list[Annotated[str, TermOf(…)]]`, of `Annotated[…] | None`."""
    yield from getattr(annotation, "__metadata__", ())
    for part in getattr(annotation, "__args__", ()):
        if part is not annotation:
            yield from _marks_inside(part)
