import time

import requests


class ApiError(Exception):
    def __init__(self, status, body):
        super().__init__(f"{status}: {body[:80]}")
        self.status = status


class Client:
    def __init__(self, base_url, token, timeout=10, max_retries=4):
        self.base_url = base_url.rstrip("/")
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"
        self.timeout = timeout
        self.max_retries = max_retries

    def get(self, path, **params):
        for attempt in range(self.max_retries):
            response = self.session.get(self.base_url + path, params=params, timeout=self.timeout)
            if response.status_code == 429:
                time.sleep(int(response.headers.get("Retry-After", 2 ** attempt)))
                continue
            if not response.ok:
                raise ApiError(response.status_code, response.text)
            return response.json()
        raise ApiError(429, "too many attempts")

    def pages(self, path, size=100):
        offset = 0
        while batch := self.get(path, offset=offset, limit=size):
            yield from batch
            offset += size
