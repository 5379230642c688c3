"""Source files become Articles. Nothing here knows templates or output."""
