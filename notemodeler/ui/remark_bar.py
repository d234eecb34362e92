"""What a reader must know of the document, over everything else: one line, the rest on request."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from notemodeler.ui.theme import Theme

SHORT = 190
"""Remarks longer than this are cut until the reader asks for the rest."""


class RemarkBar(QLabel):
    """Hidden while there is nothing to say; a long remark opens and closes by its link."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("remark")
        self.setAccessibleName("Remark on the document")
        self.setWordWrap(True)
        self.setContentsMargins(12, 5, 12, 5)
        self.setAutoFillBackground(True)
        self._remark = ""
        self._is_open = False
        self.linkActivated.connect(lambda _link: self.toggle())
        self.set_theme(theme)

    def say(self, remark: str) -> None:
        """Show a remark, cut if it is long."""
        if remark != self._remark:
            self._remark, self._is_open = remark, False
            self._show()
        self.setVisible(bool(remark))

    def toggle(self) -> None:
        """Open or close the rest of a long remark."""
        self._is_open = not self._is_open
        self._show()

    def set_theme(self, theme: Theme) -> None:
        shade = self.palette()
        shade.setColor(QPalette.ColorRole.Window, QColor(theme.warning_shade))
        shade.setColor(QPalette.ColorRole.WindowText, QColor(theme.text))
        shade.setColor(QPalette.ColorRole.Link, QColor(theme.accent))
        self.setPalette(shade)

    def _show(self) -> None:
        self.setAccessibleDescription(self._remark)
        if len(self._remark) <= SHORT:
            self.setTextFormat(Qt.TextFormat.PlainText)
            self.setText(self._remark)
            return
        from html import escape

        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse
                                     | Qt.TextInteractionFlag.LinksAccessibleByKeyboard)  # fmt: skip
        whole = escape(self._remark).replace("\n", "<br>")
        cut = escape(self._remark[:SHORT].rsplit(None, 1)[0])
        link = '<a href="less">less</a>' if self._is_open else '<a href="more">more</a>'
        self.setText(f"{whole} {link}" if self._is_open else f"{cut} … {link}")
