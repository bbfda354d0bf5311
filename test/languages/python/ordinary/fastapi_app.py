from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI()


class Line(BaseModel):
    sku: str
    quantity: int
    price: float


@app.post("/total")
async def total(lines: list[Line]) -> float:
    if not lines:
        raise HTTPException(400)
    return sum(line.quantity * line.price for line in lines)
