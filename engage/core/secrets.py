"""Keys: encryption of personal data at rest, keyed hashes to find it again, signatures of links."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from uuid import NAMESPACE_OID, UUID, uuid5

from cryptography.fernet import Fernet, MultiFernet

from engage.config import Config

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 O 1 I L

_fernet: MultiFernet
_hash_key: bytes
_sign_keys: tuple[bytes, ...]


def configure(config: Config) -> None:
    """Take the keys of this process. The hash key is derived from the oldest data key, so that
    rotating the data key keeps what was hashed findable."""
    global _fernet, _hash_key, _sign_keys  # noqa: PLW0603 - set once, when the app is made
    _fernet = MultiFernet([Fernet(key) for key in config.data_keys])
    _hash_key = hashlib.sha256(b"engage keyed hash" + config.data_keys[-1].encode()).digest()
    _sign_keys = tuple(key.encode() for key in config.secret_keys)


def encrypt(text: str) -> str:
    return _fernet.encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    return _fernet.decrypt(token.encode()).decode()


def keyed_hash(text: str) -> str:
    """Return the hash under which an encrypted value is found: 64 hexadecimal digits."""
    return hmac.new(_hash_key, text.encode(), hashlib.sha256).hexdigest()


def sign(message: str) -> str:
    """Return a signature of 32 url-safe characters under the newest key."""
    return _signature(_sign_keys[0], message)


def is_signed(message: str, signature: str) -> bool:
    """Say whether a signature is right under any key still read."""
    given = signature.encode(errors="replace")
    return any(hmac.compare_digest(_signature(key, message).encode(), given) for key in _sign_keys)


def _signature(key: bytes, message: str) -> str:
    digest = hmac.new(key, b"engage link:" + message.encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest[:24]).decode()


def new_code(length: int = 6) -> str:
    """Return a random code that can be read aloud: no look-alike characters."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))


def new_token() -> str:
    """Return a random url-safe token of 43 characters."""
    return secrets.token_urlsafe(32)


def id_of_form(form_key: str) -> UUID:
    """Return the id of what a form makes: it follows from the key the form was born with, so that sent twice it is one row."""
    return uuid5(NAMESPACE_OID, form_key)
