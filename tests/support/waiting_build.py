"""The command line, started and loaded, that runs when a line comes on its input: `waiting_build.py ARGUMENTS`.

So a test knows when the run itself begins, and its signals do not hit Python's own start.
"""

import sys

from newsgen.cli import main

if __name__ == "__main__":
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    main(sys.argv[1:], prog_name="newsgen")
