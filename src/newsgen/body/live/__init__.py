"""Live stories: their entries, with the newest above."""
