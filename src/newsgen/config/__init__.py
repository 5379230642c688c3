"""newsgen.yaml: its settings, their defaults and their checks."""
