/** `csv`: reading tables of text, written as its documentation describes them. */
export const csv = `
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = 0, 1, 2, 3

class Error(Exception):
    pass

def _record(lines, delimiter, quotechar, skipinitialspace):
    fields, field, quoted, start = [], '', False, True
    line = next(lines)
    i = 0
    while True:
        if i >= len(line):
            if quoted:
                line, i = next(lines), 0
                continue
            break
        c = line[i]
        i += 1
        if quoted:
            if c == quotechar:
                if i < len(line) and line[i] == quotechar:
                    field += c
                    i += 1
                else:
                    quoted = False
            else:
                field += c
        elif c == quotechar and start:
            quoted, start = True, False
        elif c == delimiter:
            fields.append(field)
            field, start = '', True
        elif c in '\\r\\n':
            break
        elif c == ' ' and start and skipinitialspace:
            continue
        else:
            field, start = field + c, False
    if not fields and field == '' and start:
        return []
    fields.append(field)
    return fields

def reader(csvfile, dialect='excel', *, delimiter=',', quotechar='"', skipinitialspace=False, quoting=0, lineterminator=None):
    lines = iter(csvfile)
    if dialect == 'excel-tab':
        delimiter = '\\t'
    while True:
        try:
            row = _record(lines, delimiter, quotechar, skipinitialspace)
        except StopIteration:
            return
        if quoting == QUOTE_NONNUMERIC:
            row = [float(x) for x in row]
        yield row

def DictReader(f, fieldnames=None, restkey=None, restval=None, dialect='excel', **options):
    rows = reader(f, dialect, **options)
    if fieldnames is None:
        fieldnames = next(rows, [])
    for row in rows:
        if not row:
            continue
        item = dict(zip(fieldnames, row))
        if len(row) > len(fieldnames):
            item[restkey] = row[len(fieldnames):]
        for name in fieldnames[len(row):]:
            item[name] = restval
        yield item
`;
