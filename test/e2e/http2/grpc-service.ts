/** The service of `examples/grpc-service`, and clients of it, by gRPC's own library. */
import {
  type ChannelCredentials,
  credentials,
  type handleBidiStreamingCall,
  type handleClientStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  loadPackageDefinition,
  Metadata,
  Server,
  ServerCredentials,
  type ServiceClientConstructor,
  status,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

export type Order = { readonly id: string; readonly amount: number };
type OrderId = { readonly id: string };
type Imported = { readonly orders: number };

const definition = loadSync(new URL("../../../examples/grpc-service/orders.proto", import.meta.url).pathname);
const { Orders } = (loadPackageDefinition(definition) as unknown as { shop: { Orders: ServiceClientConstructor } }).shop;

export type Service = { readonly port: number; readonly cancelled: () => number; readonly deadlines: number[]; readonly stop: () => void };

/** Starts it in clear. What an order's id says is what happens to it: `none`, `slow`, `early`. */
export async function service(): Promise<Service> {
  const server = new Server();
  let cancelled = 0;
  const deadlines: number[] = [];
  const get: handleUnaryCall<OrderId, Order> = (call, done) => {
    call.on("cancelled", () => cancelled++);
    const deadline = call.getDeadline();
    deadlines.push(deadline instanceof Date ? deadline.getTime() : deadline);
    if (call.request.id === "slow") return;
    if (call.request.id === "none") {
      const trailers = new Metadata();
      trailers.set("reason", "sold out");
      trailers.set("detail-bin", Buffer.from([0, 1, 255]));
      return done({ code: status.NOT_FOUND, details: "there is no such order: 100 %", metadata: trailers });
    }
    const trailers = new Metadata();
    trailers.set("cost", "1");
    done(null, { id: call.request.id, amount: 7 }, trailers);
  };
  const watch: handleServerStreamingCall<OrderId, Order> = (call) => {
    call.on("cancelled", () => cancelled++);
    if (call.request.id === "slow") return void call.write({ id: "slow", amount: 0 });
    for (let amount = 0; amount < 1_000; amount++) call.write({ id: call.request.id, amount });
    call.end();
  };
  const take: handleClientStreamingCall<Order, Imported> = (call, done) => {
    let orders = 0;
    call.on("data", ({ id }: Order) => {
      orders++;
      if (id === "early") done({ code: status.INVALID_ARGUMENT, details: "enough" });
    });
    call.on("end", () => done(null, { orders }));
  };
  const negotiate: handleBidiStreamingCall<Order, Order> = (call) => {
    call.on("data", ({ id, amount }: Order) => call.write({ id, amount: amount - 1 }));
    call.on("end", () => call.end());
  };
  server.addService(Orders.service, { Get: get, Watch: watch, Import: take, Negotiate: negotiate, Purge: get });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return { port, cancelled: () => cancelled, deadlines, stop: () => server.forceShutdown() };
}

export type Ended = { readonly code: number; readonly details: string; readonly metadata: Record<string, unknown> };
export type OrdersClient = {
  readonly get: (id: string, deadline?: number) => Promise<Order & { readonly trailers: Record<string, unknown> }>;
  readonly purge: (id: string) => Promise<unknown>;
  /** `take` false: cancels the call. */
  readonly watch: (id: string, take?: (order: Order) => boolean) => Promise<readonly Order[]>;
  readonly imports: (ids: readonly string[]) => Promise<Imported>;
  /** Sends the next only when the answer to the last has come. */
  readonly negotiate: (rounds: number) => Promise<readonly number[]>;
  readonly close: () => void;
};

/** Rejections are those of the library: `code`, `details`, `metadata`. */
export function ordersClient(port: number, ca: string | undefined, key: string | undefined): OrdersClient {
  const channel: ChannelCredentials = ca === undefined ? credentials.createInsecure() : credentials.createSsl(Buffer.from(ca));
  const client = new Orders(`127.0.0.1:${port}`, channel, {
    "grpc.ssl_target_name_override": "gateway.example",
    "grpc.default_authority": "gateway.example",
  });
  const metadata = new Metadata();
  if (key !== undefined) metadata.set("x-api-key", key);
  type Any = Record<string, (...given: unknown[]) => never>;
  const methods = client as unknown as Any;
  const unary = (name: string, id: string, deadline?: number): Promise<Order & { trailers: Record<string, unknown> }> =>
    new Promise((resolve, reject) => {
      let trailers: Record<string, unknown> = {};
      const call = methods[name]?.(
        { id },
        metadata,
        deadline === undefined ? {} : { deadline: Date.now() + deadline },
        (error: Error | null, order: Order) => (error === null ? setImmediate(() => resolve({ ...order, trailers })) : reject(error)),
      ) as unknown as { on: (event: "status", listener: (ended: { metadata: Metadata }) => void) => void };
      call.on("status", (ended) => (trailers = ended.metadata.getMap()));
    });
  return {
    get: (id, deadline) => unary("Get", id, deadline),
    purge: (id) => unary("Purge", id),
    watch: (id, take = () => true) =>
      new Promise((resolve, reject) => {
        const orders: Order[] = [];
        const call = methods["Watch"]?.({ id }, metadata) as unknown as NodeJS.ReadableStream & { cancel: () => void };
        call.on("data", (order: Order) => {
          orders.push(order);
          if (!take(order)) call.cancel();
        });
        call.on("end", () => resolve(orders)).on("error", reject);
      }),
    imports: (ids) =>
      new Promise((resolve, reject) => {
        const call = methods["Import"]?.(metadata, (error: Error | null, imported: Imported) =>
          error === null ? resolve(imported) : reject(error),
        ) as unknown as { write: (order: Order) => void; end: () => void };
        for (const id of ids) call.write({ id, amount: 1 });
        if (!ids.includes("early")) call.end();
      }),
    negotiate: (rounds) =>
      new Promise((resolve, reject) => {
        const amounts: number[] = [];
        const call = methods["Negotiate"]?.(metadata) as unknown as NodeJS.ReadWriteStream & { write: (order: Order) => boolean };
        call.on("data", ({ amount }: Order) => {
          amounts.push(amount);
          if (amounts.length === rounds) call.end();
          else call.write({ id: "n", amount });
        });
        call.on("end", () => resolve(amounts)).on("error", reject);
        call.write({ id: "n", amount: 100 });
      }),
    close: () => client.close(),
  };
}
