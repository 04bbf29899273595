from pydantic import BaseModel


class Line(BaseModel):
    article: str
    pieces: int
    cents: int


class Order(BaseModel):
    id: int | None = None
    customer: str
    lines: list[Line]
    open: bool = True

    @property
    def cents(self) -> int:
        return sum(line.pieces * line.cents for line in self.lines)
