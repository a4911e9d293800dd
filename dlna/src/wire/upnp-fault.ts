/** An answer of UPnP that says no: the codes are those of UDA 1.0 §3.2.2 and of each service (dlna.md D). */
export class UpnpFault extends Error {
  constructor(
    readonly code: number,
    readonly description: string,
  ) {
    super(`UPnP fault ${code}: ${description}`);
  }
}
