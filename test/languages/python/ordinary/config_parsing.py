import configparser
import json
import os
from pathlib import Path

DEFAULTS = {"host": "127.0.0.1", "port": 8000, "workers": 4, "timeout": 30.0, "debug": False}


def from_environment(prefix="APP_"):
    found = {}
    for key, default in DEFAULTS.items():
        raw = os.environ.get(prefix + key.upper())
        if raw is None:
            continue
        if isinstance(default, bool):
            found[key] = raw.lower() in ("1", "true", "yes", "on")
        else:
            found[key] = type(default)(raw)
    return found


def from_file(path):
    path = Path(path)
    if path.suffix == ".json":
        return json.loads(path.read_text())
    parser = configparser.ConfigParser()
    parser.read(path)
    return dict(parser["app"]) if "app" in parser else {}


def load(path=None):
    return {**DEFAULTS, **(from_file(path) if path else {}), **from_environment()}
