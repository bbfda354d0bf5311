"""Writes small data files with NumPy and what NumPy reads from them: test/oracles/fixtures/data_files/.

Usage: /usr/bin/python3 test/oracles/data_files.py
"""
import json
import pathlib

import numpy as np

FOLDER = pathlib.Path(__file__).parent / "fixtures" / "data_files"
FOLDER.mkdir(exist_ok=True)
rng = np.random.RandomState(0)
x = rng.randn(3, 4)
arrays = {
    "float64": x,
    "float32": x.astype("f4"),
    "fortran": np.asfortranarray(x),
    "int64": np.arange(6).reshape(2, 3),
    "uint8": np.array([0, 128, 255], dtype="u1"),
    "int16_big": np.array([[-3, 300]], dtype=">i2"),
    "bool": np.array([True, False]),
    "scalar": np.array(2.5),
    "empty": np.zeros((0, 2)),
}
expected = {}
for name, a in arrays.items():
    np.save(FOLDER / f"{name}.npy", a)
    expected[name] = {"shape": a.shape, "values": a.astype(float).ravel().tolist()}
np.savez(FOLDER / "batch.npz", x=x, t=np.array([0, 2, 1]))
np.savez_compressed(FOLDER / "packed.npz", x=x)
np.savetxt(FOLDER / "table.txt", x[:, :3])
(FOLDER / "measured.csv").write_text("# two columns\ntime,height\n0,1.5\n0.5,2.25\n1,\n")
(FOLDER / "settings.json").write_text('{"lr": 0.1, "layers": [4, 2], "name": "caf\\u00e9", "on": true, "none": null, "big": 12345678901234567890}\n')
expected["table"] = np.loadtxt(FOLDER / "table.txt").tolist()
expected["measured"] = [
    [None if np.isnan(v) else v for v in row]
    for row in np.genfromtxt(FOLDER / "measured.csv", delimiter=",", skip_header=2).tolist()
]
(FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
