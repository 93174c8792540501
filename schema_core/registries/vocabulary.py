"""Controlled vocabularies: packaged terms, a site's own terms over them, and the fields that hold them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, Generic, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from schema_core.paths import child
from schema_core.registries import overlays
from schema_core.registries.entries import Entry, Index, constant_name, fold, prefixed
from schema_core.registries.overlays import LocalTerm, Status
from schema_core.rules.warned import warn

T = TypeVar("T")

_LONGEST_GUESS = 200
_known: "dict[str, Vocabulary[Any]]" = {}


def known() -> "Mapping[str, Vocabulary[Any]]":
    """The vocabularies whose modules are imported, by name."""
    return _known


class Vocabulary(Generic[T]):
    """The terms of one kind; `name` is its address in URLs, `key` the field that tells terms apart."""

    def __init__(  # noqa: PLR0913 - a declaration: every value is named where it is given
        self,
        *,
        name: str,
        title: str,
        model: type[T],
        read: Callable[[], Iterable[Mapping[str, Any]]],
        key: str = "name",
        label: str = "name",
        names: tuple[str, ...] = ("name",),
        identifier: str | None = "registry_identifier",
        fixed: tuple[str, ...] = (),
        lookalikes: frozenset[str] = frozenset(),
        constant: tuple[str, ...] = ("name",),
        free: bool = False,
        description: str = "",
        closed: str = "",
    ) -> None:
        """Declare it; nothing is read before the first lookup.

        `label`: the field that people call a term by. `names`: fields to look up by, the strongest first.
        `fixed`: fields that a document may not contradict. `lookalikes`: fields of the standard whose objects have the
        same shape but are no terms. `constant`: fields that name the constant, the first filled one counts. `free`:
        documents may hold values outside the vocabulary. `closed`: why no site may add a term; empty where it may.
        """
        self.name, self.title, self.model, self.description = name, title, model, description
        self.key, self.label, self.names, self.identifier, self.fixed = key, label, names, identifier, fixed
        self.lookalikes = lookalikes
        self.free, self.closed, self.closed_reason = free, bool(closed), closed
        self._read, self._constant = read, constant
        self._overlaid: Index | None = None
        self._terms: dict[str, T] = {}
        self._make_known()

    def _make_known(self) -> None:
        if self.name in _known:
            raise ValueError(f"two vocabularies are called {self.name!r}")
        _known[self.name] = self

    def __repr__(self) -> str:
        return f"<Vocabulary {self.name}>"

    @property
    def source(self) -> str:
        """Package and version that the packaged terms come from."""
        return str(getattr(self._read, "source", "the standard, version 2.9"))

    @cached_property
    def stock(self) -> tuple[Entry, ...]:
        """The packaged terms, in the order of the standard."""
        return tuple(self.entry(row) for row in self._read())

    @cached_property
    def _stock_index(self) -> Index:
        return Index(self.stock)

    def entries(self) -> tuple[Entry, ...]:
        """The terms on offer: packaged and local, without the retired ones."""
        return self.index().offered

    def terms(self) -> list[T]:
        """The terms on offer as objects of the model."""
        return [self.term(entry) for entry in self.entries()]

    def find(self, key: object) -> Entry | None:
        """The term with exactly this key, a retired one too: what a document may name."""
        return self.index().by_key.get(key) if isinstance(key, str) else None

    def stock_entry(self, key: str) -> Entry | None:
        """The packaged term with exactly this key."""
        return self._stock_index.by_key.get(key)

    def lookup(self, text: str) -> Entry | None:
        """The term that a person means by this name, abbreviation, identifier or alias."""
        return self.index().lookup(text)

    def get(self, text: str) -> T | None:
        """As `lookup`, as an object of the model."""
        entry = self.lookup(text)
        return None if entry is None else self.term(entry)

    def search_entries(self, text: str, limit: int = 20) -> list[Entry]:
        """Terms on offer whose names hold every word of the text, the best match first."""
        return self.index().search(text)[:limit]

    def search(self, text: str, limit: int = 20) -> list[T]:
        """As `search_entries`, as objects of the model."""
        return [self.term(entry) for entry in self.search_entries(text, limit)]

    def close_to(self, text: str) -> list[str]:
        """Up to three names of terms that look like the text."""
        if len(text) > _LONGEST_GUESS:
            return []
        from difflib import get_close_matches  # noqa: PLC0415 - whoever only reads does without its memory

        labels = {fold(name): entry.label for entry in self.entries() for name in entry.names}
        found = get_close_matches(fold(text), labels, n=3, cutoff=0.7)
        return list(dict.fromkeys(labels[name] for name in found))

    def by_field(self, field: str) -> dict[str, T]:
        """The terms on offer by one of their fields, without those that leave it empty."""
        return {entry.data[field]: self.term(entry) for entry in self.entries() if entry.data.get(field) is not None}

    def term(self, entry: Entry) -> T:
        """The object of the model for this entry; one and the same for a packaged term."""
        if not entry.stock:
            return self.build(entry.data)
        if entry.key not in self._terms:
            self._terms[entry.key] = self.build(entry.data)
        return self._terms[entry.key]

    def build(self, data: Any) -> T:
        """An object of the model with these fields."""
        return self.model(**data)

    def entry(self, data: Any, *, aliases: tuple[str, ...] = (), status: Status = "stock", stock: bool = True) -> Entry:
        """The entry for fields as they stand in JSON."""
        names = [str(data[field]) for field in self.names if data.get(field) is not None]
        identifier = data.get(self.identifier) if self.identifier else None
        if identifier is not None:
            names += [str(identifier), *prefixed(data.get("registry"), str(identifier))]
        return Entry(
            key=str(data[self.key]),
            label=str(data[self.label]),
            data=data,
            names=tuple(dict.fromkeys(names)),
            identifier=None if identifier is None else str(identifier),
            aliases=aliases,
            status=status,
            stock=stock,
        )

    @cached_property
    def constants(self) -> Mapping[str, str]:
        """Name of each constant -> key of its packaged term."""
        return {constant_name(self._constant_text(entry.data)): entry.key for entry in self.stock}

    def _constant_text(self, data: Mapping[str, Any]) -> str:
        text = next(str(data[field]) for field in self._constant if data[field] is not None)
        return f"{text}_V{data['version']}" if "version" in data else text

    def index(self) -> Index:
        """The index of what is known now, retired terms too; made anew only when a site's terms of it changed."""
        local = self._site_terms()
        if not local:
            return self._stock_index
        index = self._overlaid
        if index is None or (index.local is not local and index.local != local):
            index = Index((*self.stock, *map(self._overlay, local)), local)
            self._overlaid = index
        return index

    def _site_terms(self) -> tuple[LocalTerm, ...] | None:
        """What the site adds now."""
        return overlays.current().terms.get(self.name)

    def _overlay(self, local: LocalTerm) -> Entry:
        """A site's row: more names for a packaged term, whose fields never change, or a term of its own."""
        stock = self.stock_entry(str(local.data.get(self.key)))
        if stock is None:
            return self.entry(local.data, aliases=local.aliases, status=local.status, stock=False)
        return replace(stock, aliases=local.aliases, status="retired" if local.status == "retired" else "stock")


@dataclass(frozen=True)
class Suggest:
    """Marks a free object for which a vocabulary has suggestions."""

    vocabulary: str


class FreeTerm(BaseModel):
    """An object with the fields of a term, in which any words are allowed."""

    model_config = ConfigDict(frozen=True, defer_build=True)
    suggest: ClassVar[Suggest]

    @model_validator(mode="wrap")
    @classmethod
    def _tell_of_strangers(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        made = handler(value)
        tell_of_strangers(cls, value)
        return made


@dataclass(frozen=True)
class OneOf:
    """Marks a field that holds a term of a vocabulary, and validates it against what is known at that moment.

    The key alone is enough: the other fields are filled in. A field that the vocabulary fixes may not be contradicted,
    the others are kept as given.
    """

    vocabulary: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        vocabulary = _known[self.vocabulary]

        def check(value: Any, inner: core_schema.ValidatorFunctionWrapHandler) -> Any:
            entry = vocabulary.find(value.get(vocabulary.key)) if type(value) is dict else None
            if entry is not None and entry.stock and value == entry.data:  # a packaged term in full, as nearly all are
                return vocabulary.term(entry)
            return _checked(vocabulary, source, value, inner)

        return core_schema.no_info_wrap_validator_function(check, handler(source))


def _checked(
    vocabulary: Vocabulary[Any], model: type[BaseModel], value: Any, inner: core_schema.ValidatorFunctionWrapHandler
) -> Any:
    """The term that the value names, or an error at the node or at the field that is wrong."""
    if isinstance(value, model):
        if vocabulary.find(getattr(value, vocabulary.key)) is None:
            raise _unknown(vocabulary, getattr(value, vocabulary.key))
        return value
    if not isinstance(value, dict):
        raise PydanticCustomError(
            "term_type", "Choose one of the {title}; this is not an object", {"title": vocabulary.title.lower()}
        )
    if vocabulary.key not in value:
        _refuse(vocabulary, [InitErrorDetails(type="missing", loc=(vocabulary.key,), input=value)])
    entry = vocabulary.find(value[vocabulary.key])
    if entry is None:
        raise _unknown(vocabulary, value[vocabulary.key])
    fixed = {field: entry.data[field] for field in vocabulary.fixed}
    wrong = [_contradiction(field, entry, value) for field in fixed if value.get(field, fixed[field]) != fixed[field]]
    if wrong:
        _refuse(vocabulary, wrong)
    tell_of_strangers(model, value)
    return inner({**entry.data, **value, **fixed})


def tell_of_strangers(model: type[BaseModel], value: Any) -> None:
    """Warn of keys that the model does not know: the standard drops them without a word."""
    if not isinstance(value, dict) or model.model_config.get("extra") == "forbid":
        return
    known = model.__pydantic_fields__
    for key in [key for key in value if key not in known]:
        warn(
            f"{_short(key)} is not known here and is left out",
            code="dropped-field",
            about=value,
            at=child("", str(key)),
        )


def _contradiction(field: str, entry: Entry, value: Mapping[str, Any]) -> InitErrorDetails:
    message = PydanticCustomError(
        "term_contradiction",
        "{label} has {expected} here",
        {"label": entry.label, "expected": repr(entry.data[field]) if entry.data[field] is not None else "nothing"},
    )
    return InitErrorDetails(type=message, loc=(field,), input=value[field])


def _refuse(vocabulary: Vocabulary[Any], errors: list[InitErrorDetails]) -> None:
    raise ValidationError.from_exception_data(vocabulary.title, errors)


def _unknown(vocabulary: Vocabulary[Any], key: object) -> PydanticCustomError:
    """What was given and what may have been meant; never the whole list."""
    close = vocabulary.close_to(key) if isinstance(key, str) else []
    hint = f"did you mean {' or '.join(repr(name) for name in close)}?" if close else "search the registry for its name"
    return PydanticCustomError(
        "term_unknown",
        "{given} is not among the {title}: {hint}",
        {"given": _short(key), "title": vocabulary.title.lower(), "hint": hint},
    )


def _short(key: object) -> str:
    text = repr(key)
    return text if len(text) <= _LONGEST_GUESS else f"{text[:_LONGEST_GUESS]}…"


class Listed:
    """A term as the standard lists it: there `ALL` holds classes, and calling one gives the term."""

    def __call__(self) -> Self:
        """The term itself."""
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Every term on offer by its key, and what goes with it; in each JSON Schema once, however often it is used."""
        reference = handler(schema)
        vocabulary = next(one for one in _known.values() if one.model is cls)
        if not vocabulary.free:
            definition = handler.resolve_ref_schema(reference)
            definition["properties"][vocabulary.key]["enum"] = [entry.key for entry in vocabulary.entries()]
            definition["required"] = [vocabulary.key]
            definition["oneOf"] = _pairings(vocabulary)
        return reference


def _pairings(vocabulary: Vocabulary[Any]) -> list[JsonSchemaValue]:
    """What the fixed fields hold, with the keys of the terms it goes with: many organizations have no abbreviation."""
    keys: dict[tuple[Any, ...], list[str]] = {}
    for entry in vocabulary.entries():
        keys.setdefault(tuple(entry.data[field] for field in vocabulary.fixed), []).append(entry.key)
    return [
        {
            "properties": {
                vocabulary.key: {"const": named[0]} if len(named) == 1 else {"enum": named},
                **{field: {"const": value} for field, value in zip(vocabulary.fixed, values, strict=True)},
            }
        }
        for values, named in keys.items()
    ]


class TermHolder(type):
    """Gives a class the packaged terms of its vocabulary as attributes, made when they are asked for."""

    vocabulary: ClassVar[Vocabulary[Any]]
    maps: ClassVar[Mapping[str, str]] = {}
    """Names of the standard's look-up tables -> the field they look up by."""

    def __getattr__(cls, name: str) -> Any:
        if name in cls.maps:
            return cls.vocabulary.by_field(cls.maps[name])
        entry = None if name.startswith("__") else cls._entry(name)
        if entry is None:
            raise AttributeError(f"{cls.__name__} has no term {name!r}")
        return cls.vocabulary.term(entry)

    def _entry(cls, constant: str) -> Entry | None:
        key = cls._constants().get(constant)
        return None if key is None else cls.vocabulary.stock_entry(key)

    def _constants(cls) -> Mapping[str, str]:
        return cls.vocabulary.constants

    def __dir__(cls) -> Iterator[str]:
        return iter((*super().__dir__(), *cls._constants()))

    @property
    def ALL(cls) -> tuple[Any, ...]:  # noqa: N802 - the standard's name
        """The packaged terms, in the order of the standard."""
        return tuple(cls.vocabulary.term(entry) for entry in cls.vocabulary.stock)
