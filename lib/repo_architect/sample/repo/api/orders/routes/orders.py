from fastapi import APIRouter, HTTPException

from orders.models import Order
from orders.queue import Receipts
from orders.store import Store

router = APIRouter(prefix="/orders", tags=["orders"])


@router.get("")
def list_orders(open_only: bool = True) -> list[Order]:
    return Store().orders(open_only)


@router.post("", status_code=201)
def place_order(order: Order) -> Order:
    placed = Store().add(order)
    Receipts().send(placed)
    return placed


@router.get("/{order_id}")
def show_order(order_id: int) -> Order:
    order = Store().order(order_id)
    if order is None:
        raise HTTPException(404)
    return order


@router.delete("/{order_id}", status_code=204)
def cancel_order(order_id: int) -> None:
    Store().cancel(order_id)
