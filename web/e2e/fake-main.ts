import { startFake } from "./fake-server";

/** `npm run fake`: the fake school on port 8080, for `npm run dev` and for looking around. */
export async function main(): Promise<void> {
  const { url } = await startFake({ port: Number(process.env.PORT ?? 8080) });
  console.log(`fake school at ${url}`);
}
