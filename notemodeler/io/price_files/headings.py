"""What the headings of price tables mean, in the words of the sources and languages that people bring."""

import re
from enum import Enum, auto

from notemodeler.domain.prices import PriceKind
from notemodeler.io.price_files.date_words import without_accents


class Role(Enum):
    """What a column is for."""

    DATE = auto()
    TIME = auto()
    TICKER = auto()
    SERIES = auto()
    CLOSE = auto()
    BID = auto()
    LOW = auto()
    VWAP = auto()
    PRICE = auto()
    UNKNOWN = auto()
    ADJUSTED = auto()
    OPEN = auto()
    HIGH = auto()
    ASK = auto()
    MEAN = auto()
    VOLUME = auto()
    CHANGE = auto()
    OTHER = auto()


IGNORED_REASON = {
    Role.DATE: "Another column holds the dates.",
    Role.TIME: "The time of day is not used.",
    Role.TICKER: "It says which share a row is about.",
    Role.SERIES: "It says which price a row holds.",
    Role.UNKNOWN: "The heading is not one this program knows, and other columns say what they are.",
    Role.PRICE: "The heading does not say which price it is, and another column is the close.",
    Role.ADJUSTED: (
        "Adjusted prices are restated after each dividend and split; a note converts at prices as "
        "they were quoted on the day."
    ),
    Role.OPEN: "Opening prices do not enter a conversion price.",
    Role.HIGH: "Day highs do not enter a conversion price.",
    Role.ASK: "Asked prices do not enter a conversion price.",
    Role.MEAN: "The heading does not say how this average was made.",
    Role.VOLUME: "Volume is not a price.",
    Role.CHANGE: "The change is not a price.",
    Role.OTHER: "It is not a price of the day.",
}
"""Why a column in this role is left aside."""

KIND_OF = {
    Role.CLOSE: PriceKind.CLOSE,
    Role.BID: PriceKind.BID,
    Role.LOW: PriceKind.LOW,
    Role.VWAP: PriceKind.VWAP,
}

ALIASES: dict[Role, str] = {
    Role.DATE: (
        "date, dates, datum, data, fecha, dato, day, tag, dzien, jour, dia, giorno, dag, trade date, "
        "trading date, trading day, exchange date, pricing date, price date, session, timestamp, "
        "datetime, date time, handelstag, dtyyyymmdd, paivamaara, trade day, quote date, as of date"
    ),
    Role.TIME: "time, zeit, uhrzeit, czas, heure, hora, ora, tijd",
    Role.TICKER: "ticker, symbol, ric, isin, walor, instrument",
    Role.SERIES: "series, price kind, kind of price",
    Role.CLOSE: (
        "close, close last, closing price, close price, closing, last, last price, last trade, latest, "
        "latest price, px last, px close, px settle, settlement, zamkniecie, kurs zamkniecia, zuletzt, "
        "schluss, schlusskurs, schlussstand, letzter, letzter kurs, cierre, ultimo, ultimo precio, "
        "ultima, chiusura, prezzo di chiusura, fermeture, cloture, dernier, slot, slotkoers, laatste, "
        "sluiting, fechamento, stangning, stangningskurs, senast, close usd, trade price"
    ),
    Role.BID: (
        "bid, px bid, bid price, closing bid, closing bid price, close bid, bid close, last bid, "
        "best bid, geld, geldkurs, kupno, oferta kupna, denaro, achat, biedkoers, compra, bud"
    ),
    Role.LOW: (
        "low, px low, low price, day low, lowest, intraday low, min, minimum, najnizszy, najnizsza, "
        "tief, tiefst, tiefstkurs, tageskurs tief, tagestief, bas, plus bas, minimo, laag, laagste, minima, lagst"
    ),
    Role.VWAP: (
        "vwap, px vwap, daily vwap, eqy weighted avg px, vwap price, volume weighted average price, "
        "volume weighted average, weighted average price"
    ),
    Role.PRICE: "price, kurs, preis, cena, prix, cours, precio, prezzo, preco, koers, quote, value",
    Role.ADJUSTED: "adj close, adjusted close, close adj, adj price, bereinigter schlusskurs",
    Role.OPEN: (
        "open, px open, opening, open price, otwarcie, eroffnung, eroffnungskurs, erster, apertura, "
        "ouverture, ouv, abertura, opening price, first, openen"
    ),
    Role.HIGH: (
        "high, px high, high price, day high, max, maximum, najwyzszy, najwyzsza, hoch, hochst, "
        "hochstkurs, tageshoch, haut, plus haut, maximo, massimo, hoog, hoogste, maxima, highest"
    ),
    Role.ASK: "ask, px ask, offer, ask price, closing ask, brief, briefkurs, sprzedaz, lettera, vente",
    Role.MEAN: "average, mean, avg price, average price, mid, px mid, midpoint, mittelkurs",
    Role.VOLUME: (
        "volume, vol, px volume, wolumen, volumen, turnover, umsatz, stucke, obrot, shares, trades, "
        "number of trades, transactions, openint, open interest, volumes, tickvol"
    ),
    Role.CHANGE: (
        "change, chg, net change, net chg, zmiana, veranderung, diff, differenz, variation, var, "
        "variazione, variacion, return, perf, performance, entwicklung, wijziging, vari, verand"
    ),
    Role.OTHER: "per, dividends, dividend, stock splits, splits, split, currency, exchange, capital gains",
}
ROLE_OF = {alias: role for role, aliases in ALIASES.items() for alias in aliases.split(", ")}
NOT_PRICES = {
    **dict.fromkeys(("size", "volume", "vol", "qty", "quantity", "trades"), Role.VOLUME),
    **dict.fromkeys(("change", "chg", "%"), Role.CHANGE),
    **dict.fromkeys(("yield", "spread", "date", "updated"), Role.OTHER),
    "time": Role.TIME,
}
"""Words that make something else of a heading that begins like a price: bid size, last update."""
DATE_WORDS = frozenset({"date", "datum", "fecha", "timestamp", "datetime"})
ADJUSTED_WORDS = ("adj", "bereinigt", "ajust", "skoryg", "rettificat")
SPLIT_ONLY = "adjusted for splits"
NUMBERED = re.compile(r"^[0-9]+[.a-z]? ")
NO_WORD = re.compile(r"[^\w%]+|_")


def plain_heading(text: str) -> str:
    """The heading's words in lower case, without accents, marks, numbering and the share's units."""
    words = NO_WORD.sub(" ", without_accents(text[:200]).replace("%", " % ")).strip()
    return NUMBERED.sub("", " ".join(words.split()))


def role_of(heading: str) -> Role:
    """What a column under this heading is for."""
    words = plain_heading(heading)
    if words in ROLE_OF:
        return ROLE_OF[words]
    # Yahoo explains its own Close as "close price adjusted for splits": that is still the close.
    explained = words.startswith("close") and SPLIT_ONLY in words
    if not explained and any(word.startswith(ADJUSTED_WORDS) for word in words.split()):
        return Role.ADJUSTED
    if words.partition(" ")[0] in DATE_WORDS:
        return Role.DATE
    for word in words.split():
        if word in NOT_PRICES:
            return NOT_PRICES[word]
    return _role_of_first_words(words)


def _role_of_first_words(words: str) -> Role:
    parts = words.split()
    for count in range(min(len(parts), 4), 0, -1):
        role = ROLE_OF.get(" ".join(parts[:count]))
        if role is not None and role is not Role.DATE:
            return role
    return Role.UNKNOWN
