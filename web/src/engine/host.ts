// The host of the engine in WebAssembly: a request in JSON goes into its memory, an answer in JSON comes out.

type Exports = {
  memory: WebAssembly.Memory;
  room(length: number): number;
  answer(): number;
  answer_at(): number;
};

export class Engine {
  private constructor(private readonly module: Exports) {}

  static async from(source: Response | PromiseLike<Response> | BufferSource): Promise<Engine> {
    const bytes =
      source instanceof ArrayBuffer || ArrayBuffer.isView(source) ? source : await (await source).arrayBuffer();
    const { instance } = await WebAssembly.instantiate(bytes, {});
    return new Engine(instance.exports as unknown as Exports);
  }

  /** The answer as text, byte for byte as the engine wrote it. A request that breaks the module throws. */
  askText(request: string): string {
    const bytes = new TextEncoder().encode(request);
    const at = this.module.room(bytes.length);
    // Memory may have grown and moved with every call, so it is looked up each time.
    new Uint8Array(this.module.memory.buffer, at, bytes.length).set(bytes);
    const length = this.module.answer();
    return new TextDecoder().decode(new Uint8Array(this.module.memory.buffer, this.module.answer_at(), length));
  }

  ask<T>(request: unknown): T {
    const answer = JSON.parse(this.askText(JSON.stringify(request))) as T & { error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }
}
