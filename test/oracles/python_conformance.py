"""Runs the conformance snippets with the real CPython and writes what they print.

Usage: python3.11 test/oracles/python_conformance.py
Every file of test/languages/python/conformance/*.py is a category; `#%% title` begins a snippet.
"""
import contextlib
import io
import json
import pathlib
import platform
import re

FOLDER = pathlib.Path(__file__).parent.parent / "languages" / "python" / "conformance"


def snippets(text):
    for part in re.split(r"^#%% ?", text, flags=re.M)[1:]:
        title, _, body = part.partition("\n")
        yield title.strip(), body


def run(source):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            exec(compile(source, "snippet", "exec"), {"__name__": "__main__"})
        except BaseException as error:  # noqa: BLE001 - the name of what escapes is part of the result
            print(f"!{type(error).__name__}: {error}")
    return out.getvalue()


result = {"python": platform.python_version(), "categories": {}}
for path in sorted(FOLDER.glob("*.py")):
    result["categories"][path.stem] = {title: run(body) for title, body in snippets(path.read_text())}
target = FOLDER / "expected.json"
target.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
count = sum(len(c) for c in result["categories"].values())
print(f"{count} snippets, CPython {result['python']}")
