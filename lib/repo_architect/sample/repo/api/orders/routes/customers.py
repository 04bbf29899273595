from fastapi import APIRouter

from orders.models import Order
from orders.store import Store

router = APIRouter(prefix="/customers")


@router.get("/{customer}/orders")
def orders_of(customer: str) -> list[Order]:
    return [order for order in Store().orders(open_only=False) if order.customer == customer]
