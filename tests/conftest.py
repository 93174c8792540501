"""Fixtures that every part of the tests shares."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests import seeds
from tests.conformance.peer import VENV, Peer, all_examples, examples

if TYPE_CHECKING:
    from collections.abc import Iterator


USE_THE_DATABASE = {"db", "transactional_db", "portal"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--only-database`` is for a run on a second database: what needs none is the same there."""
    parser.addoption("--only-database", action="store_true", help="only tests that use the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what uses no database, where that is asked for."""
    if config.getoption("only_database"):
        left_out = [item for item in items if not uses_the_database(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if uses_the_database(item)]


def uses_the_database(item: pytest.Item) -> bool:
    """Whether a test, or a fixture of it, asks for the database or for a running portal."""
    asked = set(getattr(item, "fixturenames", ()))
    return bool(asked & USE_THE_DATABASE) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def peer() -> Iterator[Peer]:
    """The peer package as an oracle: ``peer.judge(kind, document)`` gives valid, errors, warnings, json."""
    if not (VENV / ".stamp").exists():
        pytest.fail("The peer's venv is missing: run `make .venv-peer/.stamp`.")
    oracle = Peer()
    yield oracle
    oracle.close()


@pytest.fixture(scope="session")
def peer_examples() -> dict[str, tuple[str, str]]:
    """The six examples that the peer ships about animals and data: name to (kind, JSON text)."""
    return examples()


@pytest.fixture(scope="session")
def all_peer_examples() -> dict[str, tuple[str, str]]:
    """All thirty examples that the peer ships: name to (kind, JSON text)."""
    return all_examples()


@pytest.fixture(autouse=True)
def packaged_terms_only() -> Iterator[None]:
    """A term that one test adds is rolled back with its database; the process must forget it too."""
    yield
    from metadata_portal.registries.overlay import forget  # noqa: PLC0415 - Django is set up by now

    forget()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the comparison with the peer covered, what became of faults put into documents, and the seeds."""
    reports = [report for group in ("passed", "failed") for report in terminalreporter.stats.get(group, ())]
    told = [entry for report in reports for entry in report.user_properties]
    _tell_of_the_peer(terminalreporter, [value for name, value in told if name == "differential"])
    _tell_of_faults(terminalreporter, [value for name, value in told if name == "landing"])
    terminalreporter.write_line(f"seeds: {seeds.said()}")


def _tell_of_the_peer(terminalreporter: pytest.TerminalReporter, figures: list[Any]) -> None:
    """Agreed of compared, by kind of document and kind of fault."""
    if not figures:
        return
    from tests.conformance.differential import table  # noqa: PLC0415 - Django is set up by now

    terminalreporter.section("documents with faults before us and the peer")
    for line in table(figures):
        terminalreporter.write_line(line)
    met: Counter[str] = Counter()
    for figure in figures:
        met.update(figure["met"])
    for where, count in met.most_common():
        terminalreporter.write_line(f"{count:6} parted as docs/divergences.md says: {where}")


def _tell_of_faults(terminalreporter: pytest.TerminalReporter, figures: list[Any]) -> None:
    """Messages that stand at what was broken, by kind of fault."""
    if not figures:
        return
    from tests.metadata_portal.schemaforms.landing import table  # noqa: PLC0415 - Django is set up by now

    terminalreporter.section("faults in documents, and where their messages landed")
    for line in table(figures):
        terminalreporter.write_line(line)
