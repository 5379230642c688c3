"""Pictures without what a camera or a program wrote into them; one module for each format, and none decodes a pixel."""
