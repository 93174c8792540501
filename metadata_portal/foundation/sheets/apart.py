"""Reads a file in a process of its own, with little memory and time: what bursts there hurts nobody else."""

import json
import os
import resource
import subprocess
import sys
from typing import Final

from metadata_portal.foundation.sheets.checks import BadFile, check_file
from metadata_portal.foundation.sheets.reading import Table, read_table

MEMORY: Final = 512 * 1024 * 1024
SECONDS: Final = 60
_REFUSED: Final = 3


def read_apart(content: bytes) -> Table:
    """Read a file as `read_table` does; raises BadFile for one that needs more memory or time than it may have."""
    check_file(content)
    try:
        done = subprocess.run(  # noqa: S603 - this very module
            [sys.executable, "-m", __name__, str(MEMORY)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            # numbers are not computed here: one thread is enough, and each more would reserve memory
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise BadFile(f"The file takes more than {SECONDS} seconds to read: save the table as CSV.") from error
    if done.returncode == _REFUSED:
        raise BadFile(done.stdout.decode())
    if done.returncode:
        raise BadFile("The file needs more memory than reading it may take: save the table as CSV.")
    columns, rows = json.loads(done.stdout)
    return Table(columns, [(number, cells) for number, cells in rows])


def main(memory: int) -> int:
    """Read the file on the standard input and write its rows as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        table = read_table(sys.stdin.buffer.read())
    except BadFile as refusal:
        sys.stdout.write(refusal.message)
        return _REFUSED
    json.dump([table.columns, table.rows], sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
