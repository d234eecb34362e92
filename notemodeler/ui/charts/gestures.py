"""What mouse and keys do to a chart: move and pin the cursor, pan, zoom, drag a bid."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer

from notemodeler.ui.charts.desk import Desk, Stride
from notemodeler.ui.charts.plane import Plane

FRAME_MILLISECONDS = 16
CLICK_PIXELS = 4.0
ZOOM_A_NOTCH = 0.8

STRIDES = {
    Qt.KeyboardModifier.NoModifier: Stride.DAY,
    Qt.KeyboardModifier.ShiftModifier: Stride.WEEK,
    Qt.KeyboardModifier.ControlModifier: Stride.MONTH,
}


class Draggable(Protocol):
    """Something in the plot that the mouse can take hold of."""

    def is_near(self, at: QPointF) -> bool: ...
    def start(self, at: QPointF) -> None: ...
    def move(self, at: QPointF) -> None: ...
    def finish(self) -> None: ...
    def cancel(self) -> bool:
        """Put everything back; whether there was a drag to cancel."""


class Gestures(QObject):
    """The gestures of one chart. Mouse moves are followed once a frame; a release counts where it happens."""

    def __init__(
        self,
        desk: Desk,
        plane: Callable[[], Plane],
        show_pointer: Callable[[QPointF | None, bool], None],
        draggable: Draggable | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._plane = plane
        self._show_pointer = show_pointer
        self._draggable = draggable
        self._pressed: QPointF | None = None
        self._first_at_press = 0.0
        self._is_panning = self._is_dragging = False
        self._was_pinned = False
        self._waiting: tuple[QPointF, bool] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FRAME_MILLISECONDS)
        self._timer.timeout.connect(self._follow_waiting)

    def press(self, at: QPointF) -> None:
        self._pressed, self._first_at_press = at, self._desk.first
        if self._draggable is not None and self._draggable.is_near(at):
            self._is_dragging = True
            self._draggable.start(at)

    def move(self, at: QPointF, held: bool) -> None:
        """Follow now, or with the next frame if one was followed just before."""
        if self._timer.isActive():
            self._waiting = (at, held)
        else:
            self._follow(at, held)
            self._timer.start()

    def _follow_waiting(self) -> None:
        if self._waiting is not None:
            (at, held), self._waiting = self._waiting, None
            self._follow(at, held)
            self._timer.start()

    def _follow(self, at: QPointF, held: bool) -> None:
        if held and self._pressed is not None:
            self._follow_held(at, self._pressed)
            return
        near = self._draggable is not None and self._draggable.is_near(at)
        inside = self._plane().rect.contains(at)
        self._show_pointer(at if inside else None, near)
        if inside and not self._desk.is_pinned:
            self._desk.point_at(self._plane().place_at(at.x()))

    def _follow_held(self, at: QPointF, pressed: QPointF) -> None:
        if self._is_dragging and self._draggable is not None:
            self._draggable.move(at)
            return
        if abs(at.x() - pressed.x()) > CLICK_PIXELS:
            self._is_panning = True
        if self._is_panning:
            days = (at.x() - pressed.x()) / self._plane().day_width
            self._desk.show_from(self._first_at_press - days)

    def release(self, at: QPointF) -> None:
        self._waiting = None
        if self._pressed is None:
            return
        self._follow_held(at, self._pressed)
        if self._is_dragging and self._draggable is not None:
            self._draggable.finish()
        elif not self._is_panning and self._plane().rect.contains(at):
            self._click(at)
        self._pressed, self._is_panning, self._is_dragging = None, False, False

    def _click(self, at: QPointF) -> None:
        """Pin the cursor to the day; on the pinned day, let it go again."""
        desk, day_before = self._desk, self._desk.cursor
        self._was_pinned = desk.is_pinned
        desk.point_at(self._plane().place_at(at.x()))
        desk.set_pinned(not (desk.is_pinned and desk.cursor == day_before))

    def double_click(self) -> None:
        """Show all days; the first of the two clicks is taken back."""
        self._desk.set_pinned(self._was_pinned)
        self._desk.reset()

    def leave(self) -> None:
        self._waiting = None
        self._show_pointer(None, False)

    def wheel(self, at: QPointF, turned: QPoint) -> None:
        """Zoom around the pointer; a sideways wheel pans."""
        if abs(turned.x()) > abs(turned.y()):
            wide = self._desk.last - self._desk.first
            self._desk.show_from(self._desk.first - turned.x() / 120 * wide * 0.1)
        elif turned.y():
            self._desk.zoom(self._plane().place_at(at.x()), ZOOM_A_NOTCH ** (turned.y() / 120))

    def key(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Whether the key meant something here."""
        plain = modifiers & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and plain in STRIDES:
            self._desk.step(STRIDES[plain], key == Qt.Key.Key_Right)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._desk.go_to_end(key == Qt.Key.Key_End)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            factor = 1 / ZOOM_A_NOTCH if key == Qt.Key.Key_Minus else ZOOM_A_NOTCH
            self._desk.zoom(self._desk.cursor, factor)
        elif key == Qt.Key.Key_0:
            self._desk.reset()
        elif key == Qt.Key.Key_Escape:
            return self._escape()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
            self._desk.set_pinned(not self._desk.is_pinned)
        else:
            return False
        return True

    def _escape(self) -> bool:
        if self._draggable is not None and self._draggable.cancel():
            self._is_dragging, self._pressed = False, None
            return True
        was_pinned = self._desk.is_pinned
        self._desk.set_pinned(False)
        return was_pinned
