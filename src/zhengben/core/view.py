"""A view of a text for reading: folded so that rules meet one spelling, with an index back to the original.

The original is never altered. Folding is one character to one character or to nothing: full-width and styled letters,
circled digits, key-caps, look-alike Latin, upper case, and the traditional forms of words that rules look for.
"""

import unicodedata
from dataclasses import dataclass

_TRADITIONAL = (
    "貸開額點擊鏈連結請聯繫繋電話號碼騙詐偽銀賬帳戶轉費證認驗價貼圖網頁載裝軟體陸錄輸務專員業貨債還黑資質審過關閉壞譽徵個級紅獎領無視門戰絡們這說謊稱為義經辦"
    "導誘勿別萬億僞報導訊訴訟決詢問嗎麼樣誰應傳聞廣興趣買賣單價諮補償遇見記聲監規責盜貓薦紹舉識從屬實時間隨會聽讓發給對錢賺緊"
    "須繳納匯險撥線處後將預簽當營優條頭續準備現該歡廳鎖凍淨總統銷註權陳歸墊"
)
_SIMPLIFIED = (
    "贷开额点击链连结请联系系电话号码骗诈伪银账账户转费证认验价贴图网页载装软体陆录输务专员业货债还黑资质审过关闭坏誉征个级红奖领无视门战络们这说谎称为义经办"
    "导诱勿别万亿伪报导讯诉讼决询问吗么样谁应传闻广兴趣买卖单价咨补偿遇见记声监规责盗猫荐绍举识从属实时间随会听让发给对钱赚紧"
    "须缴纳汇险拨线处后将预签当营优条头续准备现该欢厅锁冻净总统销注权陈归垫"
)
_LOOKALIKE = ("аеорсхіѕуԁһԛԝјοανικτ", "aeopcxisydhqwjoavikt")
_TABLE = str.maketrans(_TRADITIONAL + _LOOKALIKE[0], _SIMPLIFIED + _LOOKALIKE[1])
_BLANKS = "\u3000\u00a0\u2800\u3164\u115f\u1160\uffa0"
_REMEMBERED = 30_000
# Letters in squares, circles and flags (🅰 🄰 Ⓐ 🇦 🄐): Unicode gives most of them no plain form, readers do.
_SQUARE = {
    first + at: chr(ord("a") + at) for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6, 0x1F110) for at in range(26)
}


@dataclass(frozen=True, slots=True)
class View:
    """`text` folded; `starts[i]` is where its i-th character stands in the original, in code points."""

    text: str
    starts: tuple[int, ...] | range
    original: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Turn a span of the view into the span of the original that covers it."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.original)
            return at, at
        return self.starts[start], self.starts[end - 1] + 1


class _Fold(dict[int, str]):
    """Character code to what a rule reads; remembers the first `_REMEMBERED` it meets: hostile text cannot fill it."""

    def __missing__(self, code: int) -> str:
        folded = _fold(chr(code))
        if len(self) < _REMEMBERED:
            self[code] = folded
        return folded


def _fold(char: str) -> str:
    if char in "\t\n\r":
        return char
    if char in _BLANKS:
        return " "
    category = unicodedata.category(char)
    if category in {"Cf", "Mn", "Me", "Cc", "Cs", "Co"}:
        return ""
    if category == "No" and (value := unicodedata.numeric(char, -1.0)) in {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}:
        return str(int(value))
    plain = _SQUARE.get(ord(char)) or unicodedata.normalize("NFKC", char).lower()
    # One character may become one or none, never more: ㎡ would become two, and every index behind it would be off.
    return plain.translate(_TABLE) if len(plain) == 1 else char


_FOLD = _Fold()


def view(original: str) -> View:
    r"""Fold a text for reading.

    >>> view("加V\u200bＸ：①③").text
    '加vx:13'
    >>> view("a\u200bb").span(0, 2)
    (0, 3)
    """
    folded = original.translate(_FOLD)
    if len(folded) == len(original):
        return View(folded, range(len(original)), original)
    starts = tuple(at for at, char in enumerate(original) if _FOLD[ord(char)])
    return View(folded, starts, original)
