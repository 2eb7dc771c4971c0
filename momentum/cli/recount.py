"""`momentum recount`: prove that points, streaks and badges are what the events say, or mend them."""

import argparse
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--repair", action="store_true", help="correct any differences")


def main(options: argparse.Namespace) -> int:
    """Print every difference. 0 where there is none, or all were mended."""
    from momentum.engagement.actions.recount import differences, repair

    found = list(differences())
    for difference in found:
        sys.stdout.writelines(f"{line}\n" for line in difference.lines())
        if options.repair:
            repair(difference.user_id)
    if not found:
        sys.stdout.write("Points, streaks and badges match the event log.\n")
    elif options.repair:
        sys.stdout.write(f"Corrected: {len(found)}.\n")
    else:
        sys.stdout.write(
            f"Differences found for {len(found)}. Run `momentum recount --repair` to correct them.\n"
        )
    return 1 if found and not options.repair else 0
