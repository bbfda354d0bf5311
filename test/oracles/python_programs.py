"""Runs whole programs with the real CPython and NumPy and writes what they print.

Usage: /usr/bin/python3 test/oracles/python_programs.py
Every file of test/languages/python/programs and of examples is a program.
"""
import json
import pathlib
import platform
import subprocess
import sys

import numpy

ROOT = pathlib.Path(__file__).parent.parent.parent
printed = {}
for path in sorted([*(ROOT / "test/languages/python/programs").glob("*.py"), *(ROOT / "examples").glob("*.py")]):
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, cwd=path.parent, check=True)
    printed[path.relative_to(ROOT).as_posix()] = done.stdout
target = ROOT / "test/oracles/fixtures/python_programs.json"
versions = {"python": platform.python_version(), "numpy": numpy.__version__}
target.write_text(json.dumps({**versions, "printed": printed}, indent=1, ensure_ascii=False) + "\n")
print(f"{len(printed)} programs, {versions}")
