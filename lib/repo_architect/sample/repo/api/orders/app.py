from fastapi import FastAPI

from orders import health
from orders.routes import customers, orders

app = FastAPI(title="Corner Shop")
app.include_router(health.router)
app.include_router(orders.router, prefix="/api")
app.include_router(customers.router, prefix="/api")
