"""Date texts made plain: times, weekday names and foreign month names out, so that the domain can read them."""

import re
import unicodedata

from notemodeler.domain.dates import MONTH_NAMES

LONGEST = 60
TIME = re.compile(
    r"(?:,? |T)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)? ?(?:[ap]\.?m\.?)?"
    r" ?(?:Z|[A-Z]{2,4}|[+-][0-9]{2}:?[0-9]{2})?$",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thurs?|thu|fri|sat|sun"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|mo|di|mi|do|fr|sa|so)\.?,? ",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+")
LETTER = re.compile(r"[^\W\d_]")
LINKING = frozenset({"de", "del", "of"})

# Per month: German, French, Spanish, Italian, Portuguese, Dutch, Polish (two cases), Scandinavian.
FOREIGN_MONTHS = (
    "januar janner janvier enero gennaio janeiro januari styczen stycznia",
    "februar fevrier febrero febbraio fevereiro februari luty lutego",
    "marz maerz mars marzo marco maart mrt marzec marca",
    "april avril abril aprile kwiecien kwietnia",
    "mai mayo maggio maio mei maj maja",
    "juni juin junio giugno junho czerwiec czerwca",
    "juli juillet julio luglio julho lipiec lipca",
    "august aout agosto augustus augusti sierpien sierpnia",
    "september septembre septiembre settembre setembro wrzesien wrzesnia",
    "oktober octobre octubre ottobre outubro pazdziernik pazdziernika",
    "november novembre noviembre novembro listopad listopada",
    "dezember decembre diciembre dicembre dezembro december grudzien grudnia",
)


def without_accents(text: str) -> str:
    """Lower case with plain letters: `März` as `marz`, `Zamknięcie` as `zamkniecie`."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l").replace("ø", "o"))
    return "".join(part for part in parts if not unicodedata.combining(part))


def plain_date(text: str) -> str:
    """The text without the time of day and the weekday, month names in English."""
    line = " ".join(text.split())
    if len(line) > LONGEST:
        return line
    line = TIME.sub("", line) if ":" in line else line
    if not LETTER.search(line):
        return line
    line = WEEKDAY.sub("", line, count=1) if WEEKDAY.match(line) else line
    line = re.sub(r"(?<=[0-9])\.(?= |[^\W\d_])", "", line)
    return " ".join(WORD.sub(_english, line).split()).rstrip(",")


def _english(match: re.Match[str]) -> str:
    word = without_accents(match[0])
    if word in LINKING:
        return ""
    if len(word) < 3:
        return match[0]
    months = {
        number
        for number, names in enumerate(FOREIGN_MONTHS)
        if any(name.startswith(word) for name in (*names.split(), MONTH_NAMES[number].lower()))
    }
    return MONTH_NAMES[months.pop()] if len(months) == 1 else match[0]
