"""The form engine: model fields drawn as nodes, posted one node at a time."""
