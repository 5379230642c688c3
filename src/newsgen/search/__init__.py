"""The index in which readers search: words of stories, in files that a browser reads."""
