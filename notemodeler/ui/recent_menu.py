"""The documents last used, as a menu that is made when it opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from notemodeler.ui.file_desk import FileDesk


class RecentMenu(QMenu):
    """Up to ten documents; one that is gone is greyed and says so."""

    def __init__(self, files: Callable[[], FileDesk], parent: QMenu) -> None:
        super().__init__("Open &Recent", parent)
        self.setObjectName("open_recent")
        self._files = files
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Write the menu anew."""
        self.clear()
        session = self._files().session
        paths = session.recent
        for place, path in enumerate(paths, start=1):
            exists = path.is_file()
            words = f"&{place % 10} {path.name}"
            action = self.addAction(words if exists else f"{words} (not found)")
            action.setStatusTip(str(path))
            action.setToolTip(str(path))
            action.setEnabled(exists)
            action.triggered.connect(partial(self._open, place - 1))
        if not paths:
            self.addAction("No documents yet").setEnabled(False)
            return
        self.addSeparator()
        self.addAction("&Clear the list").triggered.connect(session.clear_recent)

    def _open(self, place: int, _checked: bool = False) -> None:
        files = self._files()
        files.open(files.session.recent[place])
