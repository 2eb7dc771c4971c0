"""`python -m momentum` is `momentum`."""

import sys

from momentum.cli import main

if __name__ == "__main__":
    sys.exit(main())
