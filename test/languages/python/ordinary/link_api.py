import hashlib
import os
from datetime import datetime

from flask import Flask, abort, jsonify, redirect, request, url_for

app = Flask(__name__)
ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
LINKS, HITS = {}, {}


def encode(number):
    out = ''
    while number:
        number, rest = divmod(number, len(ALPHABET))
        out = ALPHABET[rest] + out
    return out or ALPHABET[0]


def decode(text):
    number = 0
    for c in text:
        number = number * len(ALPHABET) + ALPHABET.index(c)
    return number


def etag(body):
    return hashlib.sha1(body.encode()).hexdigest()[:12]


@app.route('/links')
def links():
    page = request.args.get('page', 1, type=int)
    size = min(request.args.get('size', 20, type=int), 100)
    items = sorted(LINKS.items(), key=lambda kv: -HITS.get(kv[0], 0))
    pages = (len(items) + size - 1) // size
    offset = (page - 1) * size
    return jsonify(items=items[offset:offset + size], page=page, pages=pages, next=page + 1 if page < pages else None)


@app.route('/<code>')
def follow(code):
    if code not in LINKS:
        abort(404)
    HITS[code] = HITS.get(code, 0) + 1
    return redirect(LINKS[code])


@app.route('/stats/<code>')
def stats(code):
    age = (datetime.utcnow() - datetime(2024, 1, 1)).total_seconds() / 86400
    return {'hits': HITS.get(code, 0), 'per_day': round(HITS.get(code, 0) / max(age, 1), 2), 'id': decode(code)}


if __name__ == '__main__':
    app.run(port=int(os.environ.get('PORT', 5000)))
