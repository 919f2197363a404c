"""The key that signs packages: Ed25519, one file that only its owner may read."""

import hashlib
import os
import tempfile
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)


class KeyFileError(ValueError):
    """A key file that cannot be used."""


def fingerprint(key: Ed25519PublicKey) -> str:
    """Give the sha256 of the raw public key, as people compare it."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()


def public_pem(key: Ed25519PublicKey) -> bytes:
    """Give the public key as the PEM text OpenSSL reads."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read_public(pem: bytes) -> Ed25519PublicKey:
    """Read a public key; raise KeyFileError for any other spelling than the one `public_pem` writes."""
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyFileError("the signer's key is not a public key in PEM") from error
    # A second spelling of one key would be a second fingerprint to whoever hashes the file.
    if not isinstance(key, Ed25519PublicKey) or public_pem(key) != pem:
        raise KeyFileError("the signer's key is not an Ed25519 key in its canonical spelling")
    return key


def new_key(path: Path) -> Ed25519PrivateKey:
    """Make a key and keep it in a new file, readable by its owner only; raise FileExistsError where there is one."""
    key = Ed25519PrivateKey.generate()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)  # mkstemp: owner only
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            file.flush()
            os.fsync(file.fileno())
        # A rename would replace a key that another process made meanwhile, and orphan all it had signed.
        path.hardlink_to(name)  # whole or not at all, and never over another
    finally:
        Path(name).unlink()
    return key


def open_key(path: Path) -> Ed25519PrivateKey:
    """Read the key of a file, and make it on first use; raise KeyFileError where the file holds something else."""
    if not path.exists():
        try:
            return new_key(path)
        except FileExistsError:  # another process was faster
            pass
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFileError(f"{path}: not a private key in PEM; restore it from its backup") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(f"{path}: not an Ed25519 key; restore it from its backup")
    return key
