"""Atlases that a coordinate can refer to."""

from enum import Enum


class AtlasName(str, Enum):
    """Which atlas."""

    CCF = "CCF"
    CUSTOM = "CUSTOM"
