import logging
import logging.handlers
import sys

FORMAT = "%(asctime)s %(levelname)-8s %(name)s: %(message)s"


def level_for(verbosity):
    return max(logging.DEBUG, logging.WARNING - 10 * verbosity)


def configure(verbosity=0, path=None, megabytes=5):
    root = logging.getLogger()
    root.setLevel(level_for(verbosity))
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(FORMAT))
    root.addHandler(handler)
    if path:
        rotating = logging.handlers.RotatingFileHandler(path, maxBytes=megabytes * 1024 * 1024, backupCount=3)
        rotating.setFormatter(logging.Formatter(FORMAT))
        root.addHandler(rotating)
    return root


class Prefixed(logging.LoggerAdapter):
    def process(self, msg, kwargs):
        return f"[{self.extra['prefix']}] {msg}", kwargs


def emit(logger, level, message, *args):
    return logger.log(level, message, *args)
