"""Articles become Pages: no disk, no clock, no environment in this room."""
