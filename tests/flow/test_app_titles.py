"""A case of an app is titled with the label that accuses it, wherever in the app that stands."""

import pytest

from zhengben.core.appfacts import AppFacts, Name
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Label, Reason, Verdict
from zhengben.flow.app_sighting import accusing_title, app_sighting
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import judged

BRANDS = load_brands()


def title(*names: Name) -> str:
    """Give the title of the case that an app of these names would open."""
    seen = app_sighting(AppFacts(platform="android", package="cn.example.x", names=names, signed="verified"), "a.apk")
    return accusing_title(seen, judged((seen,), BRANDS).verdict)


@pytest.mark.parametrize("place", ["application", "activity", "alias", "h5"])
def test_the_label_that_accuses_is_the_title(place: str) -> None:
    assert title(Name(text="Tools"), Name(text="微粒贷极速版", place=place, locale="zh")) == "微粒贷极速版"


def test_an_app_that_is_not_accused_keeps_its_own_name() -> None:
    assert title(Name(text="Tools"), Name(text="工具", locale="zh")) == "Tools"


def test_a_disguised_label_is_shown_as_it_is_written() -> None:
    assert title(Name(text="Tools"), Name(text="微\u200b粒贷", locale="zh")) == "微\u200b粒贷"


def test_what_is_no_app_keeps_its_title() -> None:
    seen = Sighting(kind="url", target="x", title="A page")
    reason = Reason("no_such_app", 80, {"where": "app", "title": "other"})
    assert accusing_title(seen, Verdict(Label.IMPERSONATION, "weilidai", 80, (reason,), Coverage(()))) == "A page"


def test_of_several_reasons_the_gravest_names_the_case() -> None:
    seen = Sighting(kind="app_file", target="x", title="Tools", app=AppFacts(platform="android"))
    reasons = (
        Reason("app_name_hidden", 10, {"title": "lighter"}),
        Reason("app_uses_name", 75, {"where": "app", "title": "heavy"}),
        Reason("name_in_title", 0, {"where": "app", "title": "none"}),
    )  # fmt: skip
    assert accusing_title(seen, Verdict(Label.IMPERSONATION, "b", 75, reasons, Coverage(()))) == "heavy"
