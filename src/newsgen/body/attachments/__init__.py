"""Attachments of a body: files that it shows with the syntax of pictures and that are none, such as tables."""
