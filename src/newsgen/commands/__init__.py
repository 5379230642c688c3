"""The acts behind the commands other than building and previewing."""
