"""The core files of the standard, one module each."""
