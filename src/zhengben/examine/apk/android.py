"""Facts of one Android package."""

from zhengben.core.appfacts import AppFacts
from zhengben.examine.apk.package import Package, open_package
from zhengben.examine.apk.signatures import NOUGAT, Outcome, check_signatures


def examine_android(data: bytes) -> AppFacts:
    """Examine one package; see `zhengben.examine.appfile.examine_app`."""
    package = open_package(data)
    manifest = package.manifest
    outcome = check_signatures(package.archive, NOUGAT, target_sandbox=manifest.sandbox, target_sdk=manifest.target_sdk)
    return _facts(package, outcome)


def _facts(package: Package, outcome: Outcome) -> AppFacts:
    manifest, archive = package.manifest, package.archive
    return AppFacts(
        platform="android",
        container="apk",
        package=manifest.package,
        version=manifest.version,
        names=tuple(manifest.names),
        signers=tuple(outcome.signers),
        permissions=tuple(manifest.permissions),
        features=tuple(manifest.features),
        queries=tuple(manifest.queries),
        min_sdk=manifest.min_sdk,
        target_sdk=manifest.target_sdk,
        debuggable=manifest.debuggable,
        signed=signed_word(outcome),
        tamper=tuple(sorted({*archive.tamper, *outcome.tamper})),
        missing=tuple(package.missing),
    )


def signed_word(outcome: Outcome) -> str:
    """Say in one word how the signatures stand."""
    if outcome.verified:
        return "verified"
    return "broken" if outcome.signers else "unsigned"
