"""Outputs without templates: feeds, sitemaps, rules and headers of hosts."""
