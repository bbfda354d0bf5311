class InsufficientFunds(Exception):
    pass


class Account:
    interest_rate = 0.02

    def __init__(self, owner, balance=0.0):
        self.owner = owner
        self.balance = balance
        self.history = []

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("deposits are positive")
        self.balance += amount
        self.history.append(("deposit", amount))
        return self.balance

    def withdraw(self, amount, fee=0.5):
        if amount + fee > self.balance:
            raise InsufficientFunds(f"{self.balance:.2f} available")
        self.balance -= amount + fee
        self.history.append(("withdraw", amount))
        return self.balance

    def add_interest(self, days=365):
        interest = self.balance * self.interest_rate * days / 365
        return self.deposit(interest)


def total_wealth(accounts, exchange_rate=1.0):
    return sum(a.balance for a in accounts) * exchange_rate


savings = Account("Mina", 250)
savings.deposit(100)
print(savings.withdraw(30))
