UNITS = ["B", "KB", "MB", "GB"]


def human(size):
    for unit in UNITS:
        if size < 1024:
            return f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} TB"


def percent(part, whole):
    return 0 if not whole else 100 * part / whole
