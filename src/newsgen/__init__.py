"""newsgen publishes a newspaper as static files."""

__version__ = "0.1.0"
