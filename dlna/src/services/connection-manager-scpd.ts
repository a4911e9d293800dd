import { action, variable, type ServiceDescription } from './service-description.js';

/** ConnectionManager:1 without the optional actions: whoever comes fetches, and no connection is prepared. */
export const connectionManagerScpd: ServiceDescription = {
  name: 'ConnectionManager',
  serviceType: 'urn:schemas-upnp-org:service:ConnectionManager:1',
  serviceId: 'urn:upnp-org:serviceId:ConnectionManager',
  actions: [
    action('GetProtocolInfo', {}, { Source: 'SourceProtocolInfo', Sink: 'SinkProtocolInfo' }),
    action('GetCurrentConnectionIDs', {}, { ConnectionIDs: 'CurrentConnectionIDs' }),
    action(
      'GetCurrentConnectionInfo',
      { ConnectionID: 'A_ARG_TYPE_ConnectionID' },
      {
        RcsID: 'A_ARG_TYPE_RcsID',
        AVTransportID: 'A_ARG_TYPE_AVTransportID',
        ProtocolInfo: 'A_ARG_TYPE_ProtocolInfo',
        PeerConnectionManager: 'A_ARG_TYPE_ConnectionManager',
        PeerConnectionID: 'A_ARG_TYPE_ConnectionID',
        Direction: 'A_ARG_TYPE_Direction',
        Status: 'A_ARG_TYPE_ConnectionStatus',
      },
    ),
  ],
  variables: [
    variable('SourceProtocolInfo', 'string', { evented: true }),
    variable('SinkProtocolInfo', 'string', { evented: true }),
    variable('CurrentConnectionIDs', 'string', { evented: true }),
    variable('A_ARG_TYPE_ConnectionStatus', 'string', {
      allowed: ['OK', 'ContentFormatMismatch', 'InsufficientBandwidth', 'UnreliableChannel', 'Unknown'],
    }),
    variable('A_ARG_TYPE_ConnectionManager', 'string'),
    variable('A_ARG_TYPE_Direction', 'string', { allowed: ['Input', 'Output'] }),
    variable('A_ARG_TYPE_ProtocolInfo', 'string'),
    variable('A_ARG_TYPE_ConnectionID', 'i4'),
    variable('A_ARG_TYPE_AVTransportID', 'i4'),
    variable('A_ARG_TYPE_RcsID', 'i4'),
  ],
};
