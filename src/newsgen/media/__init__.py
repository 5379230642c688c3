"""Files beside stories: pictures, and what may be published with them."""
