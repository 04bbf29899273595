export interface Order {
  id: number;
  customer: string;
  open: boolean;
}

const base = import.meta.env.VITE_API_URL ?? "";

export async function listOrders(): Promise<Order[]> {
  const answer = await fetch(`${base}/api/orders`);
  return answer.json();
}
