"""The hand-written items of this set, and the half each belongs to."""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin
from pypinyin.phrases_dict import phrases_dict

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


def half(text: str) -> str:
    """`dev` may be looked at; `held` is only counted. The first set's scheme: one bit of the hash."""
    return "held" if hashlib.sha256(text.encode()).digest()[0] & 1 else "dev"


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True)
class Slip:
    """A customer's honest misspelling: where it stands, and whether a careful reader would still know the brand."""

    kind: str
    brand: str
    text: str
    start: int
    end: int
    recognisable: bool


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


def mail(text: str) -> bytes:
    """The e-mail an item describes: sender, subject, body."""
    sender, subject, body = text.split("|")
    note = EmailMessage()
    name, address = re.fullmatch(r"(.*) <(.*)>", sender).groups()  # type: ignore[union-attr]  # all items have both
    note["From"] = f'"{name}" <{address}>'
    note["To"] = "reader@example.com"
    note["Subject"] = subject
    note["Date"] = "Fri, 20 Nov 2026 10:02:00 +0800"
    note["Message-ID"] = f"<{hashlib.sha256(text.encode()).hexdigest()[:16]}@{address.split('@')[1]}>"
    note.set_content(body)
    return bytes(note)


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
