"""Free objects: the rule about the keys that databases stumble over."""

from __future__ import annotations

from typing import Any

_HOLDERS = (dict, list, tuple)


def awkward_keys(value: Any) -> list[str]:
    """The keys with `.` or `$` anywhere in a JSON value, in the order they are met."""
    found: list[str] = []
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            for key in here:
                name = key if type(key) is str else str(key)
                if "." in name or "$" in name:
                    found.append(name)
            here = here.values()
        waiting += [inner for inner in here if isinstance(inner, _HOLDERS)]
    return found


def is_dict_corrupt(input_dict: Any) -> bool:
    """Whether a value is no dict, or has a key with `.` or `$` at any depth."""
    return not isinstance(input_dict, dict) or bool(awkward_keys(input_dict))
