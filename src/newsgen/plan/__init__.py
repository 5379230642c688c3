"""Every output of a newspaper, each with one owner."""
