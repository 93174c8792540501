"""Errors that the standard's helpers name."""


class OneOfError(ValueError):
    """Exactly one, or at least one, of some fields should have been given."""

    def __init__(self, model_name: str, field_names: list[str]) -> None:
        super().__init__(f"{model_name}: give one of {', '.join(field_names)}")
