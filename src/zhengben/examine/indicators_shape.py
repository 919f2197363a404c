"""What every finder of contacts gives back, and the characters they share."""

from dataclasses import dataclass

HAN_DIGITS = {
    **dict(zip("零〇○一二三四五六七八九", "000123456789", strict=True)),
    **dict(zip("幺妖壹贰叁肆伍陆柒捌玖", "11123456789", strict=True)),
    **dict(zip("两弍貳參陸", "22236", strict=True)),
    **dict(zip("洞拐勾", "079", strict=True)),  # as numbers are read out over a radio (幺三九洞洞八拐)
}
LETTER_DIGITS = {"o": "0", "l": "1", "i": "1", "|": "1"}


@dataclass(frozen=True, slots=True)
class Found:
    """One contact in a view: `start` and `end` are positions in the view, `value` is normalised.

    `twin` marks a second reading of the same characters (a mobile number that is somebody's WeChat name).
    """

    kind: str
    value: str
    start: int
    end: int
    twin: bool = False


def as_digits(text: str) -> str:
    """Read digits however they are written; anything else is dropped.

    >>> as_digits("一三8-o零")
    '13800'
    """
    return "".join(_digit(char) for char in text)


def _digit(char: str) -> str:
    if char.isascii() and char.isdigit():
        return char
    return HAN_DIGITS.get(char) or LETTER_DIGITS.get(char, "")
