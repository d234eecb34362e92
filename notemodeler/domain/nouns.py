"""`dataclass` for the nouns of the domain: frozen as those of the standard library, but quick to make.

Python below 3.13 compiles six functions for every frozen dataclass, which was a tenth of the time in
which the window opens. Here only `__init__` is compiled; the other five are shared.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen: Literal[True], slots: bool = False) -> Callable[[type], type]:
        """As `dataclasses.dataclass(frozen=True)`: equality, hash and text follow from the fields."""
        assert frozen, "every noun of the domain is immutable"

        def make(noun: type) -> type:
            made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(noun)
            _give_methods(made)
            return made

        return make


def _give_methods(noun: Any) -> None:
    parts = dataclasses.fields(noun)
    names = tuple(part.name for part in parts)
    values = attrgetter(*names)  # of one name the value alone, which compares and hashes as well

    def equals(self: Any, other: object) -> bool:
        if self is other:
            return True
        return values(self) == values(other) if other.__class__ is noun else NotImplemented

    def hash_of(self: Any) -> int:
        return hash(values(self))

    def text(self: Any) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{noun.__qualname__}({shown})"

    def reduced(self: Any) -> tuple[type, tuple[Any, ...]]:
        return noun, tuple(getattr(self, name) for name in names)

    noun.__init__ = _init_of(noun, parts)
    noun.__eq__, noun.__hash__, noun.__repr__ = equals, hash_of, text
    noun.__reduce__ = reduced  # copies and pickles are made anew, as no attribute can be set
    noun.__setattr__, noun.__delattr__ = _refuse_to_set, _refuse_to_delete


def _init_of(noun: type[Any], parts: tuple[dataclasses.Field[Any], ...]) -> Callable[..., None]:
    """`__init__` as the standard library writes it: one parameter for each field, set in their order."""
    known: dict[str, Any] = {"put": object.__setattr__, "ABSENT": dataclasses.MISSING}
    parameters, lines = ["self"], []
    for part in parts:
        name = value = part.name
        if part.default is not dataclasses.MISSING:
            known[f"default_{name}"] = part.default
            parameters.append(f"{name}=default_{name}")
        elif part.default_factory is not dataclasses.MISSING:
            known[f"make_{name}"] = part.default_factory
            parameters.append(f"{name}=ABSENT")
            value = f"make_{name}() if {name} is ABSENT else {name}"
        else:
            parameters.append(name)
        lines.append(f" put(self, {name!r}, {value})")
    if hasattr(noun, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec("\n".join((f"def __init__({', '.join(parameters)}):", *lines)), known)
    made: Callable[..., None] = known["__init__"]
    made.__annotations__ = {part.name: part.type for part in parts}
    made.__qualname__ = f"{noun.__qualname__}.__init__"
    return made


def _refuse_to_set(self: object, name: str, value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
