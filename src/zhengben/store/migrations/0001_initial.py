"""Every table, as Django made it from the models."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The first shape of the record."""
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Artefact",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("size", models.PositiveBigIntegerField()),
                ("media_type", models.CharField(blank=True, default="", max_length=120)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Bucket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, unique=True)),
                ("tokens", models.FloatField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Effect",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=160, unique=True)),
                ("kind", models.CharField(max_length=24)),
                ("status", models.CharField(max_length=12)),
                ("receipt", models.JSONField(default=dict)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("worker", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("done", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="LedgerHead",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("seq", models.PositiveBigIntegerField(default=0)),
                (
                    "hash",
                    models.CharField(
                        default="0000000000000000000000000000000000000000000000000000000000000000", max_length=64
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("settings", models.JSONField(default=dict)),
                ("cursor", models.JSONField(default=dict)),
                ("enabled", models.BooleanField(default=True)),
                ("quiet_after_s", models.PositiveIntegerField(default=86400)),
                ("added_at", models.DateTimeField()),
                ("last_run_at", models.DateTimeField(null=True)),
                ("last_seen_at", models.DateTimeField(null=True)),
                ("silent_since", models.DateTimeField(null=True)),
                ("trouble", models.CharField(blank=True, default="", max_length=300)),
                ("taken", models.PositiveBigIntegerField(default=0)),
                ("set_aside", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=24)),
                ("ver", models.PositiveIntegerField(default=0)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("lease_by", models.CharField(blank=True, default="", max_length=80)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("trouble", models.CharField(blank=True, default="", max_length=300)),
                ("needs_human", models.BooleanField(default=False)),
                ("number", models.CharField(max_length=20, unique=True)),
                ("brand", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=16)),
                ("target_key", models.CharField(max_length=300)),
                ("locator", models.TextField()),
                ("title", models.CharField(blank=True, default="", max_length=300)),
                ("label", models.CharField(max_length=16)),
                ("score", models.PositiveSmallIntegerField(default=0)),
                ("first_seen_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField()),
                ("sealed_at", models.DateTimeField(null=True)),
                ("first_notice_at", models.DateTimeField(null=True)),
                ("down_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("watch_until", models.DateTimeField(null=True)),
                ("watch_from", models.DateTimeField(null=True)),
                ("looks", models.PositiveIntegerField(default=0)),
                ("relapses", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="case_due"),
                    models.Index(fields=["state", "-opened_at"], name="case_state"),
                    models.Index(fields=["-opened_at"], name="case_opened"),
                ],
                "constraints": [models.UniqueConstraint(fields=("brand", "target_key"), name="one_case_an_impostor")],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("seq", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("subject", models.CharField(max_length=16)),
                ("subject_id", models.PositiveBigIntegerField()),
                ("ver", models.PositiveIntegerField()),
                ("verb", models.CharField(max_length=32)),
                ("before", models.CharField(blank=True, default="", max_length=24)),
                ("after", models.CharField(blank=True, default="", max_length=24)),
                ("actor", models.CharField(max_length=120)),
                ("holds", models.JSONField(default=list)),
                ("facts", models.JSONField(default=dict)),
                ("prev", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ver__gt", 0)),
                        fields=("subject", "subject_id", "ver"),
                        name="one_event_a_version",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Exhibit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("package", models.CharField(max_length=64)),
                ("artefacts", models.JSONField(default=dict)),
                ("original", models.JSONField(default=dict)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="exhibits", to="store.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Lead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=24)),
                ("ver", models.PositiveIntegerField(default=0)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("lease_by", models.CharField(blank=True, default="", max_length=80)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("trouble", models.CharField(blank=True, default="", max_length=300)),
                ("needs_human", models.BooleanField(default=False)),
                ("kind", models.CharField(max_length=16)),
                ("target_key", models.CharField(max_length=300)),
                ("locator", models.TextField()),
                ("title", models.CharField(blank=True, default="", max_length=300)),
                ("source", models.CharField(max_length=120)),
                ("count", models.PositiveIntegerField(default=1)),
                ("first_seen_at", models.DateTimeField()),
                ("last_seen_at", models.DateTimeField()),
                ("payload", models.JSONField(default=dict)),
                ("label", models.CharField(blank=True, default="", max_length=16)),
                ("brand", models.CharField(blank=True, default="", max_length=80)),
                ("score", models.PositiveSmallIntegerField(default=0)),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="leads", to="store.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("brand", models.CharField(max_length=80)),
                ("label", models.CharField(max_length=16)),
                ("score", models.PositiveSmallIntegerField(default=0)),
                ("reasons", models.JSONField(default=list)),
                ("missing", models.JSONField(default=list)),
                ("dossier", models.CharField(blank=True, default="", max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="store.lead"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=24)),
                ("ver", models.PositiveIntegerField(default=0)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("lease_by", models.CharField(blank=True, default="", max_length=80)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("trouble", models.CharField(blank=True, default="", max_length=300)),
                ("needs_human", models.BooleanField(default=False)),
                ("round", models.PositiveSmallIntegerField(default=0)),
                ("key", models.CharField(max_length=120, unique=True)),
                ("channel", models.CharField(max_length=60)),
                ("addressee", models.CharField(max_length=200)),
                ("language", models.CharField(default="zh", max_length=8)),
                ("subject", models.CharField(max_length=300)),
                ("body", models.TextField()),
                ("envelope", models.JSONField(default=dict)),
                ("attachments", models.JSONField(default=list)),
                ("bases", models.JSONField(default=list)),
                ("rights", models.JSONField(default=list)),
                ("stops", models.JSONField(default=list)),
                ("drafted_by", models.CharField(blank=True, default="", max_length=120)),
                ("approved_by", models.CharField(blank=True, default="", max_length=120)),
                ("drafted_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="store.case"
                    ),
                ),
                (
                    "exhibit",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="store.exhibit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message_id", models.CharField(max_length=300, unique=True)),
                ("kind", models.CharField(max_length=24)),
                ("sender", models.CharField(blank=True, default="", max_length=300)),
                ("text", models.TextField(blank=True, default="")),
                ("artefact", models.CharField(blank=True, default="", max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "notice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="store.notice",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("vantage", models.CharField(max_length=60)),
                ("profile", models.CharField(max_length=40)),
                ("target", models.TextField()),
                ("state", models.CharField(max_length=24)),
                ("control_ok", models.BooleanField(default=True)),
                ("artefact", models.CharField(blank=True, default="", max_length=64)),
                ("detail", models.CharField(blank=True, default="", max_length=300)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rechecks", to="store.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True)),
                ("reporter", models.CharField(max_length=64)),
                ("text", models.TextField(blank=True, default="")),
                ("times", models.PositiveIntegerField(default=1)),
                ("at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="store.lead"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RightRenewal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("brand", models.CharField(max_length=80)),
                ("number", models.CharField(max_length=40)),
                ("jurisdiction", models.CharField(default="CN", max_length=8)),
                ("kind", models.CharField(default="trademark", max_length=24)),
                ("nice_class", models.PositiveSmallIntegerField(null=True)),
                ("holder", models.CharField(max_length=200)),
                ("standing", models.CharField(default="owner", max_length=16)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                ("document", models.CharField(max_length=64)),
                ("document_name", models.CharField(max_length=200)),
                ("source", models.CharField(max_length=300)),
                ("entered_by", models.CharField(max_length=120)),
                ("entered_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("brand", "number", "valid_from"), name="one_renewal_a_term"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))), name="renewal_ends_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("document", ""), _negated=True), name="renewal_has_a_document"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sighting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("facts", models.JSONField(default=dict)),
                ("contacts", models.JSONField(default=list)),
                ("artefacts", models.JSONField(default=dict)),
                ("missing", models.JSONField(default=list)),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sightings", to="store.lead"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SetAside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=300)),
                ("line", models.PositiveBigIntegerField()),
                ("reason", models.CharField(max_length=300)),
                ("text", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("source", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="store.source")),
            ],
        ),
        migrations.AddConstraint(
            model_name="exhibit",
            constraint=models.UniqueConstraint(fields=("case", "round"), name="one_exhibit_a_round"),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="lead_due"),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(fields=["-score", "-last_seen_at", "-id"], name="lead_order"),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(
                condition=models.Q(("label", ""), _negated=True),
                fields=["label", "-score", "-last_seen_at"],
                name="lead_inbox",
            ),
        ),
        migrations.AddConstraint(
            model_name="lead",
            constraint=models.UniqueConstraint(fields=("kind", "target_key"), name="one_lead_a_target"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(fields=("lead", "brand"), name="one_finding_a_brand"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="notice_due"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["state", "drafted_at"], name="notice_state"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("case", "round", "channel", "addressee"), name="one_notice_an_addressee"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "rejected_inside", "withdrawn"]),
                    models.Q(
                        models.Q(("approved_by", ""), _negated=True),
                        models.Q(("drafted_by", ""), _negated=True),
                        models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="two_people_before_a_notice_leaves",
            ),
        ),
        migrations.AddIndex(
            model_name="recheck",
            index=models.Index(fields=["case", "-at"], name="recheck_case"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=("lead", "reporter"), name="one_report_a_person"),
        ),
        migrations.AddConstraint(
            model_name="setaside",
            constraint=models.UniqueConstraint(fields=("source", "place", "line"), name="one_set_aside_a_line"),
        ),
    ]
