class Account:
    fee = 0.01

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError(amount)
        self.balance += amount

    def withdraw(self, amount):
        charge = amount * (1 + self.fee)
        if charge > self.balance:
            raise ValueError("insufficient")
        self.balance -= charge
