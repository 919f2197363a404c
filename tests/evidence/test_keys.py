"""The signing key: made once, read by its owner only, never replaced by accident."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from zhengben.evidence.keys import KeyFileError, fingerprint, new_key, open_key, public_pem, read_public


def test_the_key_is_made_on_first_use_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "seal.pem"
    first = open_key(path)
    assert path.stat().st_mode & 0o077 == 0
    assert fingerprint(open_key(path).public_key()) == fingerprint(first.public_key())
    assert [entry.name for entry in path.parent.iterdir()] == ["seal.pem"]


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    new_key(tmp_path / "seal.pem")
    with pytest.raises(FileExistsError):
        new_key(tmp_path / "seal.pem")
    assert len(list(tmp_path.iterdir())) == 1


def test_another_file_is_no_key(tmp_path: Path) -> None:
    path = tmp_path / "seal.pem"
    path.write_text("hello")
    with pytest.raises(KeyFileError, match=r"seal\.pem: not a private key"):
        open_key(path)
    path.write_bytes(generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(KeyFileError, match="not an Ed25519 key"):
        open_key(path)


def test_a_public_key_has_one_spelling(key: Ed25519PrivateKey) -> None:
    pem = public_pem(key.public_key())
    assert fingerprint(read_public(pem)) == fingerprint(key.public_key())
    other = generate_private_key(SECP256R1()).public_key()
    for wrong in (
        pem + b"\n",
        b"note\n" + pem,
        b"",
        other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    ):
        with pytest.raises(KeyFileError):
            read_public(wrong)
