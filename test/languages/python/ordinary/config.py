import json
import os

DEFAULTS = {"host": "localhost", "port": 8080, "debug": False, "timeout": 2.5}


def load(path):
    settings = dict(DEFAULTS)
    if os.path.exists(path):
        with open(path) as handle:
            settings.update(json.load(handle))
    return settings


settings = load("settings.json")
port = settings["port"]
timeout = settings["timeout"] * 2
