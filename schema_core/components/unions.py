"""Choosing the branch of a union that the standard leaves untagged."""

from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

from schema_core.rules.coordinates import models_in

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class _ByTag:
    """Reads an object that says its type as that type, and leaves the others to the union."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        branches = {branch.model_fields["object_type"].default: branch for branch in models_in(source)}

        def choose(value: Any, read: "Callable[[Any], Any]") -> Any:
            tag = value.get("object_type") if isinstance(value, dict) else None
            branch = branches.get(tag) if isinstance(tag, str) else None
            return read(value) if branch is None else branch.model_validate(value)

        return core_schema.no_info_wrap_validator_function(choose, handler(source))


ByObjectType = Annotated[T, _ByTag()]
"""A union whose branch is the one that `object_type` names; without a name, whichever fits."""
