for n in range(1, 101):
    text = ""
    if n % 3 == 0:
        text += "Fizz"
    if n % 5 == 0:
        text += "Buzz"
    print(text or n)
