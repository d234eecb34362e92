"""The command line: run one command, print its text, say in one sentence what the world refused."""

import sys
from collections.abc import Sequence

from notemodeler.cli.arguments import parser
from notemodeler.domain.issues import UserError

REFUSED = 2


def main(arguments: Sequence[str]) -> int:
    """Run a command; 0 when done, 2 when refused."""
    options = parser().parse_args(arguments)
    from notemodeler.cli.commands import COMMANDS

    try:
        print(COMMANDS[options.command](options))
    except UserError as refusal:
        print(f"notemodeler: {refusal.sentence}", file=sys.stderr)
        if refusal.hint:
            print(refusal.hint, file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        sys.stderr.close()
    return 0
