"""Reading settings from the environment, each with a default that lets a fresh clone run."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
KEY_LENGTH = 50


def text(name: str, default: str = "") -> str:
    """Return the variable's text without surrounding spaces."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool) -> bool:
    """Return the variable as yes or no; refuse anything else."""
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    value = text(name).lower()
    if not value:
        return default
    if value not in words:
        raise ImproperlyConfigured(f"{name} is {value!r}: give 1 or 0.")
    return words[value]


def whole(name: str, default: int, least: int = 1) -> int:
    """Return the variable as a number that is not too small; refuse anything else."""
    value = text(name)
    if not value:
        return default
    if not (value.isascii() and value.isdecimal() and int(value) >= least):
        raise ImproperlyConfigured(f"{name} is {value!r}: give a whole number of at least {least}.")
    return int(value)


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return a comma-separated variable as a list."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or list(default)


def private_dir(path: Path) -> Path:
    """Return the directory, made for its owner only when it is new."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def secret_key(folder: Path) -> str:
    """Return the site's secret: from PORTAL_SECRET_KEY, else from a file made once and readable by its owner only."""
    given = text("PORTAL_SECRET_KEY")
    if given:
        if len(given) < KEY_LENGTH or len(set(given)) < KEY_LENGTH // 5:
            raise ImproperlyConfigured(f"PORTAL_SECRET_KEY is too weak: give at least {KEY_LENGTH} random characters.")
        return given
    path = folder / "secret_key"
    try:
        # O_EXCL: of several processes that start at once, one makes the key and the others read it
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _stored_key(path)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(KEY_LENGTH))
    return _stored_key(path)


def _stored_key(path: Path) -> str:
    if path.stat().st_mode & 0o077:
        raise ImproperlyConfigured(f"{path} can be read by others: chmod 600 it, or delete it to get a new one.")
    key = path.read_text().strip()
    if len(key) < KEY_LENGTH:
        raise ImproperlyConfigured(f"{path} does not hold a whole key: delete it to get a new one.")
    return key
