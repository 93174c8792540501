"""Types of the standard that wrap a plain value."""

from schema_core.asset_paths import AssetPath

__all__ = ["AssetPath"]
