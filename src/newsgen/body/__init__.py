"""One text: Markdown becomes safe HTML."""
