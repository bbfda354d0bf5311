/** `tqdm`: a bar that is not drawn; what it runs over is run over. */
export const tqdm = `
class tqdm:
    def __init__(self, iterable=None, desc=None, total=None, *args, **options):
        self.iterable, self.total, self.n, self.desc = iterable, total, 0, desc

    def __iter__(self):
        return iter(self.iterable)

    def __len__(self):
        return len(self.iterable) if self.total is None else self.total

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return False

    def update(self, n=1):
        self.n += n

    def _nothing(self, *args, **kwargs):
        pass

    close = refresh = clear = reset = display = unpause = moveto = _nothing
    set_description = set_description_str = set_postfix = set_postfix_str = _nothing

    @classmethod
    def write(cls, text, file=None, end='\\n', nolock=False):
        print(text, end=end)

    @staticmethod
    def pandas(*args, **kwargs):
        pass

tqdm_notebook = tqdm

def trange(*args, **options):
    return tqdm(range(*args), **options)

tnrange = trange
`;
