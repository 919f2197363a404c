"""A sealed package for people who read no JSON: one page a language, to be opened in any browser and printed.

It repeats what the records say and adds nothing; the records decide. Every word of a stranger is shown as text: no
script, no link that leads out, nothing loaded but pictures of the package itself.
"""

import hashlib
import html
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from zhengben.core.fetched import Captured, Fetched
from zhengben.core.verdict import Verdict
from zhengben.evidence.canon import beijing, plain, utc
from zhengben.evidence.exhibit import Exhibit
from zhengben.locale.unseen import unseen
from zhengben.locale.words import LANGUAGES, say

SHEETS = {language: f"READ.{language}.html" for language in LANGUAGES}
LONGEST = 2000  # characters of one value that are shown; the whole stands in the records
STEPS, LOOKS = 200, 60
_POLICY = "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'"
_STYLE = (
    "body{font:15px/1.6 sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#111}"
    "h1{font-size:1.4em}h2{font-size:1.1em;border-bottom:1px solid #999;margin-top:2em}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #bbb;padding:.3em .5em;text-align:left;"
    "vertical-align:top;overflow-wrap:anywhere}th{background:#f2f2f2}code{font-size:.85em}"
    ".shots{display:flex;flex-wrap:wrap;gap:1em;align-items:flex-start}figure{margin:0;flex:1 1 14em;max-width:100%}"
    "figcaption{font-size:.9em;overflow-wrap:anywhere}img{max-width:100%;max-height:40em;border:1px solid #bbb}"
    "@media print{body{margin:0;max-width:none}h2,figcaption{break-after:avoid}figure,tr{break-inside:avoid}"
    "img{max-height:17cm}}"
)
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # what turns, hides or breaks a line is named instead


def sheets(exhibit: Exhibit, members: Mapping[str, bytes], signer: str, now: datetime) -> dict[str, bytes]:
    """Give the page of each language by its name; `members` are the files beside it, `signer` the key's fingerprint."""
    return {name: _Page(language, exhibit).whole(members, signer, now) for language, name in SHEETS.items()}


class _Page:
    """One page in one language."""

    def __init__(self, language: str, exhibit: Exhibit) -> None:
        self.language, self.exhibit = language, exhibit

    def say(self, key: str, **facts: object) -> str:
        """Say one key of the sheet, ready for HTML."""
        return html.escape(say(f"sheet.{key}", self.language, facts))

    def whole(self, members: Mapping[str, bytes], signer: str, now: datetime) -> bytes:
        """Give the page's bytes."""
        lang = "zh-CN" if self.language == "zh" else self.language
        parts = [
            f'<!doctype html>\n<html lang="{lang}">\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            f"<title>{self.say('title')}</title>\n<style>{_STYLE}</style>\n<main>\n<h1>{self.say('title')}</h1>",
            f"<p>{self.say('what')}</p>", self.facts(signer, now), self.verdicts(), self.pictures(members),
            self.looks(), self.steps(), self.machine(), self.files(members), f"<h2>{self.say('verify')}</h2>",
            f"<p>{self.say('verify_how', guide=f'VERIFY.{self.language}.md')}</p>",
            f"<p>{self.say('limits')}</p>\n</main>\n",
        ]  # fmt: skip
        return "\n".join(part for part in parts if part).encode()

    def facts(self, signer: str, now: datetime) -> str:
        """Give what, who and when."""
        one = self.exhibit
        who = " ".join(part for part in (one.operator.name, one.operator.id, one.operator.organisation) if part)
        rows = [
            ("case", one.case), ("target", one.target),
            ("kind_of", _words(f"sheet.kind.{one.kind}", self.language) or one.kind),
            ("brand", one.brand), ("operator", who), ("by", self._by()), ("sealed", f"{beijing(now)} / {utc(now)}"),
            ("signer", signer),
        ]  # fmt: skip
        return _table([], [(self.say(key), shown(value)) for key, value in rows if value])

    def _by(self) -> str:
        return say("sheet.machine" if self.exhibit.operator.machine else "sheet.person", self.language)

    def verdicts(self) -> str:
        """Give the judgement with its reasons in words."""
        told = "".join(self._verdict(one) for one in self.exhibit.verdicts)
        return f"<h2>{self.say('verdict')}</h2>{told}" if told else ""

    def _verdict(self, one: Verdict) -> str:
        rows = [(shown(self._reason(reason.code, reason.facts)), shown(reason.weight)) for reason in one.reasons]
        missing = say("sheet.comma", self.language).join(unseen(code, self.language) for code in one.coverage.missing)
        head = f"<p><b>{shown(one.brand)}: {shown(self._label(one.label.value))}</b> ({shown(one.score)})</p>"
        gaps = f"<p>{self.say('missing', what=missing)}</p>" if missing else ""
        return head + gaps + (_table([self.say("reason"), self.say("weight")], rows) if rows else "")

    def _label(self, label: str) -> str:
        return _words(f"label.{label}", self.language) or label

    def _reason(self, code: str, facts: Mapping[str, object]) -> str:
        told = plain(facts)
        return _words(f"reason.{code}", self.language, told if isinstance(told, dict) else {}) or code

    def pictures(self, members: Mapping[str, bytes]) -> str:
        """Give every screenshot of the package, each under the client that was shown it."""
        paths = [path for path in sorted(members) if path.endswith("/screenshot.png")]
        return (
            f"<h2>{self.say('pictures')}</h2><div class=shots>{''.join(map(self._picture, paths))}</div>"
            if paths
            else ""
        )

    def _picture(self, path: str) -> str:
        place, _, profile = path.split("/")[-2].removeprefix("captured-").partition("-")
        one = next((seen for turn, seen in enumerate(self.exhibit.captured, 1) if turn == int(place)), None)
        client = shown(_words(f"profile.{profile}", self.language) or profile)
        where = f"<br>{shown(one.final_url)} · {shown(one.status or '-')}" if one else ""
        words = f"{client}{where}<br><code>{shown(path)}</code>"
        return f'<figure><figcaption>{words}</figcaption><img src="{html.escape(path)}" alt="{client}"></figure>'

    def looks(self) -> str:
        """Give what was fetched and captured, gaps included."""
        seen: tuple[Fetched | Captured, ...] = (*self.exhibit.fetched, *self.exhibit.captured)
        rows = [self._look(one) for one in seen[:LOOKS]]
        head = [self.say(key) for key in ("address", "ended_at", "client", "answer", "gaps")]
        return f"<h2>{self.say('looks')}</h2>{_table(head, rows)}" if rows else ""

    def _look(self, one: Fetched | Captured) -> Sequence[str]:
        answer = f"{one.status or '-'} {getattr(one, 'address', '')}"
        failed = _words(f"failure.{one.failure}", self.language) or one.failure
        gaps = failed or ("" if one.complete else say("sheet.incomplete", self.language))
        return [shown(cell) for cell in (one.url, one.final_url, self._client(one), answer, gaps)]

    def _client(self, one: Fetched | Captured) -> str:
        profile = _words(f"profile.{one.profile}", self.language) or one.profile
        return f"{profile} · {_words(f'vantage.{one.vantage}', self.language) or one.vantage}"

    def steps(self) -> str:
        """Give the procedure, step by step."""
        rows = [
            (shown(beijing(step.at)), shown(_words(f"sheet.step.{step.what}", self.language) or step.what),
             shown(", ".join(f"{name}: {value}" for name, value in step.facts.items())))
            for step in self.exhibit.steps[:STEPS]
        ]  # fmt: skip
        head = [self.say(key) for key in ("at", "done", "detail")]
        return f"<h2>{self.say('steps')}</h2>{_table(head, rows)}" if rows else ""

    def machine(self) -> str:
        """Give the state of the machine and the tools, in short."""
        told = plain(self.exhibit.environment)
        rows = [
            (shown(name), self.say("clean" if value["clean"] else "not_clean"))
            for name, value in (told.items() if isinstance(told, dict) else ())
            if isinstance(value, dict) and isinstance(value.get("clean"), bool)
        ]
        rows += [(shown(name), shown(version)) for name, version in sorted(self.exhibit.tools.items())]
        return f"<h2>{self.say('machine_state')}</h2>{_table([], rows)}" if rows else ""

    def files(self, members: Mapping[str, bytes]) -> str:
        """Give the list of evidence: number, file, what it is, size, digest."""
        head = [self.say(key) for key in ("number", "file", "is", "bytes", "digest")]
        rows = [
            (str(place), f"<code>{shown(path)}</code>", shown(self._is(path)), str(len(members[path])),
             f"<code>{hashlib.sha256(members[path]).hexdigest()}</code>")
            for place, path in enumerate(sorted(members), 1)
        ]  # fmt: skip
        return f"<h2>{self.say('files')}</h2>{_table(head, rows)}"

    def _is(self, path: str) -> str:
        name = path.rpartition("/")[2]
        key = "file" if path.startswith("data/files/") else name.partition(".")[0].partition("-")[0].lower()
        return _words(f"sheet.is_file.{key}", self.language) or name


def shown(value: object) -> str:
    r"""Make a stranger's text safe and honest in HTML: escaped, capped, and what hides or turns text named.

    >>> shown("<b>a\u202eb</b>")
    '&lt;b&gt;a[U+202E]b&lt;/b&gt;'
    """
    text = str(value)
    cut = f"{text[:LONGEST]}…" if len(text) > LONGEST else text
    return html.escape("".join(_named(char) if unicodedata.category(char) in _HIDDEN else char for char in cut))


def _named(char: str) -> str:
    return " " if char in "\t\n\r" else f"[U+{ord(char):04X}]"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = f"<tr>{''.join(f'<th scope=col>{cell}</th>' for cell in head)}</tr>" if head else ""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>{top}{body}</table>"


def _words(key: str, language: str, facts: Mapping[str, object] | None = None) -> str:
    """Give words where the catalogue has them: evidence is sealed even where a sentence was forgotten."""
    try:
        return say(key, language, facts)
    except KeyError:
        return ""
