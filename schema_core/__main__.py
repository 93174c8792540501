"""`python -m schema_core`: see `schema_core.cli`."""

import sys

from schema_core.cli import main

if __name__ == "__main__":
    sys.exit(main())
