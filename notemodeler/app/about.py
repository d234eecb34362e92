"""What the program is: version, licence, and the libraries that it stands on."""

from importlib.metadata import PackageNotFoundError, metadata

from notemodeler import __version__

LIBRARIES = (
    "PySide6-Essentials",
    "shiboken6",
    "pyqtgraph",
    "colorama",
    "numpy",
    "openpyxl",
    "et_xmlfile",
    "defusedxml",
    "pyxirr",
)


def about_markdown() -> str:
    """The page behind Help > About."""
    lines = [
        "# Note Modeler",
        "",
        f"Version {__version__}. Floating-price convertible notes, to the cent, and why.",
        "",
        "Free software under the MIT licence. Nothing that you enter leaves this machine: the program",
        "opens no network connection.",
        "",
        "Qt and PySide6 are used under the LGPL version 3; they are installed as separate libraries, which",
        "you may replace with your own build. The trading calendar was made with the library *holidays* (MIT).",
        "",
        "| Library | Version | Licence |",
        "|---|---|---|",
    ]
    return "\n".join([*lines, *(_row(name) for name in LIBRARIES)])


def _row(name: str) -> str:
    try:
        known = metadata(name)
    except PackageNotFoundError:
        return f"| {name} | not installed | |"
    licences = (known[key] for key in ("License-Expression", "License") if key in known)
    licence = next((text for text in licences if text), "see its files")
    return f"| {name} | {known['Version']} | {licence.splitlines()[0][:40]} |"
