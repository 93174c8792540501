"""Describing model classes in plain JSON values. The same source runs here and in the peer's venv."""

import enum
import importlib
import inspect
import types
import typing

import pydantic
import pydantic_core


def type_words(annotation):
    """A type in words that do not depend on how it is spelled."""
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        marks = [mark.discriminator for mark in parts[1:] if getattr(mark, "discriminator", None)]
        inner = type_words(parts[0])
        named = sorted(f"{type(mark).__name__}.{mark.name}" for mark in parts[1:] if isinstance(mark, enum.Enum))
        return " ".join([inner, *(f"by {mark}" for mark in marks if mark == "object_type"), *named])
    if origin in (typing.Union, types.UnionType):
        return union_words(parts)
    if origin is typing.Literal:
        return "Literal " + "|".join(map(str, parts))
    if origin in (list, dict):
        return f"{origin.__name__}[{', '.join(map(type_words, parts))}]"
    name = getattr(annotation, "__name__", str(annotation))
    if name.endswith("Term"):
        return name.removesuffix("Term") + "Model.ONE_OF"
    return {"AwareDatetime": "datetime", "NoneType": "None"}.get(name, name)


def union_words(parts):
    """The alternatives; a union of a registry's entries is the registry."""
    entries = [part for part in parts if inspect.isclass(part) and part.__name__.startswith("_") and part is not None]
    entries = [part for part in entries if issubclass(part, pydantic.BaseModel) and part.__name__ != "_GenericModel"]
    bases = {part.__mro__[1].__name__ for part in entries}
    words = [f"{base}.ONE_OF" for base in sorted(bases)]
    for part in parts:
        if part not in entries:
            inner = type_words(part)
            words += [inner] if inner not in words else []
    return " | ".join(words)


def field_facts(info):
    """What a field demands."""
    default = None if info.is_required() else info.get_default(call_default_factory=True)
    rules = {}
    for mark in info.metadata:
        for name in ("ge", "gt", "le", "lt", "min_length", "max_length", "pattern", "strip_whitespace"):
            value = getattr(mark, name, None)
            if value is not None:
                rules[name] = value
        if isinstance(mark, enum.Enum):
            rules[type(mark).__name__] = mark.name
    tagged = " by object_type" if info.discriminator == "object_type" else ""
    return {
        "type": type_words(info.annotation) + tagged,
        "required": info.is_required(),
        "default": pydantic_core.to_jsonable_python(default, fallback=str),
        "rules": rules,
        "deprecated": bool(info.deprecated),
        "extra": info.json_schema_extra if isinstance(info.json_schema_extra, dict) else None,
    }


def class_facts(cls):
    """What a class is made of."""
    if issubclass(cls, enum.Enum):
        return {"members": [[member.name, member.value] for member in cls]}
    decorators = cls.__pydantic_decorators__
    validators = {*decorators.field_validators, *decorators.model_validators}
    return {
        "extra": cls.model_config.get("extra"),
        "fields": [[name, field_facts(info)] for name, info in cls.model_fields.items()],
        "methods": sorted(
            name
            for name, value in vars(cls).items()
            if (callable(value) or isinstance(value, (classmethod, staticmethod, property)))
            and (not name.startswith("_") or name == "__add__")
            and not name.startswith("model_")
            and name not in validators
        ),
    }


def module_facts(name):
    """The classes that a module defines."""
    module = importlib.import_module(name)
    return {
        found: class_facts(cls)
        for found, cls in vars(module).items()
        if inspect.isclass(cls) and cls.__module__ == name and issubclass(cls, (pydantic.BaseModel, enum.Enum))
    }


def reached(annotation, seen):
    """The names of the standard's own classes that a type can hold."""
    for part in typing.get_args(annotation):
        reached(part, seen)
    if inspect.isclass(annotation) and ".registries" not in annotation.__module__:
        package = annotation.__module__.split(".")[0]
        if package in ("aind_data_schema", "schema_core") and annotation.__qualname__ not in seen:
            seen[annotation.__qualname__] = annotation.__module__.partition(".")[2]
            for info in getattr(annotation, "model_fields", {}).values():
                reached(info.annotation, seen)
    return seen
