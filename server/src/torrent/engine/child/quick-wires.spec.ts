import { quickenWire } from './quick-wires.js';

/** Takes messages of 10 bytes as WebTorrent's wires do: joins all that came with what is left of a message. */
class MessageWire {
  readonly _parserSize = 10;
  _bufferSize = 0;
  private buffer: Uint8Array = new Uint8Array();
  readonly messages: number[][] = [];
  joined = 0;

  _write(bytes: Uint8Array, done: (error: Error | null) => void): void {
    if (this._bufferSize > 0) this.joined += this._bufferSize + bytes.length;
    this.buffer = Buffer.concat([this.buffer, bytes]);
    for (; this.buffer.length >= 10; this.buffer = this.buffer.subarray(10))
      this.messages.push([...this.buffer.subarray(0, 10)]);
    this._bufferSize = this.buffer.length;
    done(null);
  }

  _debug(): void {
    throw new Error('Nobody reads it');
  }
}

test.each([1, 3, 9, 10, 11, 64, 99, 100])(
  'messages that come in parts of %d bytes are whole; none is joined with what follows it',
  (length) => {
    const wire = new MessageWire();
    quickenWire(wire);
    const bytes = Uint8Array.from({ length: 100 }, (_, at) => at);
    let taken = 0;
    for (let at = 0; at < 100; at += length) wire._write(bytes.subarray(at, at + length), () => taken++);
    expect(wire.messages.flat()).toEqual([...bytes]);
    expect(taken).toBe(Math.ceil(100 / length));
    // Nine parts of a message of ten bytes cost most.
    expect(wire.joined).toBeLessThanOrEqual(length < 10 ? 540 : 10 * Math.ceil(100 / length));
    wire._debug();
  },
);
