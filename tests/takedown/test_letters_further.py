"""Letters after the first: firmer by level, never claiming more than the first, and plain about what is taken back."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from zhengben.core.brand import INVENTED, Brand
from zhengben.takedown.letter import ADDRESSEES, Addressee, CaseView, Complainant, Earlier, Letter
from zhengben.takedown.letters import LetterError, draft
from zhengben.takedown.letters_further import MOST_WORDS

SENT = datetime.fromisoformat("2026-11-20T01:02:03+00:00")
EARLIER = Earlier(sent_at=SENT, answer_by=date(2026, 11, 25))


@pytest.fixture
def write(view: CaseView, brand: Brand, addressee: Addressee, complainant: Complainant, now: datetime):  # type: ignore[no-untyped-def]  # noqa: ANN201 -- a function of four
    """Give what writes a further letter of this case."""

    def one(purpose: str, language: str = "zh", earlier: Earlier | None = EARLIER, **other: object) -> Letter:
        seen = replace(view, purpose=purpose, earlier=earlier, **other)  # type: ignore[arg-type]  # one field at a time
        return draft(seen, brand, addressee, language, complainant=complainant, now=now)

    return one


@pytest.mark.parametrize(
    ("level", "zh", "en"),
    [
        (1, "应当及时采取必要措施", "takes the necessary measures without delay"),
        (2, "第一千一百九十七条", "you know of the content"),
        (3, "最后一次催告", "our last letter"),
    ],
)
def test_a_reminder_grows_firmer(write, level: int, zh: str, en: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- see the fixture
    earlier = replace(EARLIER, level=level)
    chinese, english = write("reminder", earlier=earlier), write("reminder", "en", earlier=earlier)
    assert chinese.subject.startswith(f"【催告{level}】")
    assert english.subject.startswith(f"[Reminder {level}]")
    assert zh in chinese.body
    assert en in english.body
    for letter in (chinese, english):
        assert "2026-11-20 09:02:03" in letter.body  # Beijing time
        assert "2026-11-25" in letter.body
        assert "https://wei1idai-app.example/下载?from=sms" in letter.body
        assert "16577525" in letter.body
        assert "{" not in letter.subject + letter.body
        assert letter.attachments[0].name == "xarf.json"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("", "未收到答复"), ("no_response", "未收到答复"), ("sent", "未收到答复"), ("acknowledged", "确认收到"),
        ("action_reported", "曾告知已作处理"), ("refused", "再次核查"),
    ],
)  # fmt: skip
def test_a_reminder_says_what_the_addressee_said(write, said: str, words: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- see the fixture
    assert words in write("reminder", earlier=replace(EARLIER, said=said)).body


def test_a_reminder_says_it_is_up_only_where_somebody_saw_it(write, now: datetime) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- see the fixture
    assert "仍可访问" not in write("reminder").body
    seen = replace(EARLIER, seen_up_at=now - timedelta(hours=1))
    assert "仍可访问" in write("reminder", earlier=seen).body


@pytest.mark.parametrize("purpose", ["reminder", "supplement", "retraction"])
def test_a_further_letter_without_the_one_before_is_refused(write, purpose: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- see the fixture
    with pytest.raises(ValueError, match="give `earlier`"):
        write(purpose, earlier=None)


@pytest.mark.parametrize("gone", [{"rights": ()}, {"bases": ()}, {"evidence": ""}])
def test_a_reminder_needs_what_the_first_letter_needed(write, gone: dict[str, object]) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- see the fixture
    with pytest.raises(LetterError):
        write("reminder", **gone)
    assert write("retraction", **gone).body  # taking back needs neither a right nor a law
    assert write("supplement", words="营业执照见附件", **gone).body


def test_a_supplement_is_the_colleagues_words_and_covers_private_people(write) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- see the fixture
    letter = write("supplement", words="已附营业执照。\n受害人手机 13800138000 可作证。\n")
    assert letter.subject.startswith("【补充材料】")
    assert "已附营业执照。\n受害人手机" in letter.body
    assert "13800138000" not in letter.body
    assert letter.attachments == ()


def test_a_supplement_has_an_end(write) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- see the fixture
    assert write("supplement", words="长" * 90_000).body.count("长") == MOST_WORDS


@pytest.mark.parametrize("kind", ADDRESSEES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_addressee_can_be_reminded(
    kind: str, language: str, view: CaseView, brand: Brand, complainant: Complainant, now: datetime
) -> None:
    whom = Addressee(kind=kind, name="x", mailbox="a@b.example")
    seen = replace(view, purpose="reminder", earlier=EARLIER)
    letter = draft(seen, brand, whom, language, complainant=complainant, now=now)
    assert "{" not in letter.subject + letter.body


def test_a_drill_says_so_in_every_letter(write, view: CaseView) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- see the fixture
    invented = tuple(replace(right, source=f"{INVENTED} x") for right in view.rights)
    for purpose in ("reminder", "supplement", "retraction"):
        assert "【演练】" in write(purpose, rights=invented, words="x").subject


def test_a_retraction_names_the_letter_it_takes_back_and_accuses_nobody(write) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- see the fixture
    letter = write("retraction")
    assert "2026-11-20 09:02:03" in letter.body
    assert "催告" in letter.body  # the reminders fall with it
    assert "疑似" not in letter.body + letter.subject


def test_the_letter_is_dated_by_the_day_it_is_written(write, view: CaseView) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- see the fixture
    assert view.sealed_at.date().isoformat() != "2027-01-05"
    later = datetime.fromisoformat("2027-01-04T20:00:00+00:00")
    assert write("reminder", dated=later).body.rstrip().endswith("2027-01-05")
