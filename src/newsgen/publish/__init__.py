"""Bytes become the output in one step; nothing here knows stories."""
