"""Anonymous readers: a random id inside a signed token, and nothing else."""

import hashlib
import secrets

from itsdangerous import BadSignature, Signer


class _Signer(Signer):
    """A signer that derives each of its keys once; at every token, as usual, it takes half of the time."""

    _derived: dict[object, bytes] | None = None

    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        """Return the key that signs, derived from ``secret_key``."""
        derived = self._derived = {} if self._derived is None else self._derived
        if secret_key not in derived:
            derived[secret_key] = super().derive_key(secret_key)
        return derived[secret_key]


class Readers:
    """Makes readers and recognises them again. No reader is stored until something of theirs is."""

    def __init__(self, keys: list[str]) -> None:
        """Sign with the last of ``keys`` and accept all of them."""
        self._signer = _Signer(keys, salt="readerly.reader", key_derivation="hmac", digest_method=hashlib.sha256)

    def new(self) -> str:
        """Return the id of a new reader: 128 random bits."""
        return secrets.token_urlsafe(16)

    def token(self, reader: str) -> str:
        """Return the token that proves to be ``reader``."""
        return self._signer.sign(reader).decode("ascii")

    def reader(self, token: str | None) -> str | None:
        """Return the reader whose token it is, or None when it was not made here."""
        try:
            return self._signer.unsign(token or "").decode("ascii")
        except (BadSignature, UnicodeError):
            return None
