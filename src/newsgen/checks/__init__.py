"""Checks of a whole paper: one registry; each check reports problems and changes nothing."""
