"""Runs printed Python and records its values: test/symbolic/python.fixture.json. See python_source.ts."""
import json
import math
import os
import platform
import sys
import warnings

import numpy as np
import scipy
from scipy import special

warnings.simplefilter('ignore')
rows = []
counts = {'numpy': 0, 'math': 0}
for line in sys.stdin:
    row = json.loads(line)
    out = {'e': row['e'], 'at': row['at']}
    for module in ('numpy', 'math'):
        source = row[module]
        if source is None:
            continue
        wrap = np.float64 if module == 'numpy' else float
        scope = {k: wrap(v) for k, v in row['at'].items()}
        scope.update(np=np, special=special, math=math)
        try:
            value = eval(source, scope)
        except (ZeroDivisionError, OverflowError, ValueError) as error:
            # Python's own numbers raise where IEEE 754 has a value; a SyntaxError or TypeError would be a wrong print.
            out[module] = [source, type(error).__name__]
            continue
        except TypeError as error:
            # Python's powers of negative numbers are complex.
            if 'complex' not in str(error):
                raise
            value = 1j
        if isinstance(value, complex):
            out[module] = [source, 'complex']
            continue
        counts[module] += 1
        out[module] = [source, float(value)]
    rows.append(out)
rows = [r for r in rows if not any(isinstance(r[m][1], float) and not math.isfinite(r[m][1]) for m in ('numpy', 'math') if m in r)]
here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, '..', 'symbolic', 'python.fixture.json'), 'w') as f:
    versions = {'python': platform.python_version(), 'numpy': np.__version__, 'scipy': scipy.__version__}
    f.write('{"versions": ' + json.dumps(versions) + ',\n"rows": [\n' + ',\n'.join(json.dumps(r, separators=(',', ':')) for r in rows) + '\n]}\n')
print(counts, len(rows), file=sys.stderr)
