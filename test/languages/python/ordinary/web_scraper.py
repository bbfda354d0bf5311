import re
from urllib.parse import urljoin, urlparse

import requests
from bs4 import BeautifulSoup

PRICE = re.compile(r"([\d.,]+)\s*(€|EUR)")


def parse_price(text):
    match = PRICE.search(text)
    if match is None:
        return None
    return float(match.group(1).replace(".", "").replace(",", "."))


def links(url, html):
    soup = BeautifulSoup(html, "html.parser")
    host = urlparse(url).netloc
    for anchor in soup.find_all("a", href=True):
        target = urljoin(url, anchor["href"])
        if urlparse(target).netloc == host:
            yield target.split("#")[0]


def crawl(start, limit=50):
    seen, queue = set(), [start]
    while queue and len(seen) < limit:
        url = queue.pop(0)
        if url in seen:
            continue
        seen.add(url)
        queue.extend(links(url, requests.get(url, timeout=10).text))
    return seen


def saved(old, new):
    return (old - new) / old * 100
