def percentage_off(price, percent):
    return price - price * percent / 100


def bulk_price(unit_price, quantity):
    if quantity >= 100:
        rate = 0.8
    elif quantity >= 10:
        rate = 0.9
    else:
        rate = 1
    return unit_price * quantity * rate


def with_vat(net, rate=0.19):
    vat = net * rate
    return net + vat


def split_bill(total, people, tip_percent=10):
    with_tip = total * (1 + tip_percent / 100)
    return round(with_tip / people, 2)


order_total = bulk_price(4.5, 24)
print("Total:", with_vat(percentage_off(order_total, 5)))
print("Each:", split_bill(86.4, 4))
