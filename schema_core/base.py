"""Base classes of the standard's models, and the types many of them share."""

import datetime as dt
import re
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, TypeVar, cast, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetCoreSchemaHandler, SerializeAsAny
from pydantic_core import PydanticCustomError, core_schema

from schema_core.asset_paths import recursive_check_paths
from schema_core.compiled import forget
from schema_core.rules.coordinates import scope_findings
from schema_core.rules.findings import Finding
from schema_core.rules.frames import frame_findings
from schema_core.rules.free import awkward_keys, is_dict_corrupt
from schema_core.rules.registration import after_of, prepare_of, rule
from schema_core.rules.warned import warn

__all__ = [
    "MAX_FILE_SIZE",
    "AwareDatetimeWithDefault",
    "DataCoreModel",
    "DataModel",
    "Discriminated",
    "DiscriminatedList",
    "GenericModel",
    "described_by",
    "is_dict_corrupt",
]

MAX_FILE_SIZE = 500 * 1024
"""Size in characters above which a written core file is remarked upon."""

_SOURCE = "https://raw.githubusercontent.com/AllenNeuralDynamics/aind-data-schema/main/src/aind_data_schema/"
_ACRONYMS = {"id": "ID", "ids": "IDs", "rrid": "RRID", "url": "URL", "uri": "URI", "qc": "QC", "tars": "TARS"}


def object_type_of(name: str) -> str:
    """The `object_type` of a class of this name: its words, all but the first in lower case."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=\w)(?=[A-Z][a-z])", " ", name)
    first, blank, rest = words.partition(" ")
    return first + blank + rest.lower()


def title_of(name: str) -> str:
    """A field's name as a heading."""
    heading = " ".join(_ACRONYMS.get(word, word) for word in name.split("_"))
    return heading[:1].upper() + heading[1:]


def _without_plain_titles(schema: dict[str, Any], name: str) -> None:
    """Take out titles that only repeat a name in other letters: a twelfth of a JSON Schema."""
    if schema.get("title") == name:
        del schema["title"]
    for field, held in schema.get("properties", {}).items():
        if held.get("title") == title_of(field):
            del held["title"]


def described_by(source: str) -> Any:
    """The field that says which file of the published standard describes a core file."""
    url = _SOURCE + source
    return Field(default=url, title="Described by", json_schema_extra={"const": url})


class _Constant:
    """A literal that replaces whatever else was given, without an error."""

    def __init__(self, value: str) -> None:
        self.value = value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.with_default_schema(handler(source), default=self.value, on_error="default")


def _with_rules(cls: type[BaseModel], schema: core_schema.CoreSchema) -> core_schema.CoreSchema:
    """Wrap a class's schema in what its rules need; a class without rules costs nothing."""
    after, prepare = after_of(cls), prepare_of(cls)
    if after is None and prepare is None:
        return schema
    # A definition's name belongs to the outermost schema, or each use would be built anew.
    inner = cast("dict[str, Any]", schema)
    ref = inner.pop("ref", None)
    if prepare is not None:
        schema = core_schema.no_info_before_validator_function(prepare, schema)
    if after is not None:
        schema = core_schema.no_info_after_validator_function(after, schema)
    return schema if ref is None else cast("core_schema.CoreSchema", {**schema, "ref": ref})


_SLOW, _FAST = repr(attrgetter("value")), attrgetter("_value_")


def _as_it_is(value: Any) -> Any:
    return value


def _tuned(schema: Any) -> None:
    """Adjust how Pydantic reads enums and decimals.

    Enum members give their value by a plain attribute: the property in between is a sixth of all validation. Decimals
    pass through Python on their way from JSON: read directly, 1.0 would be written as 1, and 1e16 as seventeen digits.
    """
    if isinstance(schema, list):
        for part in schema:
            _tuned(part)
    elif isinstance(schema, dict):
        if schema.get("type") == "decimal":
            inner = dict(schema)
            schema.clear()
            schema.update(core_schema.no_info_before_validator_function(_as_it_is, cast("Any", inner)))
        function = schema.get("function", {}).get("function")
        if function is _as_it_is:
            return
        if schema.get("type") == "function-after" and repr(function) == _SLOW:
            schema["function"]["function"] = _FAST
        for key, part in schema.items():
            if key not in _NO_SCHEMAS:
                _tuned(part)


_NO_SCHEMAS = {"metadata", "serialization", "config", "default", "function"}


class DataModel(BaseModel):
    """A node of the standard: refuses unknown fields and knows its own `object_type`."""

    model_config = ConfigDict(extra="forbid", use_enum_values=True, defer_build=True, allow_inf_nan=False)
    object_type: ClassVar[str]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        tag = cls._object_type_from_name()
        cls.__annotations__["object_type"] = Annotated[Literal[tag], _Constant(tag)]
        cls.object_type = tag
        forget()

    @classmethod
    def _object_type_from_name(cls) -> str:
        """The `object_type` of this class's nodes."""
        return object_type_of(cls.__name__)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        for name, info in cls.model_fields.items():
            if info.title is None:
                info.title = title_of(name)

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The JSON Schema of this class; titles that only repeat a name are left out."""
        schema = super().model_json_schema(*args, **kwargs)
        for name, part in [(cls.__name__, schema), *schema.get("$defs", {}).items()]:
            _without_plain_titles(part, name)
        return schema

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        schema = handler(source)
        if cls.__pydantic_complete__:  # its own schema, in which all of that is done
            return schema
        _tuned(schema)
        return _with_rules(cls, schema)


class _GenericModel(BaseModel):
    """An object of any fields."""

    model_config = ConfigDict(extra="allow", defer_build=True)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        schema = handler(source)
        return schema if cls.__pydantic_complete__ else _with_rules(cls, schema)


@rule(_GenericModel, reads=(), code="key-awkward")
def keys_suit_databases(node: _GenericModel) -> Finding | None:
    """Keys with `.` or `$` cannot be queried in some document databases."""
    extra = node.__pydantic_extra__ or {}
    awkward = awkward_keys({**node.__dict__, **extra} if node.__dict__ else extra)
    if awkward:
        names = ", ".join(repr(key) for key in awkward[:5])
        return Finding(f"Key {names} contains '.' or '$', which document databases cannot query", severity="warning")
    return None


GenericModel = SerializeAsAny[_GenericModel]

T = TypeVar("T")
Discriminated = Annotated[T, Field(discriminator="object_type")]
DiscriminatedList = list[Discriminated[T]]


def _with_zone(value: dt.datetime) -> dt.datetime:
    """A naive time is taken as local to this machine, as the standard does."""
    if value.tzinfo is not None:
        return value
    try:
        aware = value.astimezone()
    except (OverflowError, OSError, ValueError):
        raise PydanticCustomError("time-zone-missing", "This time has no offset and is out of range") from None
    warn(
        f"{value.isoformat()} has no offset from UTC and was read as {aware.isoformat()}, the zone of this machine",
        code="time-zone-assumed",
        about=aware,
    )
    return aware


AwareDatetimeWithDefault = Annotated[dt.datetime, AfterValidator(_with_zone)]
"""A time with its offset; where the offset is missing, this machine's is attached."""


class DataCoreModel(DataModel):
    """A core file of the standard."""

    _FILE_EXTENSION: ClassVar[str] = ".json"

    describedBy: str = Field(title="Described by")  # noqa: N815 - the standard's name
    schema_version: str = Field(title="Version", pattern=r"^\d+.\d+.\d+$", frozen=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        declared = cls.model_fields["schema_version"]
        if get_origin(declared.annotation) is Literal:
            declared.metadata = [_Constant(get_args(declared.annotation)[0])]

    @classmethod
    def default_filename(cls) -> str:
        """The name of this core file on disk."""
        parents = [base for base in cls.__bases__ if issubclass(base, DataModel) and base is not DataCoreModel]
        name = (parents[0] if parents else cls).__name__
        return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() + cls._FILE_EXTENSION

    def write_standard_file(
        self,
        output_directory: Path | str | None = None,
        prefix: str | None = None,
        filename_suffix: str | None = None,
        suffix: str | None = None,
    ) -> None:
        """Write this core file as `{prefix}_{default name}_{filename_suffix}.json`; `suffix` replaces the extension."""
        directory = Path.cwd() if output_directory is None else Path(output_directory)
        recursive_check_paths(self, directory)
        stem = self.default_filename().removesuffix(self._FILE_EXTENSION)
        extension = suffix or self._FILE_EXTENSION
        path = directory / ("_".join(part for part in (prefix, stem, filename_suffix) if part) + extension)
        text = self.model_dump_json(indent=3)
        path.write_text(text, encoding="utf-8")
        if len(text) > MAX_FILE_SIZE:
            import logging  # noqa: PLC0415 - whoever only reads does without its memory

            logging.getLogger(__name__).warning("%s is larger than %d KB", path, MAX_FILE_SIZE // 1024)


rule(DataCoreModel, reads=("*",), code="coordinate-system")(scope_findings)
rule(DataCoreModel, reads=("*",), code="next-axis-count")(frame_findings)
