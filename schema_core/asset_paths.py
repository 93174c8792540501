"""Paths to files of a data asset, relative to the folder that holds its metadata."""

from __future__ import annotations

from enum import Enum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from pydantic_core import core_schema

from schema_core.rules.warned import is_collecting, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue


class AssetPath(PurePosixPath):
    """A file of the data asset, relative to the folder of its metadata."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        from_text = core_schema.no_info_after_validator_function(cls._read, core_schema.str_schema())
        return core_schema.union_schema(
            [from_text, core_schema.is_instance_schema(cls)],
            custom_error_type="string_type",
            serialization=core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema()),
        )

    @classmethod
    def _read(cls, text: str) -> AssetPath:
        path = cls(text)
        if text.startswith("/") and is_collecting():
            message = f"{text} is absolute, which version 3.0 refuses: give it relative to the folder of the metadata"
            warn(message, code="next-path-absolute", about=path)
        return path

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "format": "uri-reference"}


def asset_paths(value: Any) -> Iterator[AssetPath]:
    """Every asset path inside an object."""
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, AssetPath):
            yield here
        elif isinstance(here, list | tuple | set):
            waiting += here
        elif isinstance(here, dict):
            waiting += here.values()
        elif hasattr(here, "__dict__") and not isinstance(here, Enum):
            waiting += vars(here).values()


def recursive_check_paths(obj: Any, directory: Path | None = None) -> None:
    """Log the asset paths inside an object that are absolute, or lead to no file below `directory`."""
    import logging  # noqa: PLC0415 - whoever only reads does without its memory

    logger = logging.getLogger(__name__)
    root = directory or Path.cwd()
    for path in asset_paths(obj):
        if path.is_absolute():
            logger.warning("%s is absolute: give the path relative to the folder of the metadata", path)
        if not (root / path).exists():
            logger.warning("%s does not exist: give the path relative to the folder of the metadata", root / path)
