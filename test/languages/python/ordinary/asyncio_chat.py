import asyncio

clients = {}


async def broadcast(sender, message):
    for name, writer in list(clients.items()):
        if name != sender:
            writer.write(f"{sender}: {message}\n".encode())
            await writer.drain()


async def handle(reader, writer):
    writer.write(b"Your name? ")
    name = (await reader.readline()).decode().strip() or "guest%d" % (len(clients) + 1)
    clients[name] = writer
    try:
        while line := await reader.readline():
            await broadcast(name, line.decode().rstrip())
    finally:
        del clients[name]
        writer.close()
        await broadcast("server", f"{name} has left")


async def main(port=5050):
    server = await asyncio.start_server(handle, "0.0.0.0", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
