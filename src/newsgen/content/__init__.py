"""Source files become stories, people and data."""
