"""Describing a package in plain JSON values. The same source runs here and in the peer's venv."""

import enum
import importlib
import inspect
import pkgutil
import types
import typing

import pydantic
import pydantic_core

TOOLS = ("examples_generator", "schema_version_bump", "schema_tree", "docs", "_generators")
"""What the standard's makers publish it with."""
OURS = ("aind_data_schema", "schema_core")
CONSTRAINTS = ("ge", "gt", "le", "lt", "multiple_of", "min_length", "max_length", "pattern", "strip_whitespace")


def modules(package):
    """The names of the package's public modules, without the package's own."""
    root = importlib.import_module(package)
    found = (module.name for module in pkgutil.walk_packages(root.__path__, f"{package}."))
    names = (name.removeprefix(f"{package}.") for name in found if not set(TOOLS).intersection(name.split(".")))
    return [name for name in names if not name.split(".")[-1].startswith("_")]


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
    if origin in (list, dict, tuple):
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


def plain(value):
    """A value as JSON, classes and types in words."""
    if inspect.isclass(value) or typing.get_origin(value) is not None:
        return type_words(value)
    if isinstance(value, dict):
        return [[plain(key), plain(inner)] for key, inner in value.items()]
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return pydantic_core.to_jsonable_python(value, fallback=str)


def field_facts(info):
    """What a field demands."""
    default = None if info.is_required() else info.get_default(call_default_factory=True)
    rules = {}
    for mark in info.metadata:
        for name in CONSTRAINTS:
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


def parameters(function):
    """The parameters of a function: name, kind, default."""
    return [
        [
            parameter.name,
            parameter.kind.name,
            None if parameter.default is parameter.empty else ["default", plain(parameter.default)],
        ]
        for parameter in inspect.signature(function).parameters.values()
    ]


def method_facts(value):
    """How a method is called."""
    if isinstance(value, property):
        return "property"
    how = type(value).__name__ if isinstance(value, (classmethod, staticmethod)) else "method"
    return [how, parameters(getattr(value, "__func__", value))]


def is_method(name, value):
    """Whether an entry of a class is for its users."""
    wanted = not name.startswith(("_", "model_")) or name == "__add__"
    return wanted and (inspect.isfunction(value) or isinstance(value, (classmethod, staticmethod, property)))


def methods_of(cls):
    """A class's own public methods: name to how they are called."""
    decorators = getattr(cls, "__pydantic_decorators__", None)
    validators = {*decorators.field_validators, *decorators.model_validators} if decorators else {}
    return {
        name: method_facts(value)
        for name, value in vars(cls).items()
        if is_method(name, value) and name not in validators
    }


def ancestors(cls):
    """The public classes of the standard that a class is one of."""
    return [base.__name__ for base in cls.__mro__[1:] if is_ours(base) and not base.__name__.startswith("_")]


def is_ours(cls):
    """Whether a class is the package's own."""
    return cls.__module__.split(".")[0] in (*OURS, "aind_data_schema_models")


def class_facts(cls):
    """What a class is made of."""
    if issubclass(cls, enum.Enum):
        return {"members": [[member.name, member.value] for member in cls], "text": issubclass(cls, str)}
    if not issubclass(cls, pydantic.BaseModel):
        return {"methods": methods_of(cls), "ancestors": ancestors(cls)}
    return {
        "extra": cls.model_config.get("extra"),
        "frozen": cls.model_config.get("frozen", False),
        "fields": [[name, field_facts(info)] for name, info in cls.model_fields.items()],
        "methods": methods_of(cls),
        "ancestors": ancestors(cls),
    }


def facts_of(value):
    """What a public value is made of."""
    if inspect.isclass(value):
        return class_facts(value)
    return {"parameters": parameters(value)} if inspect.isfunction(value) else {"value": plain(value)}


def public(name):
    """What a module defines for its users: classes, functions, constants."""
    found = {}
    for known, value in vars(importlib.import_module(name)).items():
        named = inspect.isclass(value) or inspect.isfunction(value)
        own = value.__module__ == name and value.__name__ == known if named else known.isupper() and len(known) > 1
        if own and not known.startswith("_"):
            found[known] = value
    return found


def module_facts(name):
    """The facts of everything public in a module."""
    return {known: facts_of(value) for known, value in public(name).items()}


def all_facts(package):
    """Every public module and what it defines."""
    return {name: module_facts(f"{package}.{name}") for name in modules(package)}


def held_facts(package, names):
    """The facts of these names in these modules; None for what is not there."""
    found = {}
    for module, wanted in names.items():
        try:
            here = importlib.import_module(f"{package}.{module}")
        except ModuleNotFoundError:
            here = None
        found[module] = {name: facts_of(getattr(here, name)) if hasattr(here, name) else None for name in wanted}
    return found


def held(holder, like=None):
    """What a class of terms holds: its constants, its list and tables, what its lookups answer; all in JSON.

    `like`: what another holder holds; only its tables, and its list if it has one, are then looked at.
    """
    values = {name: getattr(holder, name) for name in dir(holder) if not name.startswith("_")}
    names = [name for name, value in values.items() if isinstance(value, dict)] if like is None else like["tables"]
    listed = hasattr(holder, "ALL") if like is None else like["all"]
    found = {
        "constants": {name: plain(value) for name, value in values.items() if isinstance(value, pydantic.BaseModel)},
        "tables": {name: {str(key): plain(term) for key, term in getattr(holder, name).items()} for name in names},
        "all": [plain(entry()) for entry in holder.ALL] if listed else [],
        "lookups": {},
    }
    terms = list(found["constants"].values())
    for name, field in LOOKUPS.items():
        if hasattr(holder, name):
            known = [term[field] for term in terms if term.get(field) is not None]
            found["lookups"][name] = [looked_up(holder, name, text) for text in [*dict.fromkeys(known), "Nonsense"]]
    return found


LOOKUPS = {
    "from_abbreviation": "abbreviation",
    "from_name": "name",
    "by_name": "name",
    "from_common_name": "common_name",
    "from_id": "id",
    "by_acronym": "acronym",
    "from_doi": "registry_identifier",
    "from_url": "registry_identifier",
}
"""The registries' lookups, and the field whose values they take."""


def looked_up(holder, name, text):
    """What a lookup answers: the term, or what it raises."""
    try:
        return [text, plain(getattr(holder, name)(text))]
    except (KeyError, ValueError) as error:
        return [text, type(error).__name__]


def borrowed(package):
    """The standard's own classes that modules of `components` offer beside those that they define."""
    found = {}
    for module in modules(package):
        if module.startswith("components."):
            values = vars(importlib.import_module(f"{package}.{module}"))
            classes = {name: value for name, value in values.items() if inspect.isclass(value) and is_ours(value)}
            found[module] = [name for name in classes if not name.startswith("_")]
    return found


def reached(annotation, seen):
    """The standard's own classes that a type can hold, into `seen`."""
    for part in typing.get_args(annotation):
        reached(part, seen)
    module = annotation.__module__ if inspect.isclass(annotation) else ""
    if module.split(".")[0] in OURS and ".registries" not in module and annotation not in seen:
        seen.add(annotation)
        for info in getattr(annotation, "model_fields", {}).values():
            reached(info.annotation, seen)
    return seen


def reached_names(package, kinds):
    """Module and name of each class that these core classes reach."""
    seen = set()
    for kind, name in kinds.items():
        reached(getattr(importlib.import_module(f"{package}.core.{kind}"), name), seen)
    return sorted([cls.__module__.partition(".")[2], cls.__name__] for cls in seen)
