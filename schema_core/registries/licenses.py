"""Licenses under which data are handed out."""

from enum import Enum


class License(str, Enum):
    """License of a data set."""

    MIT = "MIT"
    CC_BY_40 = "CC-BY-4.0"
