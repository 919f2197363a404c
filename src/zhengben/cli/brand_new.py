"""`zhengben brand new FILE.toml`: begin a dossier from what is known, with the rest explained where it belongs."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from zhengben.cli.common import FINE, emit, json_option, words
from zhengben.core.dossier import check_dossier
from zhengben.names.host_model import pinyin_of

HELP = "Begin a dossier: a sound file with what you tell, and a commented place for all that is still missing."
EPILOG = """exit codes:
  0  written
  2  bad usage, or the file is there already

examples:
  zhengben brand new mine/brands/moudai.toml --name 某某贷 --owner 某某银行股份有限公司 --finance
  zhengben brand new moudai.toml --name 某某贷 --owner 某某银行 --domain mou.cn --no-app 某某贷没有独立APP"""


def options(parser: argparse.ArgumentParser) -> None:
    """Take the file to write and what is known of the brand."""
    parser.add_argument("file", type=Path, metavar="FILE.toml", help="where to write; its name becomes the brand's id")
    parser.add_argument("--name", required=True, help="the brand's own name, as its customers write it")
    parser.add_argument("--owner", required=True, help="the company that owns it, as registered")
    parser.add_argument("--finance", action="store_true", help="it is a financial product: other laws fit as well")
    parser.add_argument("--latin", action="append", default=[], metavar="NAME", help="its name in letters; repeatable")
    parser.add_argument("--alias", action="append", default=[], metavar="NAME", help="another name of it; repeatable")
    parser.add_argument("--domain", action="append", default=[], metavar="HOST", help="a genuine domain; repeatable")
    parser.add_argument("--phone", action="append", default=[], metavar="NUMBER", help="a genuine number; repeatable")
    parser.add_argument("--no-app", default="", metavar="WORDS", help="it has no app: the sentence that says so")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Write the dossier; what would not be sound is not written."""
    text = "\n".join(_lines(args)) + "\n"
    problems = check_dossier(text)
    if problems:
        raise ValueError(f"{args.file}: {problems[0].what}; {problems[0].cure}")
    args.file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with args.file.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise ValueError(f"{args.file}: is there already; name another file, or edit this one") from None
    if args.json:
        emit({"file": str(args.file), "brand": args.file.stem, "written": True})
    else:
        print(words("brand_new.written", file=args.file))
    return FINE


def _lines(args: argparse.Namespace) -> Iterator[str]:
    # Without its name in letters no look-alike hostname is found, and few know that they have to ask for it.
    latin = args.latin or [found for found in [pinyin_of(args.name)] if found]
    yield _say("head")
    yield f"id = {_quoted(args.file.stem)}"
    yield f"owner = {_quoted(args.owner)}"
    yield f"finance = {str(args.finance).lower()}"
    yield f"\n[names]\nprimary = {_quoted(args.name)}"
    yield f"aliases = {_quoted(args.alias)}  {_say('aliases')}"
    yield f"latin = {_quoted(latin)}  {_say('latin')}"
    yield from (f"{name} = []  {_say(name)}" for name in ("short", "siblings", "keywords"))
    yield from (_channel(kind, value) for kind in ("domain", "phone") for value in getattr(args, kind))
    if args.no_app:
        yield f'\n[[channels]]\nkind = "app"\nexists = "never"\nstatement = {_quoted(args.no_app)}\nsource = "owner"'
    yield from (f"\n{_say(place, id=args.file.stem)}" for place in ("channels", "rights", "logos"))


def _channel(kind: str, value: str) -> str:
    return f'\n[[channels]]\nkind = "{kind}"\nvalue = {_quoted(value)}\nexists = "yes"\nsource = "owner"'


def _quoted(value: str | list[str]) -> str:
    """Write a text, or a list of them, as TOML does: its basic strings are those of JSON."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _say(what: str, **facts: object) -> str:
    """Give a comment of the file in the language of the terminal, every line of it behind its sign."""
    return "\n".join(f"# {line}".rstrip() for line in words(f"brand_new.{what}", **facts).splitlines())
