OPERATIONS = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b}


def evaluate(tokens):
    stack = []
    for token in tokens.split():
        if token in OPERATIONS:
            b, a = stack.pop(), stack.pop()
            stack.append(OPERATIONS[token](a, b))
        else:
            stack.append(float(token))
    return stack[0]


print(evaluate("3 4 + 2 *"))
