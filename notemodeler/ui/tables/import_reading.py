"""A price table read beside the window: the thread touches no widget, the window asks how far it is."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from notemodeler.domain.issues import UserError

if TYPE_CHECKING:
    from notemodeler.io.price_files import PriceProposal

Source = bytes | str | Path


class _CancelledError(Exception):
    """The reader was told to stop."""


class Reading:
    """One reading under way. When `is_done`, either `proposal` or `refusal` is there, or it was cancelled."""

    def __init__(self, source: Source, name: str, answers: Mapping[str, str]) -> None:
        self.fraction = 0.0
        self.proposal: PriceProposal | None = None
        self.refusal: UserError | None = None
        self._bug: BaseException | None = None
        self._is_cancelled = False
        self._thread = threading.Thread(
            target=self._read, args=(source, name, dict(answers)), name="read prices", daemon=True
        )
        self._thread.start()

    def _read(self, source: Source, name: str, answers: Mapping[str, str]) -> None:
        try:
            from notemodeler.io.price_files import read_price_table

            self.proposal = read_price_table(
                source, name=name, answers=answers, report=self._report
            )
        except _CancelledError:
            pass
        except UserError as error:
            self.refusal = error
        except BaseException as error:
            self._bug = error

    def _report(self, fraction: float) -> None:
        self.fraction = fraction
        if self._is_cancelled:
            raise _CancelledError

    def is_done(self, wait: float = 0.0) -> bool:
        """Whether the reading has ended, after waiting so many seconds; a bug in it is raised here."""
        if wait:
            self._thread.join(wait)
        if self._thread.is_alive():
            return False
        if self._bug is not None:
            bug, self._bug = self._bug, None
            raise bug
        return True

    def stop(self) -> None:
        """End the reading, and wait until it has ended."""
        self._is_cancelled = True
        self._thread.join()
