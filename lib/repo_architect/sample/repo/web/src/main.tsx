import { createRoot } from "react-dom/client";
import { OrderList } from "./OrderList";

createRoot(document.getElementById("root")!).render(<OrderList />);
