"""Words of the standard to which a site may add: enums whose missing members are looked up in their vocabulary."""

from collections.abc import Iterable
from enum import Enum
from typing import Any, Self, get_args

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from schema_core.registries.vocabulary import Vocabulary, known


class OpenWords(str, Enum):
    """The base of an enum to which a site may add words; what the standard has costs no lookup."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        """The member for a word that the site knows, retired ones too; None is refused as an unknown word."""
        vocabulary = vocabulary_of(cls)
        if not isinstance(value, str) or vocabulary is None or vocabulary.find(value) is None:
            return None
        member = str.__new__(cls, value)
        member._name_ = member._value_ = value  # as Enum makes its members
        return member

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The schema of any enum, whose JSON Schema lists every word on offer."""
        schema = handler(source)
        enum: Any = handler.resolve_ref_schema(schema)
        while enum["type"] != "enum":  # models that keep values wrap it
            enum = handler.resolve_ref_schema(enum["schema"])
        told = enum.setdefault("metadata", {}).setdefault("pydantic_js_functions", [])
        if _with_words_offered not in told:
            told.append(_with_words_offered)
        return schema


def _with_words_offered(schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
    reference = handler(schema)
    words: Any = schema
    handler.resolve_ref_schema(reference)["enum"] = words_offered(words["cls"])
    return reference


def words_offered(words: type[Enum]) -> list[Any]:
    """The values of an enum as they are offered now: the site's own among them, without the retired ones."""
    vocabulary = vocabulary_of(words)
    if vocabulary is None:
        return [member.value for member in words]
    return [entry.key for entry in vocabulary.entries()]


def vocabulary_of(words: type[Enum]) -> Vocabulary[Any] | None:
    """The vocabulary that a site may add words to; None for a closed enum."""
    if not issubclass(words, OpenWords):
        return None
    from schema_core.registries import vocabularies  # noqa: PLC0415 - the vocabularies are declared from these enums

    vocabularies()
    return next((found for found in known().values() if found.model is words), None)


def fields_holding(words: type[Enum], classes: Iterable[type[BaseModel]]) -> set[tuple[str, str]]:
    """(`object_type`, field) of each field of these classes that holds one of the words, or a list of them."""
    return {
        (str(found.model_fields["object_type"].default), name)
        for found in classes
        if "object_type" in found.model_fields
        for name, info in found.model_fields.items()
        if words in _parts(info.annotation)
    }


def _parts(annotation: Any) -> set[Any]:
    """An annotation and everything inside it."""
    inside = (_parts(part) for part in get_args(annotation))
    return set().union(*inside) | ({annotation} if isinstance(annotation, type) else set())
