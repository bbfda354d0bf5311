import sqlite3
from contextlib import contextmanager

SCHEMA = """
create table if not exists account (id integer primary key, owner text, balance integer not null);
create table if not exists transfer (source integer, target integer, amount integer, at text);
"""


@contextmanager
def connect(path):
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    try:
        yield connection
        connection.commit()
    except Exception:
        connection.rollback()
        raise
    finally:
        connection.close()


def balance(db, account):
    return db.execute("select balance from account where id = ?", (account,)).fetchone()["balance"]


def transfer(db, source, target, amount, fee_percent=0):
    fee = amount * fee_percent // 100
    if balance(db, source) < amount + fee:
        raise ValueError("insufficient funds")
    db.execute("update account set balance = balance - ? where id = ?", (amount + fee, source))
    db.execute("update account set balance = balance + ? where id = ?", (amount, target))
    return balance(db, source)
