"""When a value must lie relative to an acquisition; fields carry these marks, Metadata checks them."""

import enum


class TimeValidation(enum.Enum):
    """How a time relates to the acquisition."""

    BETWEEN = "between"
    AFTER = "after"
    BEFORE = "before"
