"""Bytes with one bit changed."""


def flipped(body: bytes, times: int) -> list[tuple[int, bytes]]:
    """The bytes with one bit changed, at so many places spread evenly: (place, bytes)."""
    if not body:
        return [(0, b"x")]
    step = max(1, len(body) // times)
    places = [*range(0, len(body), step), len(body) - 1]
    return [
        (place, body[:place] + bytes([body[place] ^ (1 << n % 8)]) + body[place + 1 :])
        for n, place in enumerate(places)
    ]
