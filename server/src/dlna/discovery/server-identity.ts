import { serverHeader } from '@hearth/dlna/http/server-header';
import { Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { Secrets } from '../../config/secrets.js';
import { version } from '../../config/version.js';

/** As whom this server shows itself: the same after every start, for as long as the data directory lives. */
@Injectable()
export class ServerIdentity {
  /** Without `uuid:`. */
  readonly uuid: string;
  readonly friendlyName: string;
  readonly serverHeader = serverHeader(version);

  constructor(@InjectConfig() config: Config, secrets: Secrets) {
    this.uuid = uuidOf(secrets.key('upnp-uuid'));
    this.friendlyName = config.dlna.name;
  }
}

/** RFC 9562 §5.8: version 8 is for those who make their own. */
export function uuidOf(key: Buffer): string {
  const bytes = Buffer.from(key.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
