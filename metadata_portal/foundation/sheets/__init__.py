"""Tables as files: CSV and XLSX, in and out, without harm to either side.

`checks.py` refuses a hostile file in the request that brought it; `reading.py` reads rows, `apart.py` does so in a
process of its own with little memory; `writing.py` writes tables in which nothing is taken for a formula.
"""
