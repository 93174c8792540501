"""Where the portal keeps its rows: SQLite in the var directory, or what DATABASE_URL names."""

from pathlib import Path
from typing import Any

import dj_database_url

from metadata_portal.settings.env import text

# FULL: what was called saved is on the disk, also when the power fails
SQLITE_SETUP = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"


def databases(var: Path) -> dict[str, Any]:
    """Return Django's DATABASES."""
    url = text("DATABASE_URL")
    suffix = text("PORTAL_TEST_DB")
    if not url or url.startswith("sqlite"):
        return {"default": _sqlite(url, var, suffix)}
    found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    found["TEST"] = {"NAME": f"test_portal_{suffix or 'main'}"}
    return {"default": found}


def _sqlite(url: str, var: Path, suffix: str) -> dict[str, Any]:
    name = dj_database_url.parse(url)["NAME"] if url else str(var / "db.sqlite3")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        # a writer takes the lock when its transaction starts: it waits its turn instead of failing half way
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_SETUP},
        "TEST": {"NAME": str(var / f"test_{suffix}.sqlite3")} if suffix else {},
    }
