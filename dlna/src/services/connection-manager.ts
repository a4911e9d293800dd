import { sourceProtocolInfo } from '../protocol/protocol-info.js';
import { UpnpFault } from '../wire/upnp-fault.js';
import { connectionManagerScpd } from './connection-manager-scpd.js';
import type { Action, Service } from './service.js';

/** ConnectionManager:1 without PrepareForConnection: there is one connection, called 0, and it is always there. */
export function connectionManager(): Service {
  const source = sourceProtocolInfo();
  return {
    description: connectionManagerScpd,
    state: () => [
      ['SourceProtocolInfo', source],
      ['SinkProtocolInfo', ''],
      ['CurrentConnectionIDs', '0'],
    ],
    actions: new Map<string, Action>([
      [
        'GetProtocolInfo',
        () => [
          ['Source', source],
          ['Sink', ''],
        ],
      ],
      ['GetCurrentConnectionIDs', () => [['ConnectionIDs', '0']]],
      ['GetCurrentConnectionInfo', (args) => connectionInfo(args.required('ConnectionID').trim())],
    ]),
  };
}

function connectionInfo(id: string): readonly (readonly [string, string])[] {
  if (!/^-?\d+$/.test(id)) throw new UpnpFault(402, 'ConnectionID is no number');
  if (Number(id) !== 0) throw new UpnpFault(706, 'No such connection');
  return [
    ['RcsID', '-1'],
    ['AVTransportID', '-1'],
    ['ProtocolInfo', ''],
    ['PeerConnectionManager', ''],
    ['PeerConnectionID', '-1'],
    ['Direction', 'Output'],
    ['Status', 'OK'],
  ];
}
