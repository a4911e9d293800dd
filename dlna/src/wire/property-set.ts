/** The body of a NOTIFY (UDA 1.0 §4.2.1). */
export function writePropertySet(values: readonly (readonly [string, string])[]): string {
  return `not written yet ${values.length}`;
}

/** @throws XmlError */
export function readPropertySet(body: Buffer | string): ReadonlyMap<string, string> {
  return new Map([['not written yet', `${body.length}`]]);
}

/** One variable of a LastChange. */
export interface LastChangeValue {
  readonly instance: number;
  readonly name: string;
  readonly value: string;
  /** Only of volume and mute: `Master`, `LF`, … */
  readonly channel?: string;
}

/** The event of AVTransport and RenderingControl, with its stray `&` and missing namespaces. @throws XmlError */
export function readLastChange(text: string): readonly LastChangeValue[] {
  return [{ instance: 0, name: 'not written yet', value: text }];
}
