"""The requirements files: exact, whole, and true of what is installed and imported."""

from __future__ import annotations

import ast
import re
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
FILES = (
    "requirements.txt",
    "requirements-dev.txt",
    "tests/conformance/requirements-peer.txt",
    "tests/setup/requirements-postgres.txt",
)
OURS = {"schema_core", "metadata_portal"}


def lines(file: str) -> list[str]:
    text = (ROOT / file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith(("#", "-r "))]


def pins(file: str) -> dict[str, str]:
    return {canonicalize_name(name): version for name, version in (line.split("==") for line in lines(file))}


def closure(names: set[str]) -> set[str]:
    """All distributions that these need on this Python, extras that we install included."""
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        for text in metadata.requires(name) or ():
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return seen


def imported(package: str) -> set[str]:
    """The top-level modules that a package of ours imports."""
    found: set[str] = set()
    for file in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - OURS - set(sys.stdlib_module_names)


@pytest.mark.parametrize("file", FILES)
def test_every_requirement_is_one_exact_version_and_names_no_index(file):
    assert [line for line in lines(file) if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line)] == []


@pytest.mark.parametrize("file", FILES)
def test_no_requirement_is_listed_twice(file):
    assert len(lines(file)) == len(pins(file))


def test_runtime_and_development_requirements_do_not_overlap():
    assert pins("requirements.txt").keys() & pins("requirements-dev.txt").keys() == set()


def test_the_runtime_requirements_are_the_whole_closure():
    listed = pins("requirements.txt").keys()
    assert closure(set(listed)) - listed == set()


def test_the_development_requirements_are_the_whole_closure():
    listed = pins("requirements.txt").keys() | pins("requirements-dev.txt").keys()
    assert closure(set(listed)) - listed == set()


def test_the_installed_versions_are_the_listed_ones():
    listed = pins("requirements.txt") | pins("requirements-dev.txt")
    assert {name: metadata.version(name) for name in listed} == listed


@pytest.mark.parametrize("package", sorted(OURS))
def test_what_the_code_imports_is_a_runtime_requirement(package):
    distributions = metadata.packages_distributions()
    needed = {canonicalize_name(distributions[module][0]) for module in imported(package)}
    assert needed - pins("requirements.txt").keys() == set()
