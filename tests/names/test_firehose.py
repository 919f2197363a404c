"""The filter before the host logic: whatever the logic finds alone, it finds among millions, and nothing else."""

# ruff: noqa: E501, S311  # a table of brands in long rows; the dice must repeat, not be secret

import json
import random

import pyarrow as pa
import pytest

from names.kit import ALL, brand
from zhengben.names.api import match_host, pack
from zhengben.names.arrow import SCHEMA, screen_batch
from zhengben.names.firehose import screen_lines
from zhengben.names.tables import hostnames

MORE = tuple(brand(f"b{i}", name, latin) for i, (name, latin) in enumerate([
    ("招商银行", "cmbchina"), ("拍拍贷", "ppdai"), ("宜人贷", "yirendai"), ("还呗", "huanbei"), ("陆金所", "lufax"), ("度小满", "duxiaoman"),
    ("省呗", "shengbei"), ("安逸花", "anyihua"), ("银联", "unionpay"), ("马上消费", "mashangxf"), ("北京银行", "bankofbeijing"), ("Weibo", "weibo"),
]))  # fmt: skip
KNOWN = pack(ALL + MORE)
LURES = ("app", "xiazai", "vip", "888", "login", "zzz", "m", "daikuan", "4", "gw", "com")


def mutated(dice: random.Random, word: str) -> str:
    """Change a word by at most one letter and set something beside it."""
    letters = list(word)
    at = dice.randrange(len(letters))
    match dice.randrange(6):
        case 0:
            letters[at] = dice.choice("abcdefghijklmnopqrstuvwxyz0123456789-.")
        case 1:
            letters.insert(at, dice.choice("abcdefghijklmnopqrstuvwxyz0123456789-."))
        case 2:
            del letters[at]
        case 3:
            letters[at : at + 2] = letters[at : at + 2][::-1]
        case 4:
            letters = list("-".join(letters))
    lure = dice.choice(LURES)
    whole = "".join(letters)
    form = dice.choice(
        ["{0}", "{0}", "{0}{1}", "{1}{0}", "{0}-{1}", "{1}-{0}", "{1}.{0}", "{0}.{1}", "{1}{0}{1}", "{0}{1}-{1}"]
    )
    return form.format(whole, lure) + dice.choice([".com", ".cn", ".com.cn", ".github.io", ".top", ""])


def names(seed: int, count: int) -> list[str]:
    """Give ordinary names and mutated ones, in an order of their own."""
    dice = random.Random(seed)
    words = [term.text for term in KNOWN.hosts.terms] + list(KNOWN.hosts.shorts) + sorted(KNOWN.hosts.strong)[:20]
    found = [mutated(dice, dice.choice(words)) for _ in range(count)]
    found += dice.sample(hostnames().decode().split("\n")[:-1], count)
    found += [
        "xn--" + t.encode("punycode").decode() + ".cn"
        for t in ("微粒贷", "徽粒贷下载", "手机", "花坝", "招商银衍", "官方花坝", "微众银仃", "提额化呗")
    ]
    found += [
        "微粒貸.cn",
        "wеbank.com",
        "wei.li.dai.com",
        "www.Wei.Li.Dai.cn",
        "qianbaoappxiazai.cn",
        "appxiazai-guanwang8.top",
        "",
        "a..b",
        "WEILIDAI.CN",
        "x" * 400,
    ]
    dice.shuffle(found)
    return found


@pytest.mark.parametrize("mode", ["balanced", "wide"])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_filter_loses_nothing_and_adds_nothing(seed: int, mode: str) -> None:
    given = names(seed, 4000)
    fast = [(given[row], hit) for row, hit in screen_lines("\n".join(given).encode(), KNOWN, mode)]
    slow = [(name, hit) for name in given for hit in match_host(name, KNOWN, mode)]
    assert fast == slow
    assert len(slow) > 800


def test_places_at_the_edge_of_a_block_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    given = names(3, 1500)
    whole = list(screen_lines("\n".join(given).encode(), KNOWN))
    monkeypatch.setattr("zhengben.names.sieve.BLOCK", 1022)
    assert list(screen_lines("\n".join(given).encode(), KNOWN)) == whole


def test_a_batch_goes_in_and_a_batch_comes_out() -> None:
    batch = pa.RecordBatch.from_pydict(
        {"rank": [1, 2, 3, 4], "name": ["weilidai-app.cn", None, "example.org", "we\nbank.com"]}
    )
    found = screen_batch(batch, KNOWN)
    assert found.schema == SCHEMA
    assert found.column("name").to_pylist() == ["weilidai-app.cn"]
    assert json.loads(found.column("reasons").to_pylist()[0])[0]["code"] == "host_name"
    assert screen_batch(batch.slice(1, 1), KNOWN).num_rows == 0


@pytest.mark.parametrize("data", [b"", b"\n", b"\n\n\n", b"\xff\xfe\n", bytes(1000), b"weilidai.cn", b"\xf0\x9f" * 50])
def test_any_bytes_are_survived(data: bytes) -> None:
    assert [hit.name for _, hit in screen_lines(data, KNOWN)] == (["weilidai.cn"] if data == b"weilidai.cn" else [])
