"""Pages become bytes, through Jinja2."""
