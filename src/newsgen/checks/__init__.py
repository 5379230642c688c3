"""What is looked at in a whole paper: a registry of checks, each of which tells problems and changes nothing."""
