"""Characters of symbol fonts (``w:sym``, 17.3.3.30) as Unicode has them."""

from __future__ import annotations

_PRIVATE = 0xF000  # where Word keeps the characters of symbol fonts
UNKNOWN = "□"
# Boxes and ticks as forms have them, the marks lists begin with, and Symbol's Greek letters.
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0xA1: "○", 0xA7: "▪",
    0xA8: "☐", 0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x81 + number: chr(0x2460 + number) for number in range(10)},
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x2A: "☐"}
_SYMBOL = {
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "·", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞",
    0xAE: "→", 0xD7: "·", 0xD6: "√", 0xE5: "∑",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def character(font: str, code: str) -> str:
    """Return the character with a hexadecimal code in a font; an ordinary font's is Unicode's own.

    What is not known is :data:`UNKNOWN`.
    """
    try:
        point = int(code, 16)
    except ValueError:
        return UNKNOWN
    known = _FONTS.get(font.lower(), {}).get(point - _PRIVATE if point >= _PRIVATE else point)
    if known:
        return known
    ordinary = 0x20 <= point < 0xD800 and font.lower() not in _FONTS and not font.lower().startswith("w")
    return chr(point) if ordinary else UNKNOWN
