"""The standard as a library beside the peer package: importing it, and validating the peer's own examples.

Runs the same work in both environments, several times in turn, and prints what the peer needs in multiples of ours.

    make bench
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = {"schema_core": ROOT / ".venv/bin/python", "aind_data_schema": ROOT / ".venv-peer/bin/python"}
EXAMPLES = ROOT / ".venv-peer/examples"
ROUNDS = 5

WORK = """
import importlib, json, logging, resource, statistics, sys, time, warnings
warnings.simplefilter("ignore")
logging.disable()
package, folder = sys.argv[1:]
begun = time.perf_counter()
core = {name: importlib.import_module(f"{package}.core.{name}") for name in
        ("subject", "data_description", "procedures", "metadata")}
classes = {"subject": core["subject"].Subject, "data_description": core["data_description"].DataDescription,
           "procedures": core["procedures"].Procedures, "metadata": core["metadata"].Metadata}
documents = {name: json.load(open(f"{folder}/{name}/{name}.json")) for name in
             ("subject", "data_description", "procedures")}
documents["metadata"] = {"name": "a", "location": "b", **documents}
for name in ("procedures", "metadata"):
    classes[name].model_validate(documents[name])
found = {"import and first validation": time.perf_counter() - begun,
         "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}
for name, document in documents.items():
    times = []
    for _ in range(15):
        start = time.perf_counter()
        for _ in range(10):
            classes[name].model_validate(document)
        times.append(time.perf_counter() - start)
    found[f"validate {name}"] = statistics.median(times) / 10
print(json.dumps(found))
"""


def measured(package: str) -> dict[str, float]:
    """One run of the work in a package's own environment."""
    command = [PYTHONS[package], "-c", WORK, package, EXAMPLES]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def main() -> int:
    """Print the ratios."""
    if not EXAMPLES.exists():
        print("The peer's environment is missing: run make .venv-peer/.stamp")
        return 1
    runs = [{package: measured(package) for package in PYTHONS} for _ in range(ROUNDS)]
    print(f"{'work':30} {'peer':>10} {'ours':>10} {'peer / ours':>12}")
    for work in runs[0]["schema_core"]:
        ours, peer = (statistics.median(run[package][work] for run in runs) for package in PYTHONS)
        scale, unit = (1 / 1024, "MB") if work == "memory" else (1000, "ms")
        print(f"{work:30} {peer * scale:8.2f} {unit} {ours * scale:7.2f} {unit} {peer / ours:11.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
