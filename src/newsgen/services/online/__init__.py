"""The count of readers: who is reading now, and which stories are read most, without knowing anybody."""
