"""The colours of the light and the dark face, each pair measured for contrast and safe for the colour-blind."""

from typing import NamedTuple

from PySide6.QtGui import QColor, QPalette


class Theme(NamedTuple):
    """Colours by what they mean, as #rrggbb. Lines reach 3:1 on `base`, text reaches 4.5:1."""

    name: str
    window: str
    base: str
    raised: str
    text: str
    muted: str
    outline: str
    grid: str
    accent: str
    on_accent: str
    bid: str
    conversion: str
    shares: str
    limit: str
    qualifying: str
    window_shade: str
    interest: str
    default: str
    error: str
    warning: str
    error_shade: str
    warning_shade: str


LIGHT = Theme(
    name="light",
    window="#f4f5f7", base="#ffffff", raised="#fafbfc", text="#1b1f24", muted="#57606a",
    outline="#d0d7de", grid="#e4e8ec", accent="#0b5cad", on_accent="#ffffff",
    bid="#0072b2", conversion="#d55e00", shares="#00795a", limit="#b0508a", qualifying="#000000",
    window_shade="#e3eefa", interest="#d55e00", default="#b0508a",
    error="#b3261e", warning="#8a5a00", error_shade="#fdecea", warning_shade="#fff5e0",
)  # fmt: skip

DARK = Theme(
    name="dark",
    window="#17191c", base="#1e1e1e", raised="#24272b", text="#e8eaed", muted="#a3abb4",
    outline="#3b4046", grid="#31353a", accent="#6cb2f5", on_accent="#10151a",
    bid="#56b4e9", conversion="#e69f00", shares="#1fb98b", limit="#d98fba", qualifying="#f0e442",
    window_shade="#24384c", interest="#e69f00", default="#d98fba",
    error="#ff8a80", warning="#f5c04a", error_shade="#43211f", warning_shade="#3b3018",
)  # fmt: skip


def palette(theme: Theme) -> QPalette:
    """The Qt palette that paints every ordinary widget in the theme."""
    made = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window, role.WindowText: theme.text, role.Base: theme.base,
        role.AlternateBase: theme.raised, role.Text: theme.text, role.Button: theme.raised,
        role.ButtonText: theme.text, role.BrightText: theme.error, role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text, role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent, role.PlaceholderText: theme.muted,
        role.Link: theme.accent, role.Mid: theme.outline, role.Midlight: theme.outline,
        role.Light: theme.base, role.Dark: theme.outline, role.Accent: theme.accent,
    }  # fmt: skip
    for which, colour in colours.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.muted))
    return made
