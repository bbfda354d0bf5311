"""Names that sound like derivatives in code that differentiates nothing."""
CATALOGUE = {}


def title(word, count):
    return CATALOGUE.get(word, word) * count


def dtitle(domain, word, count):
    return CATALOGUE.get(domain, {}).get(word, word) * count
