"""Whether something said in a text is said in earnest: what mutes an act in the very place where it stands.

A warning word elsewhere in the text mutes nothing: an advertisement that adds 谨防假冒 is still an advertisement.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from zhengben.detect.lexicon import phrases

_STRONG = re.compile(r"[。！？!?；;\n]")
_WEAK = re.compile(r"[，,]")  # a list (QQ群、微信) stays under its 绝不会
_QUOTES = (("“", "”"), ("「", "」"), ("『", "』"), ('"', '"'), ("‘", "’"))
_DOUBTS = ("question", "reports", "complaint", "warning", "news")
_LONGEST_QUOTE = 600
_LONGEST_SENTENCE = 240


@dataclass(frozen=True)
class Scopes:
    """The places of one masked text where words are not meant."""

    text: str

    @cached_property
    def quotes(self) -> tuple[tuple[int, int], ...]:
        """Give the spans between quotation marks, without the marks."""
        spans = []
        for left, right in _QUOTES:
            at = self.text.find(left)
            while at >= 0:
                end = self.text.find(right, at + 1)
                if end < 0:
                    break
                if end - at <= _LONGEST_QUOTE:
                    spans.append((at + 1, end))
                at = self.text.find(left, end + 1)
        return tuple(spans)

    @cached_property
    def disowned(self) -> bool:
        """Tell whether what stands outside quotation marks calls false what stands inside.

        An advertisement's own cautions do not count.
        """
        outside = list(self.text)
        for start, end in self.quotes:
            outside[start:end] = " " * (end - start)
        return bool(phrases("scopes", "disowns").search(phrases("scopes", "caution_of_ads").sub(" ", "".join(outside))))

    @cached_property
    def doubted(self) -> bool:
        """Tell whether anything in the text doubts what it tells; a satisfied customer's tale is an advertisement."""
        return self.disowned or any(phrases("stances", name).search(self.plain) for name in _DOUBTS)

    @cached_property
    def _stops(self) -> tuple[int, ...]:
        return tuple(m.end() for m in _STRONG.finditer(self.text))

    @cached_property
    def plain(self) -> str:
        """Give the text with an advertisement's own cautions blanked out, character for character."""
        return phrases("scopes", "caution_of_ads").sub(lambda m: " " * len(m.group()), self.text)

    def sentence(self, at: int) -> tuple[int, int]:
        """Give where the sentence around a position begins and ends; overlong ones are cut around it."""
        place = bisect_right(self._stops, at)
        start = self._stops[place - 1] if place else 0
        end = self._stops[place] if place < len(self._stops) else len(self.text)
        return max(start, at - _LONGEST_SENTENCE), min(end, at + _LONGEST_SENTENCE)

    def clause(self, at: int) -> int:
        """Give where the clause before a position begins."""
        start, _ = self.sentence(at)
        last = start
        for match in _WEAK.finditer(self.text, start, at):
            last = match.end()
        return last

    def muted(self, start: int, end: int) -> str:
        """Give why a span is not meant (negated, fake, reported, quoted, listed, warned, asked); empty where it is."""
        if self.disowned and any(left <= start < right for left, right in self.quotes):
            return "quoted"
        clause = self.plain[self.clause(start) : start].rstrip(" :")
        if self._denied(clause, end):
            return "negated"
        if phrases("scopes", "fake_before").search(clause) or phrases("scopes", "fake_after").match(
            self.plain[end : end + 24]
        ):
            return "fake"
        if clause.endswith(("“", '"', "「")) and self.doubted:
            return "quoted"  # “强开” in scare quotes, by somebody who doubts it
        return self._in_sentence(start, end)

    def _denied(self, clause: str, end: int) -> bool:
        """Tell whether what stands before or right behind an act denies it; a list is meant as its first item is."""
        if phrases("scopes", "negated").search(clause) or phrases("scopes", "none_of").search(clause):
            return True
        if phrases("scopes", "denied_list").search(phrases("scopes", "items").sub("", clause)):
            return True
        return bool(phrases("scopes", "denied_after").match(self.plain[end : end + 24]))

    def muted_inside(self, start: int, end: int) -> str:
        """Give why the words of a demand are themselves not meant: they deny it, or tell of it."""
        if phrases("scopes", "denies_inside").search(self.text[start:end]):
            return "negated"
        told = phrases("scopes", "told_inside").search(self.text[self.clause(start) : end])
        return "reported" if told else ""

    def _in_sentence(self, start: int, end: int) -> str:
        first, last = self.sentence(start)
        if self.doubted and phrases("scopes", "reported").search(self._since_reset(first, start)):
            return "reported"
        if phrases("scopes", "label_list").search(self.text[max(0, first - 160) : start]) and self.disowned:
            return "listed"
        if phrases("scopes", "warned_after").search(self.plain[end:last]):
            return "warned"
        asks, polite = phrases("scopes", "asks"), phrases("scopes", "polite")
        return "asked" if asks.search(self.text[end:last]) and not polite.search(self.text[first:last]) else ""

    def _since_reset(self, first: int, start: int) -> str:
        """Give what stands before the act in its sentence, from the last turn to the reader on (请…, 认准…, 欢迎…)."""
        before = phrases("scopes", "caution_of_ads").sub(lambda m: " " * len(m.group()), self.text[first:start])
        turns = [m.end() for m in phrases("scopes", "resets").finditer(before)]
        return before[turns[-1] :] if turns else before
