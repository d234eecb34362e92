"""What the operating system refused, as a sentence about a file and a hint what to do."""

import errno
import os
from pathlib import Path

from notemodeler.domain.issues import UserError

SAVE_AS = "Use Save As to save it in another place; what was there before is untouched."

SAVE_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "the file would be larger than this disk allows",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EROFS: "the disk can only be read",
    errno.ENAMETOOLONG: "the name is too long for this disk",
    errno.ENOENT: "the folder does not exist",
    errno.ENOTDIR: "a part of the path is not a folder",
    errno.EISDIR: "there is a folder of that name",
    errno.ELOOP: "the links lead round in a circle",
    errno.EIO: "the disk reported an error",
}
READ_REASONS = SAVE_REASONS | {
    errno.ENOENT: "there is no such file",
    errno.EACCES: "you may not read it",
    errno.EPERM: "you may not read it",
    errno.EISDIR: "it is a folder",
}


def shown_name(path: str | os.PathLike[str]) -> str:
    """The file's name in quotation marks, printable and at most 80 characters long."""
    name = Path(path).name or str(path)
    plain = "".join(letter if letter.isprintable() else "?" for letter in name)
    return f"“{plain if len(plain) <= 80 else plain[:77] + '…'}”"


def cannot_save(path: str | os.PathLike[str], error: OSError | ValueError) -> UserError:
    """The refusal to write a file."""
    return UserError(
        f"{shown_name(path)} could not be saved: {_reason(error, SAVE_REASONS)}.", SAVE_AS
    )


def cannot_read(path: str | os.PathLike[str], error: OSError | ValueError) -> UserError:
    """The refusal to read a file."""
    return UserError(f"{shown_name(path)} could not be read: {_reason(error, READ_REASONS)}.")


def _reason(error: OSError | ValueError, reasons: dict[int, str]) -> str:
    if not isinstance(error, OSError):
        return "its name holds a character that no file name can have"
    if getattr(error, "winerror", None) in (32, 33):
        return "another program has it open"
    known = reasons.get(error.errno or 0)
    return known or (error.strerror or "the system gave no reason").rstrip(".").lower()
