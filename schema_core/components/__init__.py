"""Parts that core files are made of."""
