"""Exit status 0 when the pages answer. Run inside the container by its health check."""

import os
import urllib.request

host = os.environ["ALLOWED_HOSTS"].split(",")[0]
asked = urllib.request.Request(
    "http://127.0.0.1:8000/accounts/login/",
    headers={"Host": host, "X-Forwarded-Proto": "https"},
)
urllib.request.urlopen(asked, timeout=4).close()
