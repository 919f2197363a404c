"""Words on pages: every sentence comes from `zhengben.locale`, by key, in the language of the request."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from zhengben.locale.words import LANGUAGES, say

register = template.Library()

BEIJING = ZoneInfo("Asia/Shanghai")
SIGNS = {
    "official": "✓", "impersonation": "✕", "scam": "✕", "lookalike": "?", "mention": "“", "unrelated": "–", "unknown": "…",
}  # fmt: skip
TONES = {
    "official": "is-true", "impersonation": "is-false", "scam": "is-false", "lookalike": "is-look", "mention": "is-about",
    "unrelated": "is-plain", "unknown": "is-look",
}  # fmt: skip


def language_of(context: Mapping[str, object]) -> str:
    """Give the language of a page: its own, else the request's, else Chinese."""
    told = context.get("language") or getattr(context.get("request"), "language", "")
    return str(told) if told in LANGUAGES else LANGUAGES[0]


def words(key: str, language: str, facts: Mapping[str, object] | None = None) -> str:
    """Give a sentence, or the bare key where no catalogue has it: an old record must never break a page."""
    try:
        return say(key, language, facts)
    except KeyError:
        return key.rsplit(".", 1)[-1]


@register.simple_tag(takes_context=True, name="say")
def say_tag(context: template.Context, key: str, **facts: object) -> str:
    """Say a sentence: `{% say "inbox.title" n=3 %}`. The result is escaped by the template."""
    return words(key, language_of(context.flatten()), facts)


@register.simple_tag(takes_context=True)
def say_code(context: template.Context, prefix: str, code: object, facts: Mapping[str, object] | None = None) -> str:
    """Say the words of a code: `{% say_code "reason" r.code r.facts %}`."""
    return words(f"{prefix}.{code}", language_of(context.flatten()), facts)


@register.simple_tag(takes_context=True)
def chip(context: template.Context, label: str, score: int | None = None) -> SafeString:
    """Draw a verdict: sign, word and, where there is one, score. Never colour alone."""
    word = words(f"label.{label}", language_of(context.flatten())) if label else "–"
    figure = format_html(' <span class="num">{}</span>', score) if score else SafeString("")
    tone, sign = TONES.get(label, "is-plain"), SIGNS.get(label, "–")
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
    zone = " " + words("time.beijing", language_of(context.flatten())) if form in {"full", "exact"} else ""
    return format_html('<time class="num" datetime="{}">{}{}</time>', local.isoformat(), shown, zone)


@register.simple_tag(takes_context=True)
def ago(context: template.Context, when: datetime | None) -> SafeString:
    """Show how long ago something was, with the exact moment as its title."""
    flat = context.flatten()
    now = getattr(flat.get("request"), "now", None)
    if when is None or not isinstance(now, datetime):
        return SafeString("–")
    shown = span(now - when, language_of(flat))
    return format_html('<time datetime="{}" title="{:%Y-%m-%d %H:%M} +08:00">{}</time>', when.isoformat(),
                       when.astimezone(BEIJING), shown)  # fmt: skip


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
    flat = context.flatten()
    now = getattr(flat.get("request"), "now", None)
    if due is None or not isinstance(now, datetime):
        return ""
    language = language_of(flat)
    key = "time.left" if due >= now else "time.overdue"
    return words(key, language, {"span": span(abs(due - now), language)})


@register.simple_tag
def marked(text: str, positions: Iterable[int] = ()) -> SafeString:
    """Show a name with the characters that differ from the genuine one marked where they stand.

    >>> marked("wei1idai.cn", [3])
    'wei<em class="diff">1</em>idai.cn'
    """
    wanted = {int(p) for p in positions}
    parts = [f'<em class="diff">{escape(c)}</em>' if i in wanted else escape(c) for i, c in enumerate(text)]
    return mark_safe("".join(parts))  # noqa: S308 every character was escaped above


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
