"""The plugins of a site: found, loaded, and called with care."""
