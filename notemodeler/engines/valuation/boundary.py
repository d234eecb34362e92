"""When the holder converts, in words: converting now against waiting, and the worth from which it converts."""

from collections.abc import Iterator

from notemodeler.domain.dates import show_date
from notemodeler.engines.valuation.inputs import Inputs
from notemodeler.engines.valuation.remaining import Remaining
from notemodeler.engines.valuation.window_tree import Threshold

NEARLY = 1e-9


def boundary_words(
    inputs: Inputs,
    remaining: Remaining,
    waiting: float,
    worth_now: float | None,
    thresholds: tuple[Threshold, ...],
) -> tuple[str, ...]:
    """Sentences about the holder's best time; `waiting` is the value of waiting per dollar converted."""
    words = [_now(remaining, waiting, worth_now)]
    words += _later(inputs, thresholds)
    return tuple(words)


def _now(remaining: Remaining, waiting: float, worth_now: float | None) -> str:
    if worth_now is None:
        return f"No notice can be given on this day; each dollar that may convert is worth ${waiting:.4f}."
    now = worth_now / remaining.amount
    better = "to convert now" if now >= waiting else "to wait"
    return f"Converting at once gives ${now:.4f} for each dollar, waiting ${waiting:.4f}: it pays {better}."


def _later(inputs: Inputs, thresholds: tuple[Threshold, ...]) -> Iterator[str]:
    for each in {threshold.step: threshold for threshold in thresholds}.values():
        day = show_date(inputs.steps[each.step])
        least, most = each.converts_from, each.waits_until
        if least is None:
            yield f"On {day} the holder waits whatever the price."
        elif most is None:
            yield f"On {day} the holder converts whatever the price."
        elif least >= most - NEARLY:
            yield f"On {day} the holder converts once the shares are worth ${least:.2f} for each dollar."
        else:
            yield (
                f"On {day} the holder never converts for shares worth less than ${least:.2f} for each dollar "
                f"and always for more than ${most:.2f}; in between the lows about to leave the window decide."
            )
