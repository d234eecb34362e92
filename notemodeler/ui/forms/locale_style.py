"""How numbers and dates are written where the user lives."""

from PySide6.QtCore import QLocale

from notemodeler.domain.numbers import FORM, Style


def style_from_locale(locale: QLocale) -> Style:
    """The decimal and grouping marks and the order of day and month of a locale.

    Locales with digits other than 0-9 get the plain form: the parser reads those digits only. So does
    the C locale, which is nobody's.
    """
    if locale.zeroDigit() != "0" or locale.language() is QLocale.Language.C:
        return FORM
    short = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return Style(
        decimal_mark=locale.decimalPoint(),
        group_mark=locale.groupSeparator(),
        day_first=-1 < short.find("d") < short.find("M"),
    )
