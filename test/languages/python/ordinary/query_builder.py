class Query:
    def __init__(self, table):
        self.table = table
        self.conditions = []
        self.values = []
        self.order = None
        self.window = (0, 50)

    def where(self, column, op, value):
        self.conditions.append(f"{column} {op} ?")
        self.values.append(value)
        return self

    def order_by(self, column, descending=False):
        self.order = column + (" desc" if descending else "")
        return self

    def page(self, number, size=50):
        self.window = ((number - 1) * size, size)
        return self

    def sql(self):
        text = "select * from " + self.table
        if self.conditions:
            text += " where " + " and ".join(self.conditions)
        if self.order:
            text += " order by " + self.order
        return text + " limit %d offset %d" % (self.window[1], self.window[0])


def placeholders(values):
    return ", ".join("?" * len(values))
