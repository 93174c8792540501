"""The standard as a library beside the peer package: one table, each line with its mark; exits 1 when one is missed.

Both sides run in processes of their own and take turns, a hundredth of a second of processor time each, so that the
machine's moods touch both alike; medians of seven turns. `bare` is what pydantic-core needs for our models without any
rule of ours; beside it the fastest turn of each side counts, since their difference is so small that a busy machine
would drown it.

Whether a device costs the same among few and among many is told beside `bare` too: memory and its caches make each
model dearer in a large document, whoever reads it. What counts is that our rules add no growth of their own.

    make bench
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from jsonschema import Draft202012Validator

from benchmarks import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

OURS, PEER, BARE = "schema_core", "aind_data_schema", "bare"
PYTHONS = {OURS: ROOT / ".venv/bin/python", BARE: ROOT / ".venv/bin/python", PEER: ROOT / ".venv-peer/bin/python"}
EXAMPLES = ROOT / ".venv-peer/examples"
SIDE = Path(__file__).with_name("side.py")
STARTS = 5
TURNS = 7


@dataclass(frozen=True)
class Line:
    """One line of the table; the ratio may not exceed the mark (or, `least`, not fall below it)."""

    work: str
    theirs: str
    ours: str
    ratio: float
    mark: float
    least: bool = False

    @property
    def met(self) -> bool:
        return self.ratio >= self.mark if self.least else self.ratio <= self.mark

    def __str__(self) -> str:
        mark = f"{'>=' if self.least else '<='} {self.mark:g}"
        figures = f"{self.work:54} {self.theirs:>12} {self.ours:>12} {self.ratio:8.2f} {mark:>8}"
        return f"{figures}  {'yes' if self.met else 'NO'}"


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.3f} ms"


def command(package: str, *task: str) -> dict[str, Any]:
    """How to run a side: as arguments for `subprocess`; only ours sees this project."""
    path = {} if package == PEER else {"PYTHONPATH": str(ROOT)}
    return {
        "args": [PYTHONS[package], SIDE, package, *task],
        "env": {"PATH": "/usr/bin:/bin", "TZ": "UTC", **path},
        "stdout": subprocess.PIPE,
        "text": True,
    }


def once(package: str, *task: str) -> Any:
    """What one run of a side prints."""
    return json.loads(subprocess.run(**command(package, *task), check=True).stdout)


class Side:
    """A running side, which says how long a job takes."""

    def __init__(self, package: str, folder: str) -> None:
        self._process = subprocess.Popen(**command(package, "answer", folder), stdin=subprocess.PIPE)

    def seconds(self, name: str, kind: str, job: str) -> float:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{name} {kind} {job}\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()


class Race:
    """Sides that take turns at the same jobs."""

    def __init__(self, sides: dict[str, Side]) -> None:
        self._sides = sides

    def turns(self, name: str, kind: str, job: str, *packages: str) -> dict[str, list[float]]:
        """Seconds a call by side, turn by turn; the first turn does not count."""
        turns = [
            {package: self._sides[package].seconds(name, kind, job) for package in packages} for _ in range(TURNS + 1)
        ]
        return {package: [turn[package] for turn in turns[1:]] for package in packages}


def starting(folder: str) -> Iterator[Line]:
    """Importing what validates a document of a kind, and validating the first."""
    for kind in ("procedures", "metadata"):
        runs = [{package: once(package, "start", kind, folder) for package in (PEER, OURS)} for _ in range(STARTS + 1)]
        told = {
            package: {what: statistics.median(run[package][what] for run in runs[1:]) for what in ("s", "kB")}
            for package in (PEER, OURS)
        }
        peer, ours = told[PEER], told[OURS]
        work = f"import and first {kind}"
        yield Line(f"{work}: time", f"{peer['s']:.2f} s", f"{ours['s']:.2f} s", ours["s"] / peer["s"], 0.35)
        memory = (f"{side['kB'] / 1024:.0f} MB" for side in (peer, ours))
        yield Line(f"{work}: memory", *memory, ours["kB"] / peer["kB"], 0.45)


def by_kind(names: Iterable[str]) -> dict[str, list[str]]:
    kinds = defaultdict(list)
    for name in names:
        kinds[documents.kind_of(name)].append(name)
    return kinds


def timed(race: Race, names: list[str], kind: str, job: str, *packages: str) -> dict[str, list[list[float]]]:
    """The turns of all documents of a kind, by side."""
    each = [race.turns(name, kind, job, *packages) for name in names]
    return {package: [one[package] for one in each] for package in packages}


def added(turns: list[list[float]], which: Callable[[list[float]], float] = statistics.median) -> float:
    """Seconds for several documents together: the median, or another one, of each one's turns."""
    return sum(map(which, turns))


def summed(race: Race, names: list[str], kind: str, job: str, *packages: str) -> dict[str, float]:
    """Seconds for all documents of a kind together."""
    return {package: added(turns) for package, turns in timed(race, names, kind, job, *packages).items()}


def validating(race: Race, kinds: dict[str, list[str]]) -> Iterator[Line]:
    """A document to a model, with all rules of the standard; beside the peer, and beside our models without rules."""
    without = []
    for kind, names in kinds.items():
        turns = timed(race, names, kind, "validate", PEER, OURS, BARE)
        cost = {package: added(turns[package]) for package in (PEER, OURS)}
        mark = 12 if kind == "metadata" else 8
        figures = milliseconds(cost[PEER]), milliseconds(cost[OURS])
        yield Line(f"validate {kind} ({len(names)})", *figures, cost[PEER] / cost[OURS], mark, least=True)
        bare, ours = (added(turns[package], min) for package in (BARE, OURS))
        figures = milliseconds(bare), milliseconds(ours)
        without.append(Line(f"  beside bare pydantic-core: {kind}", *figures, ours / bare, 1.6))
    yield from without


def writing(race: Race, kinds: dict[str, list[str]]) -> Iterator[Line]:
    for kind, names in kinds.items():
        cost = summed(race, names, kind, "dump", PEER, OURS)
        figures = milliseconds(cost[PEER]), milliseconds(cost[OURS])
        yield Line(f"model_dump_json {kind}", *figures, cost[OURS] / cost[PEER], 1)


def judging(race: Race, kinds: dict[str, list[str]]) -> Iterator[Line]:
    """Every problem at its address, warnings of ours included: beside the peer's verdict, and broken beside whole.

    Of a broken document the peer says less (no rule runs above a fault), so its time is no measure for ours.
    """
    broken = []
    for kind, names in kinds.items():
        cost = summed(race, names, kind, "judge", PEER, OURS)
        figures = milliseconds(cost[PEER]), milliseconds(cost[OURS])
        yield Line(f"all problems of {kind}", *figures, cost[PEER] / cost[OURS], 2, least=True)
        with_faults = summed(race, [f"broken-{name}" for name in names], kind, "judge", OURS)[OURS]
        figures = milliseconds(cost[OURS]), milliseconds(with_faults)
        broken.append(Line(f"  broken at every tenth node: {kind}", *figures, with_faults / cost[OURS], 6))
    yield from broken


def growing(race: Race) -> Iterator[Line]:
    """How much dearer a device is among 600 than among 40: with our rules, and with bare models."""
    for kind in ("instrument", "metadata"):
        bare = growth(race, kind, kind, "validate", BARE)
        for prefix, job in (("", "validate"), ("", "judge"), ("broken-", "judge")):
            ours = growth(race, kind, f"{prefix}{kind}", job, OURS)
            what = f"{prefix.replace('-', ' ')}{kind}"
            yield Line(f"growth of a device of {what}, {job}", f"{bare:.2f}", f"{ours:.2f}", ours / bare, 1.1)


def growth(race: Race, kind: str, name: str, job: str, package: str) -> float:
    """What a device costs among 600, divided by what one costs among 40."""
    few, many = (min(race.turns(f"{name}-{size}", kind, job, package)[package]) / size for size in (40, 600))
    return many / few


def describing() -> Iterator[Line]:
    """The JSON Schemas of all kinds, as each side's writer writes them."""
    peer, ours = once(PEER, "schemas"), once(OURS, "schemas")
    for schema in ours.values():
        Draft202012Validator.check_schema(schema)
    theirs = sum(len(json.dumps(schema, indent=3)) for schema in peer.values())
    written = sum(
        len(json.dumps(schema, ensure_ascii=False, separators=(",", ":")).encode()) for schema in ours.values()
    )
    yield Line(
        f"{len(ours)} valid JSON Schemas", f"{theirs / 1000:.0f} kB", f"{written / 1000:.0f} kB", written / theirs, 0.15
    )


def write(folder: Path) -> dict[str, list[str]]:
    """Write the documents to be timed; the names of the valid ones by kind."""
    found = documents.examples(EXAMPLES)
    kinds = {**by_kind(found), "metadata": ["metadata"]}
    found["metadata"] = documents.record(found)
    for size in documents.SIZES:
        found[f"instrument-{size}"] = documents.instrument(found["ephys_instrument"], size)
        found[f"metadata-{size}"] = documents.record_of(found["metadata"], found[f"instrument-{size}"])
    for name, document in found.items():
        (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
        (folder / f"broken-{name}.json").write_text(json.dumps(documents.broken(document)), encoding="utf-8")
    return kinds


def lines(folder: str) -> Iterator[Line]:
    """The table, line by line."""
    kinds = write(Path(folder))
    yield from starting(folder)
    with ExitStack() as running:
        race = Race({package: running.enter_context(Side(package, folder)) for package in PYTHONS})
        yield from validating(race, kinds)
        yield from writing(race, kinds)
        yield from judging(race, kinds)
        yield from growing(race)
    yield from describing()


def main() -> int:
    """Print the table."""
    if not EXAMPLES.exists():
        print("The peer's environment is missing: run make .venv-peer/.stamp")
        return 1
    print(f"{'work':54} {'peer':>12} {'ours':>12} {'ratio':>8} {'mark':>8}  met")
    met = True
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        for line in lines(folder):
            print(line, flush=True)
            met &= line.met
    print("every mark is met" if met else "some marks are missed")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
