import os

import redis

from orders.models import Order


class Receipts:
    name = "receipts"

    def __init__(self) -> None:
        self.redis = redis.Redis.from_url(os.environ.get("REDIS_URL", "redis://localhost"))

    def send(self, order: Order) -> None:
        self.redis.rpush(self.name, order.model_dump_json())

    def receive(self) -> Order:
        _, body = self.redis.blpop(self.name)
        return Order.model_validate_json(body)
