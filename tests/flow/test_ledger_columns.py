"""A column changed past the product is seen, whichever it is; so is a row that is gone or was never opened."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from worlds import DRAFTER, HOST, NOW, Town
from zhengben.core.brand import Right
from zhengben.flow.answers import Received, take_answer
from zhengben.store import events
from zhengben.store.chain import digest, fields_of, line_of, short_digest
from zhengben.store.models import Case, Event, Lead, LedgerHead, Notice, Recheck, Stateful
from zhengben.store.renewals import enter

DAY = timedelta(days=1)
OTHER = "c0ffee" * 10 + "0000"
ANOTHER = {  # a value the column may hold, which is not the one it holds
    "BooleanField": "NOT {column}",
    "PositiveSmallIntegerField": "COALESCE({column}, 0) + 1",
    "PositiveIntegerField": "COALESCE({column}, 0) + 1",
    "PositiveBigIntegerField": "COALESCE({column}, 0) + 1",
    "DateTimeField": "'2020-02-02 02:02:02+00:00'",
    "CharField": "'zz'",
    "TextField": "'somebody else wrote this'",
    "JSONField": "'[\"other\"]'",
}


@pytest.fixture
def story(town: Town) -> Town:
    """Give a world in which one of everything has happened, and whose ledger is whole."""
    town.report(HOST, "wei1idai-vip.cn")
    town.work()
    town.approve_all()
    town.work()
    notice = Notice.objects.order_by("pk").first()
    assert notice is not None
    take_answer(Received(kind="acknowledged", notice_key=notice.key, message_id="<1@x>", artefact="ab" * 32), NOW)
    take_answer(Received(kind="unknown", notice_key="", message_id="<2@x>"), NOW)
    enter(
        right=Right(
            kind="trademark", jurisdiction="CN", number="1", holder="h", document="cd" * 32, source="certificate",
            valid_from=date(2026, 1, 1), valid_to=date(2036, 1, 1),
        ),
        brand="weilidai", document_name="d.pdf", entered_by=DRAFTER, now=NOW,
    )  # fmt: skip
    town.work_until(NOW + DAY)
    assert Recheck.objects.exists()
    assert events.ledger_problems() == []
    return town


def forge(statement: str) -> list[str]:
    """Run SQL past every rule of ours, hold the record against its ledger, and undo it; give what was found."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount, statement
        found = events.ledger_problems()
        transaction.set_rollback(True)
    return found


def columns() -> Iterator[tuple[str, str, str]]:
    """Give every bound column of every kind: its kind, its name, and SQL that gives it another value."""
    for model in (Case, Notice, Lead):
        for name in fields_of(model):
            field = model._meta.get_field(name)
            if field.get_internal_type() != "ForeignKey":
                yield model.SUBJECT, name, ANOTHER[field.get_internal_type()].format(column=name)


def forgeries(model: type[Stateful]) -> dict[str, str]:
    """Give one forgery a column of a kind, of the newest row that has a life of its own."""
    row = model._default_manager.filter(ver__gt=0).order_by("-pk").values_list("pk", flat=True).first()
    table = model._meta.db_table
    return {
        name: f"UPDATE {table} SET {name} = {value} WHERE id = {row}"  # noqa: S608 -- names of ours
        for subject, name, value in columns()
        if subject == model.SUBJECT
    }


@pytest.mark.parametrize("model", [Case, Notice])
def test_every_column_of_cases_and_notices_is_bound(story: Town, model: type[Stateful]) -> None:
    assert story
    unseen = []
    for name, statement in forgeries(model).items():
        if not any(name in problem for problem in forge(statement)):
            unseen.append(name)
    assert unseen == []


def test_what_was_judged_of_a_lead_is_bound(story: Town) -> None:
    assert story
    seen = {name for name, statement in forgeries(Lead).items() if forge(statement)}
    # the rest came with the batch: kind, key, address and source are bound there, title and payload at the judging
    assert seen >= {"kind", "target_key", "locator", "source", "label", "brand", "score", "needs_human"}


FORGERIES = {
    "the approver of a letter that left": "UPDATE store_notice SET approved_by = '另一人'",
    "who answers for a draft": "UPDATE store_notice SET drafted_by = '另一人'",
    "a letter that is gone": "DELETE FROM store_notice WHERE id = (SELECT MAX(id) FROM store_notice)",
    "a lead whose address was changed": "UPDATE store_lead SET locator = 'bank.example'",
    "a lead put into another case": "UPDATE store_lead SET case_id = (SELECT MIN(id) FROM store_case)",
    "a package exchanged": f"UPDATE store_exhibit SET package = '{OTHER}'",  # noqa: S608 -- ours
    "a look that says something else": "UPDATE store_recheck SET state = 'removed'",
    "a look made older": "UPDATE store_recheck SET at = '2020-01-01 00:00:00+00:00'",
    "looks taken away": "DELETE FROM store_recheck",
    "an answer of another kind": "UPDATE store_answer SET kind = 'action_reported' WHERE kind = 'acknowledged'",
    "an answer with other bytes": f"UPDATE store_answer SET artefact = '{OTHER}' WHERE id = 1",  # noqa: S608 -- ours
    "an unmatched answer turned": "UPDATE store_answer SET kind = 'refused' WHERE kind = 'unknown'",
    "an answer taken away": "DELETE FROM store_answer WHERE kind = 'unknown'",
    "a right that lasts longer": "UPDATE store_rightrenewal SET valid_to = '2046-01-01'",
    "a right of another number": "UPDATE store_rightrenewal SET number = '2'",
    "a renewal taken away": "DELETE FROM store_rightrenewal",
}  # fmt: skip


def test_every_forgery_beside_a_state_is_seen(story: Town) -> None:
    assert story
    assert [name for name, statement in FORGERIES.items() if not forge(statement)] == []


def _row(table: str, **values: object) -> str:
    """Give SQL that copies the newest row of a table under a new number, with other values."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 1")  # noqa: S608 -- names of ours
        names = [column[0] for column in cursor.description]
    taken = ", ".join(str(values.get(name, name)) for name in names)
    return (
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {taken} FROM {table} WHERE id = (SELECT MAX(id) FROM {table})"  # noqa: S608 -- names of ours
    )


def test_a_row_that_nobody_opened_is_seen(story: Town) -> None:
    assert story
    written_in = {
        "a case": _row("store_case", id=900, number="'2026-9000'", target_key="'web:x'", ver=0, state="'open'"),
        "a letter": _row("store_notice", id=900, key="'k'", level=9, ver=0, state="'draft'"),
        "an exhibit": _row("store_exhibit", id=900, round=9),
        "an answer": _row("store_answer", id=900, message_id="'<9@x>'", notice_id="(SELECT MIN(id) FROM store_notice)"),
        "a renewal": _row("store_rightrenewal", id=900, number="'99'"),
    }
    assert [name for name, statement in written_in.items() if not forge(statement)] == []


def test_what_is_named_is_the_row_and_the_column(story: Town) -> None:
    assert story
    last = Notice.objects.order_by("-pk").values_list("pk", flat=True).first()
    found = forge(f"UPDATE store_notice SET approved_by = '无人' WHERE id = {last}")  # noqa: S608 -- a number
    assert found == [f"notice {last}: approved_by is not what its events say"]


def test_the_queue_may_change_without_an_event(story: Town) -> None:
    """Claims, leases and waits are no statements about anything; they change by the thousand."""
    assert story
    later = NOW + 9 * DAY
    Case.objects.update(due_at=later, lease_by="w", lease_until=later, attempts=3, trouble="t")
    Lead.objects.update(count=9, last_seen_at=later)
    Notice.objects.update(stops=["x"])
    assert events.ledger_problems() == []


def test_a_record_from_before_the_columns_were_bound_still_verifies_and_still_names_two_people(story: Town) -> None:
    """Events without `sets` were hashed without it: an old ledger is as good as it was, and the people are in it."""
    assert story
    _forget_sets()
    assert events.ledger_problems() == []
    assert forge("UPDATE store_notice SET approved_by = '另一人'")
    assert forge("UPDATE store_notice SET drafted_by = '另一人'")
    assert not forge("UPDATE store_notice SET subject = 'changed'")  # which nothing bound then


def _forget_sets() -> None:
    """Write the chain anew as an older version wrote it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE store_event DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER store_event_no_update")
    prev = "0" * 64
    for event in Event.objects.order_by("seq"):
        event.sets, event.prev = None, prev
        event.hash = prev = digest(event.seq, prev, line_of(event))
        event.save(force_update=True)
    LedgerHead.objects.update(hash=prev)


def test_a_draft_signed_by_its_opener_is_told_by_the_first_event(story: Town) -> None:
    assert story
    with transaction.atomic():
        row = events.create(
            Notice, now=NOW, actor=DRAFTER, case=Case.objects.order_by("pk").first(), key="other", channel="c",
            addressee="a@b.example", subject="s" * 50, body="长" * 3000, drafted_by=DRAFTER, drafted_at=NOW,
        )  # fmt: skip
    sets = Event.objects.order_by("-seq").values_list("sets", flat=True).first()
    assert sets is not None
    assert (sets["drafted_by"], sets["approved_by"], sets["case_id"]) == (DRAFTER, "", row.case_id)
    assert sets["body"] == short_digest("长" * 3000)  # a letter's words are bound, not copied into the ledger
    assert "stops" not in sets
    assert "due_at" not in sets
