"""What an authenticator app shows, worked out apart from the product (RFC 6238)."""

import base64
import hmac
import struct
import time

STEP = 30
TIME_TO_TYPE = 5


def code_for(secret: str) -> str:
    """The six digits that an app would show for this key.

    One that is about to change is not begun to be typed: the next is waited for.
    """
    left = STEP - time.time() % STEP
    if left < TIME_TO_TYPE:
        time.sleep(left)
    steps = struct.pack(">Q", int(time.time()) // STEP)
    digest = hmac.digest(base64.b32decode(secret), steps, "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
