"""Many terms at once: a table out, a table in with a dry run, all or nothing, and back again.

`columns.py` says which column holds which field; `exporting.py` writes; `comparing.py` says what a table would do;
`services.py` does it in one transaction and takes it back; `work.py` runs all of it in a process of its own.
"""
