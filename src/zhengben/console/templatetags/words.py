"""Words on pages: every sentence comes from `zhengben.locale`, by key, in the language of the request."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from zhengben.locale.errors import in_language
from zhengben.locale.unseen import unseen as words_unseen
from zhengben.locale.words import LANGUAGES, catalogue, say
from zhengben.publish.app_words import spoken
from zhengben.publish.app_words import visible as numbered

register = template.Library()

BEIJING = ZoneInfo("Asia/Shanghai")
LOOKS = {  # verdict: its sign and its tone
    "official": ("✓", "is-true"),
    "impersonation": ("✕", "is-false"),
    "scam": ("✕", "is-false"),
    "lookalike": ("?", "is-look"),
    "mention": ("“", "is-about"),
    "unrelated": ("–", "is-plain"),
    "unknown": ("…", "is-look"),
}


def language_of(context: Mapping[str, object]) -> str:
    """Give the language of a page: its own, else the request's, else Chinese."""
    told = context.get("language") or getattr(context.get("request"), "language", "")
    return str(told) if told in LANGUAGES else LANGUAGES[0]


def flat(context: template.Context) -> dict[str, object]:
    """Give the names a template knows."""
    return {str(name): value for name, value in context.flatten().items()}


def words(key: str, language: str, facts: Mapping[str, object] | None = None) -> str:
    """Give a sentence, or the bare key where no catalogue has it: an old record must never break a page."""
    try:
        return say(key, language, facts)
    except KeyError:
        return key.rsplit(".", 1)[-1]


@register.simple_tag(takes_context=True, name="say")
def say_tag(context: template.Context, key: str, **facts: object) -> str:
    """Say a sentence: `{% say "inbox.title" n=3 %}`. The result is escaped by the template."""
    return words(key, language_of(flat(context)), facts)


@register.simple_tag(takes_context=True)
def say_code(context: template.Context, prefix: str, code: object, facts: Mapping[str, object] | None = None) -> str:
    """Say the words of a code: `{% say_code "reason" r.code r.facts %}`."""
    language = language_of(flat(context))
    # A code without words is shown whole: it may be a sentence of an old record, with dots of its own.
    return words(f"{prefix}.{code}", language, facts) if f"{prefix}.{code}" in catalogue(language) else str(code)


@register.simple_tag(takes_context=True)
def say_trouble(context: template.Context, trouble: str) -> str:
    """Say what holds a row: a code of ours in its words, anything else as an error told in the reader's language."""
    return trouble_words(trouble, language_of(flat(context)))


def trouble_words(trouble: str, language: str) -> str:
    """Say what holds a row.

    >>> trouble_words("maybe_sent", "en")[:20], trouble_words("[Errno 111] a.b refused", "en")
    ('The program was inte', '[Errno 111] a.b refused')
    """
    known = catalogue(language).get(f"trouble.{trouble}")
    return known or in_language(trouble, language)


@register.simple_tag(takes_context=True)
def say_event(context: template.Context, code: str, facts: Mapping[str, object]) -> str:
    """Say one line of a timeline; what troubled a row is said in words as well."""
    told = dict(facts)
    if told.get("trouble"):
        told["trouble"] = trouble_words(str(told["trouble"]), language_of(flat(context)))
    return words(f"event.{code}", language_of(flat(context)), told)


@register.simple_tag(takes_context=True)
def say_aside(context: template.Context, why: str) -> str:
    """Say why a line was set aside: a code, and after a blank what it is about (`missing locator`)."""
    code, _, about = why.partition(" ")
    language = language_of(flat(context))
    said = words(f"aside.{code}", language) if f"aside.{code}" in catalogue(language) else why
    return words("sources.about", language, {"what": said, "about": about}) if about and said != why else said


@register.simple_tag(takes_context=True)
def profile_name(context: template.Context, name: str) -> str:
    """Name a client in words: 手机, 电脑, 微信内."""
    return words(f"profile.{name}", language_of(flat(context)))


@register.simple_tag(takes_context=True)
def say_profile(context: template.Context, key: str, name: str) -> str:
    """Say a sentence about a client: `{% say_profile "capture.title" "mobile" %}`."""
    return words(key, language_of(flat(context)), {"profile": profile_name(context, name)})


@register.simple_tag(takes_context=True)
def say_box(context: template.Context, kind: str, told: str) -> str:
    """Say what a box on a picture shows; a mark with its trademark number, where the dossier names one."""
    language = language_of(flat(context))
    said = words(f"capture_box.{kind}", language, {"words": told})
    if kind == "mark" and told:
        return f"{said} · {words('match.right', language, {'number': told})}"
    return f"{said} {told}" if kind in {"code", "name"} and told else said


@register.simple_tag(takes_context=True)
def say_count(context: template.Context, prefix: str, code: str, number: object) -> str:
    """Say what happened how often: `{% say_count "capture_did" "dialogs" 20 %}`."""
    return words(f"{prefix}.{code}", language_of(flat(context)), {"n": number})


@register.simple_tag(takes_context=True)
def chip(context: template.Context, label: str, score: int | None = None) -> SafeString:
    """Draw a verdict: sign, word and, where there is one, score. Never colour alone."""
    word = words(f"label.{label}", language_of(flat(context))) if label else "–"
    figure = format_html(' <span class="num">{}</span>', score) if score else SafeString("")
    sign, tone = LOOKS.get(label, ("–", "is-plain"))
    return format_html('<span class="chip {}" data-sign="{}">{}{}</span>', tone, sign, word, figure)


@register.simple_tag(takes_context=True)
def moment(context: template.Context, when: datetime | None, form: str = "full") -> SafeString:
    """Show a moment in Beijing time with its zone (`full`), or only the clock (`clock`) or the day (`day`)."""
    if when is None:
        return SafeString("–")
    local = when.astimezone(BEIJING)
    shown = {
        "full": f"{local:%Y-%m-%d %H:%M}",
        "exact": f"{local:%Y-%m-%d %H:%M:%S}.{local.microsecond // 1000:03d}",
        "clock": f"{local:%H:%M}",
        "day": f"{local:%Y-%m-%d}",
        "short": f"{local:%m-%d %H:%M}",
    }[form]
    zone = " " + words("time.beijing", language_of(flat(context))) if form in {"full", "exact"} else ""
    return format_html('<time class="num" datetime="{}">{}{}</time>', local.isoformat(), shown, zone)


@register.simple_tag(takes_context=True)
def ago(context: template.Context, when: datetime | None) -> SafeString:
    """Show how long ago something was, with the exact moment as its title."""
    told = flat(context)
    now = getattr(told.get("request"), "now", None)
    if when is None or not isinstance(now, datetime):
        return SafeString("–")
    shown = span(now - when, language_of(told))
    exact = f"{when.astimezone(BEIJING):%Y-%m-%d %H:%M} +08:00"
    return format_html('<time datetime="{}" title="{}">{}</time>', when.isoformat(), exact, shown)


def span(length: timedelta, language: str) -> str:
    """Say a length of time in its largest unit.

    >>> span(timedelta(minutes=41), "zh"), span(timedelta(hours=50), "zh")
    ('41 分', '2 天')
    """
    minutes = max(0, int(length.total_seconds() // 60))
    for unit, size in (("days", 1440), ("hours", 60)):
        if minutes >= size * (2 if unit == "days" else 1):
            return words(f"time.{unit}", language, {"n": minutes // size})
    return words("time.minutes", language, {"n": minutes}) if minutes else words("time.moment", language)


@register.simple_tag(takes_context=True)
def left(context: template.Context, due: datetime | None) -> str:
    """Say how much time is left until a moment, or by how much it is past."""
    told = flat(context)
    now = getattr(told.get("request"), "now", None)
    if due is None or not isinstance(now, datetime):
        return ""
    language = language_of(told)
    key = "time.left" if due >= now else "time.overdue"
    return words(key, language, {"span": span(abs(due - now), language)})


# Characters that turn the line around or take no room: a name may hide one anywhere, so every one is shown as a box.
# The joiner U+200D and variation selectors stay: emoji are made of them, and alone they deceive nobody.
_HIDDEN = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x2060, 0xFEFF, 0x61C, *range(0x200E, 0x2010)), "□")
_HIDDEN |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "□")


def visible(text: str) -> str:
    """Show what hides in a text: characters without width and those that turn the direction of a line.

    >>> visible("微\u200b粒贷 \u202egpj.apk")
    '微□粒贷 □gpj.apk'
    """
    return text.translate(_HIDDEN)


@register.simple_tag
def marked(text: str, positions: Iterable[int] = ()) -> SafeString:
    """Show a name with the characters that differ from the genuine one marked where they stand.

    >>> marked("wei1idai.cn", [3])
    'wei<em class="diff">1</em>idai.cn'
    """
    wanted = {int(p) for p in positions}
    parts = [f'<em class="diff">{_visible(c)}</em>' if i in wanted else escape(visible(c)) for i, c in enumerate(text)]
    return mark_safe("".join(parts))  # noqa: S308 every character was escaped above


def _visible(char: str) -> str:
    """Show a character that deceives; one that nobody can see becomes a box."""
    return escape("□" if unicodedata.category(char) in {"Cf", "Mn", "Me", "Zs"} else char)


@register.simple_tag(takes_context=True)
def reason(context: template.Context, code: str, facts: Mapping[str, object] | None = None) -> str:
    """Say a reason; codes among its facts (what a form asks for, where a name stands) are said in words too."""
    language = language_of(flat(context))
    return numbered(words(f"reason.{code}", language, spoken(code, facts or {}, language)))


@register.simple_tag(takes_context=True)
def reason_short(context: template.Context, code: str, facts: Mapping[str, object] | None = None) -> str:
    """Say a reason in a few words, for a row of a list; the whole sentence where nobody wrote a short one."""
    language = language_of(flat(context))
    if f"short.{code}" not in catalogue(language):
        return reason(context, code, facts)
    return numbered(words(f"short.{code}", language, spoken(code, facts or {}, language)))


@register.simple_tag(takes_context=True)
def unseen(context: template.Context, code: str) -> str:
    """Say what could not be seen, whichever room gave the code."""
    return words_unseen(code, language_of(flat(context)))


@register.simple_tag(takes_context=True)
def source_name(context: template.Context, name: str) -> str:
    """Say where a lead came from: our own doors in words, others by the name they were given."""
    language = language_of(flat(context))
    if name.startswith("person:"):
        return words("source_name.person", language, {"name": name.removeprefix("person:")})
    return words(f"source_name.{name}", language) if f"source_name.{name}" in catalogue(language) else name


@register.filter
def iso(day: date | None) -> str:
    """Show a day as it is printed on a certificate: 2026-05-13."""
    return f"{day:%Y-%m-%d}" if day else "–"


@register.filter
def short(digest: str) -> str:
    """Shorten a digest to its two ends.

    >>> short("9c41f0aa00000000000000000000e27a")
    '9c41f0aa…e27a'
    """
    return f"{digest[:8]}…{digest[-4:]}" if len(digest) > 16 else digest


@register.filter
def signed(weight: int) -> str:
    """Show a weight with its sign, with a real minus."""
    return f"+{weight}" if weight >= 0 else f"−{-weight}"
