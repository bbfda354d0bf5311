import socket

HEADER = 4


def send(connection, payload):
    connection.sendall(len(payload).to_bytes(HEADER, "big") + payload)


def receive(connection):
    size = int.from_bytes(connection.recv(HEADER), "big")
    data = b""
    while len(data) < size:
        data += connection.recv(size - len(data))
    return data
