"""The hand-written items of this set, and the half each belongs to."""

import hashlib
import json
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin
from pypinyin.phrases_dict import phrases_dict

sys.path.append(str(Path(__file__).resolve().parents[1]))

from halves import half
from spans import Slip, mail

__all__ = ["Item", "Slip", "benign", "half", "items", "mail", "page", "slips"]

DATA = Path(__file__).resolve().parent / "data"
# Neighbouring syllables of the brands' names: dictionary words that hold such a pair are the hard ones.
_PAIRS = tomllib.loads((DATA / "benign_frames.toml").read_text(encoding="utf-8"))["pairs"]
_FIELDS = {
    "手机号": "tel",
    "身份证": "text",
    "银行卡": "text",
    "卡号": "text",
    "CVV": "text",
    "验证码": "text",
    "密码": "password",
    "姓名": "text",
}


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def slips() -> list[Slip]:
    """All honest misspellings."""
    return [
        Slip(row["kind"], row["brand"], row["text"], row["start"], row["end"], row["recognisable"])
        for row in _rows("slips.jsonl")
    ]


@dataclass(frozen=True)
class Item:
    """One thing to check: KIND as `check --kind` knows it (or html, eml), the labels that are right, and its text."""

    kind: str
    scheme: str
    expect: tuple[str, ...]
    brand: str
    text: str


def items() -> list[Item]:
    """Impostors and honest things."""
    return [
        Item(row["kind"], row["scheme"], tuple(row["expect"]), row["brand"], row["text"])
        for row in [*_rows("impostors.jsonl"), *_rows("honest.jsonl")]
    ]


def page(text: str) -> str:
    """The saved page an item describes: title, heading, paragraph, and what can be done on it (form, apk, plain)."""
    title, heading, words, act = text.split("|")
    body = f"<p>{words}</p>"
    if act == "form":
        fields = "".join(
            f'<label>{name}<input type="{kind}" name="f{at}"></label>'
            for at, (name, kind) in enumerate(_FIELDS.items())
            if name in words
        )
        body += f'<form method="post" action="submit">{fields}<button>提交</button></form>'
    if act == "apk":
        body += '<a class="btn" href="files/install.apk">安卓下载</a>'
    head = f'<meta charset="utf-8"><title>{title}</title>'
    return f'<!doctype html><html lang="zh"><head>{head}</head><body><h1>{heading}</h1>{body}</body></html>'


def _words(wanted: int = 700) -> Iterator[tuple[str, str]]:
    """Dictionary words: all that hold a pair of a name's syllables, then others in the order of their hash."""
    listed = sorted(phrases_dict, key=lambda word: hashlib.sha256(f"rank {word}".encode()).digest())
    near = [word for word in listed if any(pair in f" {' '.join(lazy_pinyin(word))} " for pair in _PAIRS)]
    near = [word for word in near if "呗" not in word][: wanted // 2]
    taken = set(near)
    yield from (("word_near", word) for word in near)
    yield from (("word", word) for word in [w for w in listed if w not in taken][: wanted - len(near)])


def benign() -> list[tuple[str, str]]:
    """Kind and sentence, none of which speaks of a brand."""
    frames = tomllib.loads((DATA / "benign_frames.toml").read_text(encoding="utf-8"))
    found = [(str(row["kind"]), str(row["text"])) for row in _rows("benign.jsonl")]
    found += [("near_framed", frame.format(word)) for word in frames["near"] for frame in frames["frames"]]
    found += [("near_money", frame.format(word)) for word in frames["money_near"] for frame in frames["money"]]
    return [*found, *_words()]
