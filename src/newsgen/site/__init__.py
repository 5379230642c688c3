"""What was read becomes the newspaper of one moment: no disk, no clock."""
