"""Run all example scripts of the standard's source package in one process, each into a directory of its own.

``python write_examples.py SCRIPTS OUT`` writes OUT/<script's name>/<file>.json.
"""

import logging
import os
import runpy
import sys
import time
import warnings
from pathlib import Path

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
os.environ["TZ"] = "UTC"  # some give times without an offset
time.tzset()

scripts, out = (Path(argument).resolve() for argument in sys.argv[1:])
sys.path.insert(0, str(scripts.parent))
for script in sorted(scripts.glob("[!_]*.py")):
    target = out / script.stem
    target.mkdir(parents=True, exist_ok=True)
    os.chdir(target)
    sys.argv = [str(script)]
    runpy.run_path(str(script), run_name="__main__")
