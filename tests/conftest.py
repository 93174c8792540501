"""Fixtures that every part of the tests shares."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.conformance.peer import VENV, Peer, all_examples, examples

if TYPE_CHECKING:
    from collections.abc import Iterator

# the same examples for everyone, so that a red run is somebody's change; HYPOTHESIS_PROFILE=default explores
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


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
    """Print what the comparison with the peer covered, and what became of the faults put into documents."""
    reports = [report for group in ("passed", "failed") for report in terminalreporter.stats.get(group, ())]
    told = [entry for report in reports for entry in report.user_properties]
    _tell_of_the_peer(terminalreporter, [value for name, value in told if name == "differential"])
    _tell_of_faults(terminalreporter, [value for name, value in told if name == "landing"])
    entered = sorted({value for name, value in told if name == "entering"})
    if entered:
        terminalreporter.write_line(
            f"documents typed into the forms: ENTERING_SEED {' '.join(map(str, entered[:9]))} …"
        )


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
