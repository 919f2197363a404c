"""The tables of the record. Rows of `Stateful` kinds change state only through `store.events.move`.

What is due lives in the rows themselves: `due_at` says when somebody must look again, `lease_by` and `lease_until` who
is at it, and `ver` counts the row's events, so that a worker that came too late writes nothing.
"""
# ruff: noqa: DJ008 -- pages and letters show rows field by field, never through str()

from typing import ClassVar

from django.db import models

TEXT = 300  # longest short text, in characters


class Stateful(models.Model):
    """A row with a state machine (named by `SUBJECT`), a version and a place in the queue of due work."""

    SUBJECT: ClassVar[str] = ""
    # columns that change without an event of their own: the queue's, and counts; every other one is bound to the ledger
    UNBOUND: ClassVar[frozenset[str]] = frozenset({"due_at", "lease_by", "lease_until", "attempts", "trouble"})

    state = models.CharField(max_length=24)
    ver = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    lease_by = models.CharField(max_length=80, blank=True, default="")
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=TEXT, blank=True, default="")
    needs_human = models.BooleanField(default=False)

    class Meta:
        """An abstract base: every kind has its own table."""

        abstract = True


def _due_index(name: str) -> models.Index:
    return models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name=name)


class Source(models.Model):
    """Where leads come from: its cursor, when it last gave something, and since when it has been silent."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    settings = models.JSONField(default=dict)
    cursor = models.JSONField(default=dict)
    enabled = models.BooleanField(default=True)
    quiet_after_s = models.PositiveIntegerField(default=24 * 3600)
    added_at = models.DateTimeField()
    last_run_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)
    silent_since = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=TEXT, blank=True, default="")
    taken = models.PositiveBigIntegerField(default=0)
    set_aside = models.PositiveBigIntegerField(default=0)


class SetAside(models.Model):
    """A line of a source that could not be read: where it stands and why, so that nothing vanishes unseen."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    place = models.CharField(max_length=TEXT)
    line = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=TEXT)
    text = models.CharField(max_length=TEXT)
    at = models.DateTimeField()

    class Meta:
        """One row a line, however often a file is read."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "place", "line"], name="one_set_aside_a_line")
        ]


class Case(Stateful):
    """One impostor's file. `target_key` groups the leads that point at the same impostor (see `store.keys`)."""

    SUBJECT: ClassVar[str] = "case"

    number = models.CharField(max_length=20, unique=True)
    brand = models.CharField(max_length=80)
    kind = models.CharField(max_length=16)
    target_key = models.CharField(max_length=TEXT)
    locator = models.TextField()
    title = models.CharField(max_length=TEXT, blank=True, default="")
    label = models.CharField(max_length=16)
    score = models.PositiveSmallIntegerField(default=0)
    first_seen_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    first_notice_at = models.DateTimeField(null=True)
    down_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    watch_until = models.DateTimeField(null=True)
    watch_from = models.DateTimeField(null=True)
    looks = models.PositiveIntegerField(default=0)
    relapses = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """One case an impostor and brand."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["brand", "target_key"], name="one_case_an_impostor")]
        indexes: ClassVar = [
            _due_index("case_due"),
            models.Index(fields=["state", "-opened_at"], name="case_state"),
            models.Index(fields=["-opened_at"], name="case_opened"),
        ]


class Lead(Stateful):
    """One pointer, however often reported. `ver` is 0 until its first own event; a batch event told of its coming."""

    SUBJECT: ClassVar[str] = "lead"
    # `case` is named by the case's own events, `count` and `last_seen_at` by those of the batches
    UNBOUND: ClassVar[frozenset[str]] = Stateful.UNBOUND | {"count", "last_seen_at", "case"}

    kind = models.CharField(max_length=16)
    target_key = models.CharField(max_length=TEXT)
    locator = models.TextField()
    title = models.CharField(max_length=TEXT, blank=True, default="")
    source = models.CharField(max_length=120)
    count = models.PositiveIntegerField(default=1)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    payload = models.JSONField(default=dict)
    label = models.CharField(max_length=16, blank=True, default="")
    brand = models.CharField(max_length=80, blank=True, default="")
    score = models.PositiveSmallIntegerField(default=0)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="leads")

    class Meta:
        """One row a target."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "target_key"], name="one_lead_a_target")]
        indexes: ClassVar = [
            _due_index("lead_due"),
            models.Index(fields=["-score", "-last_seen_at", "-id"], name="lead_order"),
            models.Index(fields=["label", "-score", "-last_seen_at"], name="lead_inbox", condition=~models.Q(label="")),
        ]


class Artefact(models.Model):
    """Bytes in the vault, named by their sha256 (lower-case hex); the bytes themselves are not in the database."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120, blank=True, default="")
    at = models.DateTimeField()


class Sighting(models.Model):
    """What was seen of a lead at one moment, as facts; `artefacts` are names in the vault, by role."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="sightings")
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    contacts = models.JSONField(default=list)
    artefacts = models.JSONField(default=dict)
    missing = models.JSONField(default=list)


class AppPrint(models.Model):
    """One print of an app seen at a lead, as `kind:value` (`AppFacts.prints`): what links it to its kin."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="prints")
    value = models.CharField(max_length=200, db_index=True)

    class Meta:
        """Once a lead, however often it is looked at."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["lead", "value"], name="one_app_print_a_lead")]


class Finding(models.Model):
    """The verdict on one lead for one brand, as it stands now; earlier verdicts are in the events."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="findings")
    brand = models.CharField(max_length=80)
    label = models.CharField(max_length=16)
    score = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    dossier = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        """One standing verdict a lead and brand."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["lead", "brand"], name="one_finding_a_brand")]


class Exhibit(models.Model):
    """A sealed package of what was seen of a case. `original` holds what rechecks compare with."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exhibits")
    round = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    package = models.CharField(max_length=64)
    artefacts = models.JSONField(default=dict)
    original = models.JSONField(default=dict)

    class Meta:
        """One exhibit a round: the first look, and one after each relapse."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "round"], name="one_exhibit_a_round")]


_SAFE = models.Q(state__in=["draft", "rejected_inside", "withdrawn"])
_TWO = ~models.Q(approved_by="") & ~models.Q(drafted_by="") & ~models.Q(approved_by=models.F("drafted_by"))


class Notice(Stateful):
    """One letter to one addressee. The database itself refuses one that leaves without two different people.

    `purpose` is one of `core.notice.PURPOSES`, `level` counts reminders and further letters from 1, and `about` is the
    earlier notice such a letter speaks of.
    """

    SUBJECT: ClassVar[str] = "notice"
    UNBOUND: ClassVar[frozenset[str]] = Stateful.UNBOUND | {"stops"}  # what the gate says is computed anew each time

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    round = models.PositiveSmallIntegerField(default=0)
    purpose = models.CharField(max_length=16, default="complaint")
    level = models.PositiveSmallIntegerField(default=0)
    about = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="later")
    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=60)
    addressee = models.CharField(max_length=200)
    language = models.CharField(max_length=8, default="zh")
    exhibit = models.ForeignKey(Exhibit, null=True, on_delete=models.PROTECT)
    subject = models.CharField(max_length=TEXT)
    body = models.TextField()
    envelope = models.JSONField(default=dict)  # sender, mailbox, receiver, silence_h, per_hour, burst, lacking
    attachments = models.JSONField(default=list)  # name, media_type, sha256 in the vault
    bases = models.JSONField(default=list)
    rights = models.JSONField(default=list)
    stops = models.JSONField(default=list)
    drafted_by = models.CharField(max_length=120, blank=True, default="")
    approved_by = models.CharField(max_length=120, blank=True, default="")
    drafted_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """One letter a case, round, channel, addressee, purpose and level; two people before it may leave."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "round", "channel", "addressee", "purpose", "level"], name="one_notice_an_addressee"
            ),
            models.CheckConstraint(condition=_SAFE | _TWO, name="two_people_before_a_notice_leaves"),
        ]
        indexes: ClassVar = [
            _due_index("notice_due"),
            models.Index(fields=["state", "drafted_at"], name="notice_state"),
        ]


class Answer(models.Model):
    """What an addressee wrote back. `notice` is empty where the answer could not be matched."""

    notice = models.ForeignKey(Notice, null=True, on_delete=models.PROTECT, related_name="answers")
    message_id = models.CharField(max_length=TEXT, unique=True)
    kind = models.CharField(max_length=24)
    sender = models.CharField(max_length=TEXT, blank=True, default="")
    text = models.TextField(blank=True, default="")
    artefact = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField()


class Recheck(models.Model):
    """One look at a case's target: from where, as which client, and what was seen (`core.recheck.STATES`).

    `by` names the person who looked; it is empty where the machine did.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rechecks")
    round = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    vantage = models.CharField(max_length=60)
    profile = models.CharField(max_length=40)
    target = models.TextField()
    state = models.CharField(max_length=24)
    control_ok = models.BooleanField(default=True)
    artefact = models.CharField(max_length=64, blank=True, default="")
    detail = models.CharField(max_length=TEXT, blank=True, default="")
    by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        """Read newest first, by case."""

        indexes: ClassVar = [models.Index(fields=["case", "-at"], name="recheck_case")]


class Report(models.Model):
    """What somebody reported; one row a target and reporter. `reporter` is a keyed hash, never an address."""

    number = models.CharField(max_length=20, unique=True)
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="reports")
    reporter = models.CharField(max_length=64)
    text = models.TextField(blank=True, default="")
    times = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        """Count people, not clicks."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["lead", "reporter"], name="one_report_a_person")]


class RightRenewal(models.Model):
    """A renewal of a registered right, entered by a person with its document; the gate counts it beside the dossier."""

    brand = models.CharField(max_length=80)
    number = models.CharField(max_length=40)
    jurisdiction = models.CharField(max_length=8, default="CN")
    kind = models.CharField(max_length=24, default="trademark")
    nice_class = models.PositiveSmallIntegerField(null=True)
    holder = models.CharField(max_length=200)
    standing = models.CharField(max_length=16, default="owner")
    valid_from = models.DateField()
    valid_to = models.DateField()
    document = models.CharField(max_length=64)
    document_name = models.CharField(max_length=200)
    source = models.CharField(max_length=TEXT)
    entered_by = models.CharField(max_length=120)
    entered_at = models.DateTimeField()

    class Meta:
        """A term is entered once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brand", "number", "valid_from"], name="one_renewal_a_term"),
            models.CheckConstraint(condition=models.Q(valid_to__gt=models.F("valid_from")), name="renewal_ends_later"),
            models.CheckConstraint(condition=~models.Q(document=""), name="renewal_has_a_document"),
        ]


class Effect(models.Model):
    """One thing done to the outside, under its idempotency key: `started`, `handing`, `done`, `uncertain`."""

    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=24)
    status = models.CharField(max_length=12)
    receipt = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)


class Event(models.Model):
    """One line of the ledger. Triggers in the database refuse to change or delete one; `hash` covers the one before.

    `sets` are the bound columns this event gave a value (`store.chain.bound`); None in events older than that.
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    subject = models.CharField(max_length=16)
    subject_id = models.PositiveBigIntegerField()
    ver = models.PositiveIntegerField()
    verb = models.CharField(max_length=32)
    before = models.CharField(max_length=24, blank=True, default="")
    after = models.CharField(max_length=24, blank=True, default="")
    actor = models.CharField(max_length=120)
    holds = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    sets = models.JSONField(null=True)  # no default: SQLite would copy the table and lose its triggers
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """Read by subject; a version of a subject is written once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "subject_id", "ver"], condition=models.Q(ver__gt=0), name="one_event_a_version"
            )
        ]


class LedgerHead(models.Model):
    """The last line of the ledger. Locking this one row puts writers in line."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)


class Bucket(models.Model):
    """Tokens left for one channel or one reporter: refilled by `rate` an hour up to `burst`."""

    name = models.CharField(max_length=160, unique=True)
    tokens = models.FloatField()
    at = models.DateTimeField()


class Heartbeat(models.Model):
    """A worker's last sign of life."""

    worker = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField()
    done = models.PositiveBigIntegerField(default=0)
