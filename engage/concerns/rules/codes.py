"""The code an anonymous author looks a concern up with: read aloud, typed on a phone, written on paper."""

GROUP, GROUPS = 4, 3


def spaced(code: str) -> str:
    """Return a code in groups, as it is shown."""
    return "-".join(code[i:i + GROUP] for i in range(0, len(code), GROUP))


def read(typed: str) -> str:
    """Return the code somebody typed, whatever case and marks they used."""
    return "".join(char for char in typed.upper() if char.isalnum())


def spelled(digest: str, alphabet: str) -> str:
    """Return a code of `alphabet` for a long hexadecimal digest."""
    number, code = int(digest, 16), ""
    for _ in range(GROUP * GROUPS):
        number, at = divmod(number, len(alphabet))
        code += alphabet[at]
    return code
