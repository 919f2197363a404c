"""Mutate app files: structure-aware damage to headers, chunks and lengths, each repeatable from its number.

The search that uses it without end is `benchmarks/apps_fuzz.py`; `tests/examine/test_app_fuzz.py` is its bounded form.
"""

import random
import struct
from collections.abc import Callable, Mapping
from functools import cache

from zhengben.range.make_apk import Extras, app_entries, make_apk, signing_key
from zhengben.range.make_apk_sign import SigningKey, v1_entries
from zhengben.range.make_apk_zip import STORED, Entry, write_parts
from zhengben.range.make_app_hap import make_hap, make_hap_set
from zhengben.range.make_app_ios import make_ipa, make_mobileconfig
from zhengben.range.make_app_sets import make_aab, make_set

EDGE = (0, 1, 2, 7, 8, 27, 28, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
MAGICS = (b"PK\1\2", b"PK\3\4", b"PK\5\6", b"APK Sig Block 42", b"\x02\x01\x10\x00", b"\x01\x00\x1c\x00", b"\x01\x02")


def _key() -> SigningKey:
    return signing_key("storm", "Storm")


@cache
def _apk() -> bytes:
    return make_apk(
        package="cn.example.storm", labels={"": "Loan", "zh": "微粒贷"}, permissions=["READ_SMS"],
        urls=["https://storm.example/"], signer=_key(), extras=Extras(alias_labels={"": "x"}),
    )  # fmt: skip


@cache
def _stored() -> bytes:
    """Give a package whose entries are stored, so that damage reaches manifest and table unpacked."""
    entries = app_entries(
        package="cn.example.storm",
        labels={"": "Loan", "zh": "微粒贷"},
        permissions=["READ_SMS"],
        urls=[],
        extras=Extras(),
    )
    return write_parts([Entry(name=e.name, data=e.data, method=STORED) for e in entries]).join()


@cache
def _ipa() -> bytes:
    names = {"": "Loan", "zh-Hans": "微粒贷"}
    return make_ipa(bundle="cn.example.storm", names=names, signer=_key(), code_signer=_key())


@cache
def _profile() -> bytes:
    return make_mobileconfig(label="微粒贷", url="https://storm.example/", signer=_key())


@cache
def _hap() -> bytes:
    return make_hap(bundle="cn.example.storm", labels={"": "Loan", "zh_CN": "微粒贷"}, signer=_key())


@cache
def _xapk() -> bytes:
    return make_set("xapk", _apk(), {}, {"package_name": "cn.example.storm", "name": "微粒贷"})


@cache
def _aab() -> bytes:
    return make_aab(package="cn.example.storm", labels={"": "Loan", "zh": "微粒贷"}, signer=_key())


@cache
def _hap_set() -> bytes:
    return make_hap_set({"entry.hap": _hap()})


@cache
def _jar() -> bytes:
    """Give a package signed by scheme v1 alone, whose manifest of signatures is read as text."""
    entries = app_entries(
        package="cn.example.storm", labels={"": "微粒贷"}, permissions=["READ_SMS"], urls=[],
        extras=Extras(target_sdk=28),
    )  # fmt: skip
    stored = [Entry(name=e.name, data=e.data, method=STORED) for e in [*entries, *v1_entries(entries, _key())]]
    return write_parts(stored).join()


@cache
def _wrapped() -> bytes:
    files = {"a.ipa": _ipa(), "b.xapk": _xapk(), "readme.txt": b"x"}
    return write_parts([Entry(name=name, data=data, method=STORED) for name, data in files.items()]).join()


SEEDS: Mapping[str, Callable[[], bytes]] = {
    "a.apk": _apk, "stored.apk": _stored, "a.ipa": _ipa, "a.mobileconfig": _profile, "a.hap": _hap, "a.xapk": _xapk,
    "a.aab": _aab, "a.app": _hap_set, "v1.apk": _jar, "a.zip": _wrapped,
}  # fmt: skip


def mutate(data: bytes, number: int) -> bytes:
    """Damage a file in the way this number stands for: one to six mutations.

    >>> mutate(b"PK" * 40, 5) == mutate(b"PK" * 40, 5)
    True
    """
    luck = random.Random(number)
    out = bytearray(data)
    for _ in range(luck.randint(1, 6)):
        luck.choice(_WAYS)(out, luck)
    return bytes(out)


def _place(out: bytearray, luck: random.Random) -> int:
    """Choose a place: anywhere, or just behind a magic number, where lengths and counts stand."""
    magic = luck.choice(MAGICS)
    places = [i for i in range(len(out) - 4) if out[i : i + len(magic)] == magic][:40] if luck.random() < 0.5 else []
    return (
        (luck.choice(places) + luck.randint(0, 40)) % max(1, len(out)) if places else luck.randrange(max(1, len(out)))
    )


def _flip(out: bytearray, luck: random.Random) -> None:
    if out:
        out[_place(out, luck)] ^= 1 << luck.randrange(8)


def _word(out: bytearray, luck: random.Random) -> None:
    at = _place(out, luck)
    form = luck.choice("BHI")
    size = struct.calcsize(form)
    if at + size <= len(out):
        struct.pack_into(f"<{form}", out, at, luck.choice(EDGE) & ((1 << 8 * size) - 1))


def _cut(out: bytearray, luck: random.Random) -> None:
    at = _place(out, luck)
    del out[at : at + luck.choice((1, 4, 20, 200))]


def _repeat(out: bytearray, luck: random.Random) -> None:
    at = _place(out, luck)
    out[at:at] = out[at : at + luck.choice((4, 24, 100))]


def _end(out: bytearray, luck: random.Random) -> None:
    if luck.random() < 0.2:
        del out[luck.randrange(max(1, len(out))) :]


def _noise(out: bytearray, luck: random.Random) -> None:
    at = _place(out, luck)
    out[at : at + 16] = luck.randbytes(16)


_WAYS = (_flip, _word, _word, _word, _cut, _repeat, _end, _noise)
