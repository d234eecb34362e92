"""Bytes to text: the encodings that price files come in, found without asking."""

import codecs
import io
from pathlib import Path

from notemodeler.domain.issues import UserError
from notemodeler.io.price_files.limits import MOST_BYTES, too_large

CHUNK = 1 << 20
MARKS = (
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Excel (.xls) or a password-protected workbook"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
SAVE_AS = "Save it as .xlsx or .csv, or copy the rows and paste them."


def read_source(source: bytes | str | Path) -> tuple[bytes, str]:
    """The bytes of a file, of bytes or of pasted text, and the encoding that is already known."""
    if isinstance(source, Path):
        return _read_file(source), ""
    data, encoding = (source, "")
    if isinstance(source, str):
        data, encoding = source.encode("utf-8", "replace"), "utf-8-sig"
    assert isinstance(data, bytes)
    if len(data) > MOST_BYTES:
        raise too_large()
    return data, encoding


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise UserError(f"“{path.name}” cannot be read: {reason}.") from error
    if len(data) > MOST_BYTES:
        raise too_large()
    return data


def encoding_of(data: bytes) -> str:
    """The name of the text encoding of a file's bytes; raises `UserError` if they are not text."""
    _refuse_foreign(data)
    for mark, encoding in MARKS:
        if data.startswith(mark):
            if not encoding:
                raise UserError("The file is text in UTF-32, which is not read.", SAVE_AS)
            return encoding
    if sixteen := _unmarked_utf16(data[:2048]):
        return sixteen
    return "utf-8" if _decodes(data, "utf-8") else "cp1252"


def _refuse_foreign(data: bytes) -> None:
    for start, name in FOREIGN:
        if data.startswith(start):
            raise UserError(f"The file is {name}, not a price table.", SAVE_AS)
    if (
        data[:256]
        .lstrip(b"\xef\xbb\xbf \t\r\n")
        .lower()
        .startswith((b"<!doctype", b"<html", b"<?xml"))
    ):
        raise UserError("The file is a web page or XML, not a price table.", SAVE_AS)


def _unmarked_utf16(head: bytes) -> str:
    """UTF-16 without its mark shows as Latin letters with every other byte zero."""
    half = len(head) // 2
    if half < 4:
        return ""
    even, odd = head[0 : half * 2 : 2].count(0), head[1 : half * 2 : 2].count(0)
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd < half * 0.1 else ""


def _decodes(data: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for start in range(0, len(data), CHUNK):
            decoder.decode(data[start : start + CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def open_text(data: bytes, encoding: str) -> io.TextIOWrapper:
    """The lines of the bytes with their own line ends; a byte without meaning becomes U+FFFD."""
    return io.TextIOWrapper(io.BytesIO(data), encoding, errors="replace", newline="")
