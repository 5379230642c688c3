"""`python -m newsgen` is `newsgen`."""

from newsgen.cli import main

main()
