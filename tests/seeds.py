"""Where tests that make things up begin: a fixed seed in `make test`, a new one in `make test-all`, which prints it.

A variable of the environment repeats a run: `FAULTS_SEED=… pytest …`. Hypothesis keeps the same rule by its profiles
"steady" and "default"; `HYPOTHESIS_PROFILE=default pytest …` explores in any run.
"""

from __future__ import annotations

import os
import secrets

from hypothesis import settings

STEADY = "steady"
PROFILE = os.environ.setdefault("HYPOTHESIS_PROFILE", STEADY)
EXPLORES = PROFILE != STEADY
FIXED = 20_260_101
NAMES = ("ENTERING_SEED", "FAULTS_SEED", "HOSTILE_SEED", "MEANING_SEED")

# the same examples for everyone, so that a red run is somebody's change
settings.register_profile(STEADY, derandomize=True, deadline=None, database=None)
settings.register_profile("default", deadline=None, print_blob=True)
settings.load_profile(PROFILE)

for name in NAMES:  # in the environment, where the workers of a run find what the first process chose
    os.environ.setdefault(name, str(secrets.randbelow(2**32) if EXPLORES else FIXED))


def of(name: str) -> int:
    """The seed of a variable in this run."""
    return int(os.environ[name])


def said() -> str:
    """The seeds of this run, as the variables that repeat it."""
    return " ".join(f"{name}={of(name)}" for name in NAMES)
