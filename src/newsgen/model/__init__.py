"""The nouns of a newspaper, as frozen plain data."""
