import json
import os

import psycopg

from orders.models import Order


class Store:
    def __init__(self) -> None:
        self.connection = psycopg.connect(os.environ["DATABASE_URL"])

    def orders(self, open_only: bool) -> list[Order]:
        query = "select body from orders" + (" where open" if open_only else "")
        return [Order(**row[0]) for row in self.connection.execute(query)]

    def order(self, order_id: int) -> Order | None:
        row = self.connection.execute("select body from orders where id = %s", [order_id]).fetchone()
        return Order(**row[0]) if row else None

    def add(self, order: Order) -> Order:
        row = self.connection.execute(
            "insert into orders (body) values (%s) returning id", [json.dumps(order.model_dump())]
        ).fetchone()
        return order.model_copy(update={"id": row[0]})

    def cancel(self, order_id: int) -> None:
        self.connection.execute("update orders set open = false where id = %s", [order_id])
