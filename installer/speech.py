"""How the set-up talks: plain sentences, apart from the program's own output."""

import sys


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


class SetUpError(Exception):
    """The set-up cannot go on; the text says why and what to type."""
