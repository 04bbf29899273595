import os
import smtplib
from email.message import EmailMessage

from orders.queue import Receipts


def main() -> None:
    receipts = Receipts()
    while True:
        order = receipts.receive()
        message = EmailMessage()
        message["To"] = order.customer
        message["Subject"] = f"Your order {order.id}"
        message.set_content(f"{order.cents / 100:.2f} EUR")
        with smtplib.SMTP(os.getenv("SMTP_HOST", "localhost")) as server:
            server.send_message(message)


if __name__ == "__main__":
    main()
