"""What a planter stands on: chance, names, facts and words for one thing at a time."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from zhengben.core.brand import Brand
from zhengben.range.grammar import Speaker
from zhengben.range.hostnames import Namer
from zhengben.range.scenario import Scenario
from zhengben.range.thing import Thing

COLOURS = ("#1677ff", "#07c160", "#2b6de5", "#ff6a00", "#d4380d", "#0e8f6d", "#5b5bd6", "#1d39c4")
HOSTERS = ("abuse@yunzhan-idc.cn", "abuse@fastlane-hosting.com", "jubao@haiyan-dns.cn", "abuse@nimbus-vps.net")
EARLY, SPREAD = 0.3, 0.7  # shares of the days in which things appear: those that will come back are planted early
_SWAPS = {"微": "徽薇V溦", "粒": "立利力", "贷": "貸代货"}


@dataclass(slots=True)
class Ground:
    """Shared by everything planted in one world."""

    scenario: Scenario
    seed: int
    brand: Brand
    namer: Namer
    things: list[Thing] = field(default_factory=list)

    @staticmethod
    def nobody() -> random.Random:
        """Give a generator of chance that stands in until a plot brings its own."""
        return random.Random(0)

    def plot(self, sort: str, number: int, *, impostor: bool) -> "Plot":
        """Give the plot for the n-th thing of a sort; the same seed gives the same plot."""
        chance = random.Random(f"{self.seed}/{sort}/{number}")
        name = f"{'i' if impostor else 'd'}-{sort}-{number + 1:02d}"
        return Plot(self, sort, name, chance, impostor)


class Plot:
    """Where one thing is planted: its chance, facts and words."""

    def __init__(self, ground: Ground, sort: str, name: str, chance: random.Random, impostor: bool) -> None:  # noqa: FBT001  one caller, by position
        """Decide what the thing's maker decides once: telephone, accounts, spelling, character."""
        self.ground, self.sort, self.id, self.chance, self.impostor = ground, sort, name, chance, impostor
        self.temper = self._drawn(ground.scenario.tempers) if impostor else "prompt"
        self.colour = chance.choice(COLOURS)
        self.hosts: set[str] = set()
        self.facts: dict[str, str] = {
            "phone": self.phone(),
            "wechat": self.wechat(),
            "qq": str(chance.randrange(10**8, 10**10)),
            "brand": self.spelling() if impostor else ground.brand.names.primary,
        }
        self.appears = self._when()

    def speaker(self, file: str) -> Speaker:
        """Give a speaker of one content file that draws from this thing's chance."""
        return Speaker(file, self.chance)

    def spelling(self) -> str:
        """Give the brand as this impostor writes it: mostly as it is, sometimes bent."""
        names = self.ground.brand.names
        roll = self.chance.random()
        if roll < 0.62:
            return names.primary
        if roll < 0.72:
            return self.chance.choice(names.aliases or (names.primary,))
        if roll < 0.88:
            at = self.chance.randrange(len(names.primary))
            swap = self.chance.choice(_SWAPS.get(names.primary[at], names.primary[at]))
            return names.primary[:at] + swap + names.primary[at + 1 :]
        return self.chance.choice(("·", " ", "-", "\u200b", "★")).join(names.primary)

    def phone(self) -> str:
        """Give a telephone number as people write one."""
        tail = "".join(str(self.chance.randrange(10)) for _ in range(8))
        forms = (
            f"1{self.chance.choice('356789')}{self.chance.randrange(10)}{tail}",
            f"400-{tail[:3]}-{tail[3:7]}",
            f"0{self.chance.choice(('28', '27', '371', '731', '551'))}-{self.chance.randrange(2, 9)}{tail[1:8]}",
        )
        return self.chance.choice(forms)

    def wechat(self) -> str:
        """Give an account name of a messenger."""
        head = self.chance.choice(("wld", "kf", "dk", "xiaoli", "zx", "aa", "jieqian", "vip"))
        return f"{head}{self.chance.choice(('', '_', '-'))}{self.chance.randrange(1000, 999999)}"

    def host(self, *ways: str) -> str:
        """Give a hostname made in one of the ways of `Namer`."""
        namer = self.ground.namer
        namer.chance = self.chance
        made = str(getattr(namer, self.chance.choice(ways))())
        self.hosts.add(made)
        return made

    def _drawn(self, shares: Mapping[str, int]) -> str:
        return self.chance.choices(list(shares), weights=list(shares.values()))[0]

    def cloak(self) -> str:
        """Draw how a site hides."""
        return self._drawn(self.ground.scenario.cloaks)

    def _when(self) -> datetime:
        days = self.ground.scenario.days
        share = EARLY if self.temper in {"relapser", "dodger", "liar", "late", "asks"} else SPREAD
        hours = self.chance.uniform(0, days * 24 * share)
        return self.ground.scenario.start + timedelta(minutes=round(hours * 60))
