"""Links to videos, posts, sounds and maps of other sites, as something that a reader may open in the page."""
