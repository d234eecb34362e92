"""A clause in the making: prices of which the lesser counts, and what follows them."""

from typing import NamedTuple

NUMERALS = ("(i)", "(ii)", "(iii)", "(iv)")


class Clause(NamedTuple):
    """The alternatives of which the lowest counts, each in words, and the words after them."""

    alternatives: tuple[str, ...]
    tail: str = ""

    def lesser_with(self, fixed: str) -> "Clause":
        """The clause with one more alternative before the others."""
        return self._replace(alternatives=(fixed, *self.alternatives))

    def greater_with(self, fixed: str) -> "Clause":
        """The greater of the fixed price and what the clause says so far."""
        between = "and " if len(self.alternatives) == 1 else "and (ii) "
        first = fixed if len(self.alternatives) == 1 else f"(i) {fixed}"
        inner = self.text.replace("(ii)", "(B)").replace("(i)", "(A)")
        return Clause((f"the greater of {first} {between}{inner}",))

    def followed_by(self, words: str) -> "Clause":
        """The clause with words after it."""
        return self._replace(tail=f"{self.tail}, {words}")

    @property
    def text(self) -> str:
        """The clause as one piece of a sentence."""
        return _lowest_of(self.alternatives) + self.tail


def _lowest_of(alternatives: tuple[str, ...]) -> str:
    if len(alternatives) == 1:
        return alternatives[0]
    if len(alternatives) == 2 and alternatives[0].startswith(("$", "a fixed")):
        return f"the lesser of {alternatives[0]} and {alternatives[1]}"
    numbered = [f"{numeral} {each}" for numeral, each in zip(NUMERALS, alternatives, strict=False)]
    name = "lesser" if len(alternatives) == 2 else "lowest"
    return f"the {name} of {', '.join(numbered[:-1])} and {numbered[-1]}"
