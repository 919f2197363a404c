"""One printable page about one app file: names, icons, signers, permissions, addresses, verdict and reasons.

The page is one HTML file without scripts or outside parts; every word out of the sample is escaped. It is printed from
any browser, in Chinese or English.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from importlib import resources
from pathlib import Path
from string import Template

from zhengben.core.appfacts import AppFacts, Signer
from zhengben.core.brand import Brand
from zhengben.core.sighting import Contact, Sighting
from zhengben.core.verdict import Label, Verdict
from zhengben.detect.app_powers import permission_words, sensitive
from zhengben.locale.words import say
from zhengben.publish.app_words import (
    form_words,
    made_name,
    missing_words,
    note_words,
    place_words,
    power_words,
    print_words,
    scheme_words,
    spoken,
    tamper_words,
    visible,
    why_words,
)

_WAYS = frozenset({"enterprise", "adhoc", "development", "store", "unsigned"})
MAX_NAMES, MAX_URLS, MAX_ICONS, MAX_PRINTS = 16, 14, 8, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the page is about: the file's name, digest and size in bytes, and when it was examined.

    `marks` are the brand's own pictures (PNG) to show beside the icons, by name.
    """

    name: str
    sha256: str
    size: int
    seen_at: datetime | None = None
    marks: Mapping[str, bytes] | None = None


def app_report(sheet: Sheet, sighting: Sighting, verdict: Verdict, language: str) -> str:
    """Give the page as HTML."""
    app = sighting.app or AppFacts(platform="")
    page = _Page(app, language)
    return _template().substitute(
        lang="zh-CN" if language == "zh" else "en",
        title=page.word("report"),
        package=plain(app.package or sheet.name),
        label=verdict.label.value,
        verdict=escape(say(f"label.{verdict.label.value}", language)),
        summary=page.summary(sheet, verdict),
        head_reasons=page.word("reasons"),
        reasons=page.reasons(verdict),
        sections="".join(page.sections(sheet, sighting, verdict)),
        not_executed=page.word("not_executed"),
    )


def write_report(folder: Path, path: Path, sighting: Sighting, verdict: Verdict, brands: Sequence[Brand]) -> None:
    """Leave the page in both languages in a folder; raises OSError where it cannot be written."""
    del brands
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    sheet = Sheet(name=path.name, sha256=digest.hexdigest(), size=path.stat().st_size)
    for language in ("zh", "en"):
        target = folder / f"{digest.hexdigest()[:16]}.{language}.html"
        target.write_text(app_report(sheet, sighting, verdict, language), "utf-8")


def plain(text: str) -> str:
    """Escape a word out of a sample and make what is invisible in it visible.

    >>> plain("微\u200b粒<贷")
    '微‹U+200B›粒&lt;贷'
    """
    return escape(visible(text))


@cache
def _template() -> Template:
    return Template((resources.files(__package__) / "app_report.html").read_text("utf-8"))


class _Page:
    """The parts of the page in one language."""

    def __init__(self, app: AppFacts, language: str) -> None:
        self.app, self.language = app, language

    def word(self, key: str) -> str:
        """Give a label of the report in its language, safe for HTML."""
        return escape(say(f"app.{key}", self.language))

    def summary(self, sheet: Sheet, verdict: Verdict) -> str:
        """Give the table at the top: what it is, which build, which legal class it falls into."""
        app = self.app
        legal = next((str(r.facts["legal_class"]) for r in verdict.reasons if r.facts.get("legal_class")), "")
        rows = [
            ("legal_class", self.word(legal) if legal else self.word("none")),
            ("container", plain(f"{app.platform} / {app.container}")),
            ("package", f'<span class="mono">{plain(app.package)}</span>'),
            ("version", plain(app.version)),
            ("file", plain(f"{sheet.name} ({sheet.size:,} B)")),
            ("sha256", f'<span class="mono">{sheet.sha256}</span>'),
        ]
        if sheet.seen_at is not None:
            rows.append(("seen_at", escape(sheet.seen_at.isoformat(timespec="seconds"))))
        return "".join(f"<dt>{self.word(key)}</dt><dd>{value}</dd>" for key, value in rows)

    def reasons(self, verdict: Verdict) -> str:
        """Give the reasons as list items, in words; one line saying so where there are none."""
        told = [
            plain(say(f"reason.{r.code}", self.language, _shown(spoken(r.code, r.facts, self.language))))
            for r in verdict.reasons
        ]
        return _items(told) or f"<li>{self.word('none')}</li>"

    def sections(self, sheet: Sheet, sighting: Sighting, verdict: Verdict) -> Iterable[str]:
        """Give the parts of the report in the order a reader of a file wants them."""
        app = self.app
        yield self._section("names", self._names())
        yield self._section("icons", self._icons(sheet))
        yield self._section("signers", self._signers(genuine=verdict.label is Label.OFFICIAL))
        asked = [permission_words(name, self.language) for name in sensitive(app.permissions)]
        yield self._section("permissions", plain(_joined(asked, self.language)))
        yield self._section("opens", _list(app.opens[:MAX_URLS]))
        yield self._section("addresses", _list(app.hosts[:MAX_URLS]))
        reach = [c for c in sighting.contacts if c.kind not in {"url", "domain"}][:MAX_URLS]
        yield self._section("contacts", _list([self._reached(contact) for contact in reach]))
        yield self._section("given_out", self._given_out())
        yield self._section("made_with", self._made_with())
        yield self._section("tamper", _list([f"{tamper_words(code, self.language)} ({code})" for code in app.tamper]))
        missing = [missing_words(code, self.language) for code in verdict.coverage.missing]
        yield self._section("missing", _list(missing))
        yield self._section("kin", _list([print_words(one, self.language) for one in app.prints[:MAX_PRINTS]]))

    def _made_with(self) -> str:
        made = [(kind, key) for kind in ("shells", "packers", "sdks") for key in getattr(self.app, kind)]
        return _list([f"{made_name(kind, key)} ({key})" for kind, key in made])

    def _reached(self, contact: Contact) -> str:
        """Give a contact with the member it stood in and how it was written there: a court asks where it was seen."""
        at = next((f for f in self.app.contacts if (f.kind, f.value) == (contact.kind, contact.value)), None)
        stood = (at.where, form_words(at.form, self.language)) if at is not None else ()
        told = " · ".join(filter(None, stood))
        return f"{_contact(contact.kind, self.language)} {contact.value}" + (f" ({told})" if told else "")

    def _given_out(self) -> str:
        """Give how an app or profile reaches phones, whom it says it is from, and what it takes over."""
        app, way = self.app, self.app.distribution
        way = say(f"app_distribution.{way}", self.language) if way in _WAYS else way
        powers = [power_words(power, self.language) for power in app.features if app.platform == "webclip"]
        notes = [note_words(note, self.language) for note in app.notes]
        told = {"given_out": way, "organisation": app.organisation, "expires": app.expires,
                "powers": _joined(powers, self.language), "notes": _joined(notes, self.language)}  # fmt: skip
        rows = [f"<dt>{self.word(key)}</dt><dd>{plain(text)}</dd>" for key, text in told.items() if text]
        return f"<dl>{''.join(rows)}</dl>" if rows else ""

    def _section(self, key: str, body: str) -> str:
        return f"<h2>{self.word(key)}</h2>{body}" if body else ""

    def _names(self) -> str:
        rows = "".join(
            f"<tr><td>{plain(name.text)}</td><td>{plain(place_words(name.place, self.language))}"
            f"{'' if name.enabled else ' · ' + self.word('switched_off')}</td>"
            f"<td>{plain(name.locale) or self.word('default_locale')}</td></tr>"
            for name in self.app.names[:MAX_NAMES]
        )
        head = "".join(f"<th>{self.word(key)}</th>" for key in ("text", "place", "locale"))
        return f"<table><tr>{head}</tr>{rows}</table>" if rows else ""

    def _icons(self, sheet: Sheet) -> str:
        marks = "".join(_figure(data, self.word("official_icon"), "mark") for data in (sheet.marks or {}).values())
        icons = "".join(_figure(i.png, plain(_place_of(i.place)), "") for i in self.app.icons[:MAX_ICONS] if i.png)
        return f'<div class="icons">{marks}{icons}</div>' if icons else ""

    def _signers(self, *, genuine: bool) -> str:
        state = f"<p>{self.word(f'signed_{self.app.signed}')}</p>" if self.app.signed else ""
        if self.app.signed == "verified" and not genuine:
            state += f'<p class="quiet">{self.word("signed_means")}</p>'
        rows = "".join(self._signer(signer) for signer in self.app.signers[:6])
        return f"{state}<table>{rows}</table>" if rows else state

    def _signer(self, signer: Signer) -> str:
        why = plain(why_words(signer.why, self.language))
        word = self.word("holds") if signer.verified else f"{self.word('holds_not')} ({why})"
        tone, scheme = "good" if signer.verified else "bad", plain(scheme_words(signer.scheme, self.language))
        return (
            f'<tr><td>{scheme}</td><td class="{tone}">{word}</td><td>{plain(signer.subject)}</td>'
            f'<td class="mono">{plain(signer.sha256)}</td></tr>'
        )


def _contact(kind: str, language: str) -> str:
    try:
        return say(f"contact.{kind}", language)
    except KeyError:
        return kind


def _place_of(icon: str) -> str:
    """Give where an icon stands and the last part of its path.

    >>> _place_of("application.icon res/mipmap-160/ic_launcher.png")
    'application.icon …/ic_launcher.png'
    """
    place, _, path = icon.partition(" ")
    last = path.rpartition("/")[2]
    return f"{place[:40]} {'' if last == path else '…/'}{last[:40]}".strip()


def _shown(facts: Mapping[str, object]) -> dict[str, object]:
    return {key: str(value)[:300] if isinstance(value, str) else value for key, value in facts.items()}


def _joined(words: Sequence[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(words)


def _items(told: Iterable[str]) -> str:
    return "".join(f"<li>{line}</li>" for line in told)


def _list(words: Sequence[str]) -> str:
    return f"<ul>{_items(plain(word[:300]) for word in words)}</ul>" if words else ""


def _figure(png: bytes, caption: str, kind: str) -> str:
    data = base64.b64encode(png).decode("ascii")
    picture = f'<img alt="" src="data:image/png;base64,{data}">'
    return f'<figure class="{kind}">{picture}<figcaption>{caption}</figcaption></figure>'
